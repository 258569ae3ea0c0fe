import { seccompUnconfined } from '../../../lambda/checks/workload/seccomp-unconfined.ts';
import type { CheckCases } from '../check-cases.ts';
import { WEB, deployment, podSpec, podWith } from './workload-objects.ts';

export const cases = {
  check: seccompUnconfined,
  pass: [
    { name: 'unset is not asked here', sources: deployment(podSpec()) },
    { name: 'the profile of the runtime', sources: deployment(podSpec({ securityContext: { seccompProfile: { type: 'RuntimeDefault' } } })) },
    { name: 'a profile of the node', sources: deployment(podWith({ seccompProfile: { type: 'Localhost', localhostProfile: 'web.json' } })) },
  ],
  fail: [
    {
      name: 'the pod',
      sources: deployment(podSpec({ securityContext: { seccompProfile: { type: 'Unconfined' } } })),
      findings: [{ resource: WEB, key: 'seccomp', message: 'prod/web may make any system call: the pod sets seccompProfile to Unconfined' }],
    },
    {
      name: 'a container against its pod',
      sources: deployment(podWith({ seccompProfile: { type: 'Unconfined' } }, { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } })),
      findings: [{ resource: WEB, key: 'seccomp/app', message: 'prod/web may make any system call: container app sets seccompProfile to Unconfined' }],
    },
  ],
} satisfies CheckCases;
