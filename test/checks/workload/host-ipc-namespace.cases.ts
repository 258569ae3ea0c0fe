import { hostIpcNamespace } from '../../../lambda/checks/workload/host-ipc-namespace.ts';
import type { CheckCases } from '../check-cases.ts';
import { KUBE_PROXY, WEB, deployment, kubeProxy, podSpec } from './workload-objects.ts';

export const cases = {
  check: hostIpcNamespace,
  pass: [
    { name: 'nothing said', sources: deployment(podSpec()) },
    { name: 'false', sources: deployment(podSpec({ hostIPC: false })) },
    { name: 'a text is no yes', sources: deployment(podSpec({ hostIPC: 'true' as never })) },
  ],
  fail: [
    {
      name: 'on',
      sources: deployment(podSpec({ hostIPC: true })),
      findings: [{ resource: WEB, key: 'hostIPC', message: 'prod/web shares memory with the processes of its node: hostIPC is on', cause: 'Deployment prod/web: hostIPC' }],
    },
    {
      name: 'a static pod, by its name without the node\'s',
      sources: {
        pods: [
          {
            metadata: { name: 'agent-ip-10-0-0-1', namespace: 'prod', ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'ip-10-0-0-1', uid: 'u', controller: true }] },
            spec: podSpec({ hostIPC: true, nodeName: 'ip-10-0-0-1' }),
          },
        ],
      },
      findings: [{ resource: { apiVersion: 'v1', kind: 'Pod', namespace: 'prod', name: 'agent' }, key: 'hostIPC' }],
    },
    { name: 'kube-proxy, which does not need it', sources: kubeProxy({ hostIPC: true }), findings: [{ resource: KUBE_PROXY, key: 'hostIPC' }] },
  ],
} satisfies CheckCases;
