import { hostNetwork } from '../../../lambda/checks/workload/host-network.ts';
import type { CheckCases } from '../check-cases.ts';
import { KUBE_PROXY, WEB, deployment, kubeProxy, podSpec } from './workload-objects.ts';

/** kube-proxy with all its content, elsewhere. */
function inNamespace(namespace: string) {
  const { daemonSets } = kubeProxy();
  return Array.isArray(daemonSets) ? daemonSets.map((object: object) => ({ ...object, metadata: { name: 'kube-proxy', namespace } })) : [];
}

export const cases = {
  check: hostNetwork,
  pass: [
    { name: 'nothing said', sources: deployment(podSpec()) },
    { name: 'false', sources: deployment(podSpec({ hostNetwork: false })) },
    { name: 'a text is no yes', sources: deployment(podSpec({ hostNetwork: 'true' as never })) },
    { name: 'kube-proxy as EKS makes it', sources: kubeProxy() },
  ],
  fail: [
    {
      name: 'on',
      sources: deployment(podSpec({ hostNetwork: true })),
      findings: [{ resource: WEB, key: 'hostNetwork', message: 'prod/web uses the network of its node, where no network policy holds: hostNetwork is on', cause: 'Deployment prod/web: hostNetwork' }],
    },
    {
      name: 'a static pod, by its name without the node\'s',
      sources: {
        pods: [
          {
            metadata: { name: 'agent-ip-10-0-0-1', namespace: 'prod', ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'ip-10-0-0-1', uid: 'u', controller: true }] },
            spec: podSpec({ hostNetwork: true, nodeName: 'ip-10-0-0-1' }),
          },
        ],
      },
      findings: [{ resource: { apiVersion: 'v1', kind: 'Pod', namespace: 'prod', name: 'agent' }, key: 'hostNetwork' }],
    },
    {
      name: 'kube-proxy in another namespace is not the one of EKS',
      sources: { daemonSets: inNamespace('prod') },
      findings: [{ resource: { ...KUBE_PROXY, namespace: 'prod' }, key: 'hostNetwork' }],
    },
  ],
} satisfies CheckCases;
