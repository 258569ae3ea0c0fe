import { hostPidNamespace } from '../../../lambda/checks/workload/host-pid-namespace.ts';
import type { CheckCases } from '../check-cases.ts';
import { KUBE_PROXY, WEB, deployment, kubeProxy, podSpec } from './workload-objects.ts';

export const cases = {
  check: hostPidNamespace,
  pass: [
    { name: 'nothing said', sources: deployment(podSpec()) },
    { name: 'false', sources: deployment(podSpec({ hostPID: false })) },
    { name: 'a text is no yes', sources: deployment(podSpec({ hostPID: 'true' as never })) },
  ],
  fail: [
    {
      name: 'on',
      sources: deployment(podSpec({ hostPID: true })),
      findings: [{ resource: WEB, key: 'hostPID', message: 'prod/web sees every process of its node: hostPID is on', cause: 'Deployment prod/web: hostPID' }],
    },
    {
      name: 'a static pod, by its name without the node\'s',
      sources: {
        pods: [
          {
            metadata: { name: 'agent-ip-10-0-0-1', namespace: 'prod', ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'ip-10-0-0-1', uid: 'u', controller: true }] },
            spec: podSpec({ hostPID: true, nodeName: 'ip-10-0-0-1' }),
          },
        ],
      },
      findings: [{ resource: { apiVersion: 'v1', kind: 'Pod', namespace: 'prod', name: 'agent' }, key: 'hostPID' }],
    },
    { name: 'kube-proxy, which does not need it', sources: kubeProxy({ hostPID: true }), findings: [{ resource: KUBE_PROXY, key: 'hostPID' }] },
  ],
} satisfies CheckCases;
