import type { PolicyRule } from '../policy-rule.ts';
import { urlCovers } from './rule-allows.ts';

/** The smallest part of a rule: one verb on one group's resource with at most one name, or one verb on one address. */
export type Atom = PolicyRule;

/**
 * The atoms of `servant` that no single rule of `owner` covers, repeats kept, in the order of the rules. Made one by one: a rule of long lists has
 * as many atoms as their product. Source: k8s.io/component-helpers auth/rbac/validation/policy_comparator.go.
 */
export function* uncoveredAtoms(owner: readonly PolicyRule[], servant: readonly PolicyRule[]): Iterable<Atom> {
  for (const rule of servant) {
    for (const atom of atomsOf(rule)) if (!owner.some((held) => coversAtom(held, atom))) yield atom;
  }
}

/** Whether who holds the `owner` rules holds all of the `servant` rules: the test of the escalation check. Stops at the first atom that is missing. */
export function covers(owner: readonly PolicyRule[], servant: readonly PolicyRule[]): boolean {
  for (const _ of uncoveredAtoms(owner, servant)) return false;
  return true;
}

/** Every atom of a rule; one without verbs, or without resources and addresses, has none. */
export function* atomsOf(rule: PolicyRule): Iterable<Atom> {
  const names = rule.resourceNames.length === 0 ? [[]] : rule.resourceNames.map((name) => [name]);
  for (const group of rule.apiGroups) {
    for (const resource of rule.resources) {
      for (const verb of rule.verbs) {
        for (const resourceNames of names) yield { verbs: [verb], apiGroups: [group], resources: [resource], resourceNames, urls: [] };
      }
    }
  }
  for (const verb of rule.verbs) {
    for (const url of rule.urls) yield { verbs: [verb], apiGroups: [], resources: [], resourceNames: [], urls: [url] };
  }
}

/** An atom without a name (an address too) is covered only by a rule without names. */
function coversAtom(held: PolicyRule, atom: Atom): boolean {
  return (
    all(held.verbs, atom.verbs) &&
    all(held.apiGroups, atom.apiGroups) &&
    atom.resources.every((resource) => coversResource(held.resources, resource)) &&
    (held.resourceNames.length === 0 || (atom.resourceNames.length > 0 && atom.resourceNames.every((name) => held.resourceNames.includes(name)))) &&
    atom.urls.every((url) => held.urls.some((written) => urlCovers(written, url)))
  );
}

function all(written: readonly string[], asked: readonly string[]): boolean {
  return written.includes('*') || asked.every((one) => written.includes(one));
}

function coversResource(written: readonly string[], resource: string): boolean {
  if (written.includes('*') || written.includes(resource)) return true;
  const slash = resource.indexOf('/');
  return slash >= 0 && written.includes(`*/${resource.slice(slash + 1)}`);
}
