import { matches, ofKind, type Cluster } from './cluster.ts';
import { fields, list, type Fields, type KubeObject, type Labels } from './kube-object.ts';

/** From the inside out: `view` is part of `edit`, and `edit` of `admin`. */
const ORDER = ['view', 'edit', 'admin'];

/**
 * Fills aggregating ClusterRoles as kube-controller-manager does: the rules of all roles that their selectors choose, in the order of
 * names, each rule once.
 */
export function aggregateRoles(cluster: Cluster): void {
  const roles = ofKind(cluster, 'ClusterRole').sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  const aggregating = roles.filter((role) => role['aggregationRule'] !== undefined);
  aggregating.sort((a, b) => ORDER.indexOf(a.metadata.name) - ORDER.indexOf(b.metadata.name));
  for (const role of aggregating) role['rules'] = rulesOf(role, roles);
}

function rulesOf(role: KubeObject, roles: readonly KubeObject[]): Fields[] {
  const rules = new Map<string, Fields>();
  for (const selector of list(fields(role['aggregationRule'])['clusterRoleSelectors'])) {
    for (const chosen of roles) {
      if (chosen === role || !matches(selector['matchLabels'] as Labels | undefined, chosen.metadata.labels)) continue;
      for (const rule of list(chosen['rules'])) rules.set(JSON.stringify(rule), rule);
    }
  }
  return [...rules.values()];
}
