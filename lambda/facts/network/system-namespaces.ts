/** Namespaces of the cluster itself. What is missing in them is EKS's or an add-on's to add, and a policy made there can break the cluster. */
const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set(['kube-system', 'kube-node-lease', 'kube-public']);

export function isSystemNamespace(namespace: string): boolean {
  return SYSTEM_NAMESPACES.has(namespace);
}
