import { dangerousCapabilities } from '../../../lambda/checks/workload/dangerous-capabilities.ts';
import type { CheckCases } from '../check-cases.ts';
import { WEB, deployment, podSpec, podWith } from './workload-objects.ts';

export const cases = {
  check: dangerousCapabilities,
  pass: [
    { name: 'nothing added', sources: deployment(podWith({ capabilities: { drop: ['ALL'] } })) },
    { name: 'an empty list', sources: deployment(podWith({ capabilities: { add: [] } })) },
    { name: 'capabilities of the default set', sources: deployment(podWith({ capabilities: { add: ['NET_BIND_SERVICE', 'CHOWN', 'SYS_CHROOT'] } })) },
  ],
  fail: [
    {
      name: 'several of one container are one finding',
      sources: deployment(podWith({ capabilities: { add: ['SYS_PTRACE', 'CHOWN', 'SYS_ADMIN'] } })),
      findings: [
        {
          resource: WEB,
          key: 'capabilities/app',
          message: 'prod/web holds more power over the kernel than containers have: container app adds SYS_ADMIN, SYS_PTRACE',
          cause: 'Deployment prod/web: capabilities',
        },
      ],
    },
    { name: 'all of them', sources: deployment(podWith({ capabilities: { add: ['ALL'] } })), findings: [{ resource: WEB, key: 'capabilities/app' }] },
    {
      name: 'runtimes do not mind the case',
      sources: deployment(podWith({ capabilities: { add: ['sys_admin'] } })),
      findings: [{ resource: WEB, key: 'capabilities/app' }],
    },
    {
      name: 'one that stays within the pod weighs less',
      sources: deployment(podWith({ capabilities: { add: ['CAP_NET_ADMIN', 'IPC_LOCK'] } })),
      findings: [{ resource: WEB, key: 'capabilities/app', severity: 'medium' }],
    },
    {
      name: 'in the network of the node it does not stay there',
      sources: deployment(podWith({ capabilities: { add: ['NET_ADMIN'] } }, { hostNetwork: true })),
      findings: [{ resource: WEB, key: 'capabilities/app' }],
    },
    {
      name: 'an init container',
      sources: deployment(podSpec({ initContainers: [{ name: 'setup', securityContext: { capabilities: { add: ['SYS_MODULE'] } } }] })),
      findings: [{ resource: WEB, key: 'capabilities/setup' }],
    },
  ],
} satisfies CheckCases;
