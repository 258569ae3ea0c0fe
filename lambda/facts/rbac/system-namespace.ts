/** Namespaces whose accounts, Secrets and pods rule the cluster: EKS and its add-ons run in them. A power there is as bad as everywhere. */
export const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set([
  'kube-system',
  'amazon-cloudwatch',
  'amazon-guardduty',
  'cert-manager',
  'karpenter',
  'kyverno',
  'gatekeeper-system',
  'calico-system',
  'tigera-operator',
]);

export function isSystemNamespace(namespace: string): boolean {
  return SYSTEM_NAMESPACES.has(namespace);
}
