/**
 * Namespaces of the cluster itself and those that a controller makes and keeps as it wants them. What is missing in them is EKS's, an add-on's or the controller's to add, and a
 * policy made there can break the cluster.
 * https://docs.tigera.io/calico/latest/reference/installation/api, https://docs.aws.amazon.com/guardduty/latest/ug/how-runtime-monitoring-works-eks.html
 */
const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set(['kube-system', 'kube-node-lease', 'kube-public', 'amazon-guardduty', 'calico-apiserver', 'calico-system', 'tigera-operator']);

export function isSystemNamespace(namespace: string): boolean {
  return SYSTEM_NAMESPACES.has(namespace);
}
