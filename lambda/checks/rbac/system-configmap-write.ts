import { defineCheck } from '../define-check.ts';

/**
 * update or patch on the ConfigMaps of CoreDNS, kube-proxy or the VPC CNI in kube-system, or of Argo CD in argocd. That of the IAM mapping is a
 * check of its own.
 */
export const systemConfigmapWrite = defineCheck({
  id: 'system-configmap-write',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may change the configuration of cluster DNS, network or deployments',
  severity: 'medium',
  rationale:
    'Who writes the configuration of CoreDNS answers every name with an address of its choice; that of the VPC CNI switches network policies off; that of Argo CD says who may deploy what.',
  remediation: 'Limit writes of ConfigMaps there by resourceNames to those that are meant.',
  references: [
    'https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/',
    'https://docs.aws.amazon.com/eks/latest/userguide/managing-coredns.html',
  ],
  controls: ['nsa-1.2/network-separation', 'attack/T1557', 'ms-k8s/MS-TA9035'],
  needs: ['rbacGrants'],
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants }) {
    yield* rbacGrants.byPower['system-config-write'];
  },
});
