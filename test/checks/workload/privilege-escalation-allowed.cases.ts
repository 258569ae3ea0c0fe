import { privilegeEscalationAllowed } from '../../../lambda/checks/workload/privilege-escalation-allowed.ts';
import type { CheckCases } from '../check-cases.ts';
import { WEB, deployment, podSpec, podWith } from './workload-objects.ts';

export const cases = {
  check: privilegeEscalationAllowed,
  pass: [
    { name: 'forbidden', sources: deployment(podWith({ allowPrivilegeEscalation: false })) },
    { name: 'Windows by its own word', sources: deployment(podSpec({ os: { name: 'windows' } })) },
    { name: 'Windows by selector', sources: deployment(podSpec({ nodeSelector: { 'kubernetes.io/os': 'windows' } })) },
  ],
  fail: [
    {
      name: 'unset is allowed, and all that leave it unset are one item',
      sources: deployment(podSpec()),
      findings: [
        {
          resource: WEB,
          key: 'privilegeEscalation/app',
          message: 'prod/web lets its processes gain rights: container app does not set allowPrivilegeEscalation to false',
          cause: 'Containers that do not set allowPrivilegeEscalation to false',
        },
      ],
    },
    { name: 'allowed', sources: deployment(podWith({ allowPrivilegeEscalation: true })), findings: [{ resource: WEB, key: 'privilegeEscalation/app' }] },
    {
      name: 'it is no field of the pod',
      sources: deployment(podSpec({ securityContext: { allowPrivilegeEscalation: false } as never })),
      findings: [{ resource: WEB, key: 'privilegeEscalation/app' }],
    },
  ],
} satisfies CheckCases;
