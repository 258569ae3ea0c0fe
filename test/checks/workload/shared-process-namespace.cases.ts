import { sharedProcessNamespace } from '../../../lambda/checks/workload/shared-process-namespace.ts';
import type { CheckCases } from '../check-cases.ts';
import { WEB, deployment, podSpec } from './workload-objects.ts';

export const cases = {
  check: sharedProcessNamespace,
  pass: [
    { name: 'nothing said', sources: deployment(podSpec({ containers: [{ name: 'app' }, { name: 'log' }] })) },
    { name: 'one container has nobody to share with', sources: deployment(podSpec({ shareProcessNamespace: true })) },
  ],
  fail: [
    {
      name: 'two containers',
      sources: deployment(podSpec({ shareProcessNamespace: true, containers: [{ name: 'app' }, { name: 'log' }] })),
      findings: [{ resource: WEB, key: 'shareProcessNamespace', message: 'prod/web lets its containers see into each other: shareProcessNamespace is on' }],
    },
    {
      name: 'two containers, and the pod says no more of the node',
      sources: deployment(podSpec({ shareProcessNamespace: true, hostPID: false, containers: [{ name: 'app' }, { name: 'log' }, { name: 'mesh' }] })),
      findings: [{ resource: WEB, key: 'shareProcessNamespace' }],
    },
  ],
} satisfies CheckCases;
