import { windowsHostProcess } from '../../../lambda/checks/workload/windows-host-process.ts';
import type { CheckCases } from '../check-cases.ts';
import { WEB, deployment, podSpec, podWith } from './workload-objects.ts';

export const cases = {
  check: windowsHostProcess,
  pass: [
    { name: 'nothing said', sources: deployment(podSpec({ os: { name: 'windows' } })) },
    { name: 'false', sources: deployment(podSpec({ os: { name: 'windows' }, securityContext: { windowsOptions: { hostProcess: false } } })) },
  ],
  fail: [
    {
      name: 'the pod',
      sources: deployment(podSpec({ securityContext: { windowsOptions: { hostProcess: true } } })),
      findings: [{ resource: WEB, key: 'hostProcess', message: 'prod/web runs on its Windows node itself: its pods are HostProcess' }],
    },
    {
      name: 'one container',
      sources: deployment(podWith({ windowsOptions: { hostProcess: true } })),
      findings: [{ resource: WEB, key: 'hostProcess/app', message: 'prod/web runs on its Windows node itself: container app is HostProcess' }],
    },
  ],
} satisfies CheckCases;
