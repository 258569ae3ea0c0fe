import { ASKS, DELETE, WRITE, type Ask } from './ask-table.ts';
import type { PolicyRule } from './policy-rule.ts';

/**
 * What the catalogue of powers asks of a role, one bit each: "may it do one of these verbs on one of these resources?". A role's answers
 * are worked out once, in time linear in its rules; everything after that is arithmetic on bits.
 *
 * Matching is that of the RBAC authorizer (kubernetes/kubernetes pkg/apis/rbac/v1/evaluation_helpers.go): verb, group, resource and name within
 * one rule; `*` and `*\/sub` are the only patterns; `pods` is not `pods/exec`, and `pods/*` is literal and matches nothing real.
 */
export type Asks = bigint;

/** Asked of the rule as it is written: a `*` for resources (or verbs) says more than the sum of what it matches today. */
const WRITTEN = ['everything', 'readAll', 'writeAll', 'deleteAll', 'allOfSecrets', 'allOfPods'] as const;

export type AskName = keyof typeof ASKS | (typeof WRITTEN)[number];

const NAMES: readonly AskName[] = [...(Object.keys(ASKS) as (keyof typeof ASKS)[]), ...WRITTEN];
const BITS = new Map<AskName, Asks>(NAMES.map((name, index) => [name, 1n << BigInt(index)]));

/** The bits of these asks together. */
export function asking(...names: readonly AskName[]): Asks {
  return names.reduce((bits, name) => bits | BITS.get(name)!, 0n);
}

interface Entry {
  readonly bit: Asks;
  readonly group: string;
  readonly topLevel: boolean;
  readonly ask: Ask;
}

const BY_RESOURCE = new Map<string, Entry[]>();
const BY_SUBRESOURCE = new Map<string, Entry[]>();
const ENTRIES: Entry[] = [];
let clusterOnly = 0n;
let kubeSystemOnly = 0n;
for (const [name, definition] of Object.entries(ASKS) as [keyof typeof ASKS, Ask][]) {
  const bit = BITS.get(name)!;
  if (definition.where === 'cluster') clusterOnly |= bit;
  if (definition.where === 'kube-system') kubeSystemOnly |= bit;
  for (const path of definition.on) {
    const [group, resource, subresource] = path.split('/') as [string, string, string?];
    const entry = { bit, group, topLevel: subresource === undefined, ask: definition };
    ENTRIES.push(entry);
    append(BY_RESOURCE, subresource === undefined ? resource : `${resource}/${subresource}`, entry);
    if (subresource !== undefined) append(BY_SUBRESOURCE, `*/${subresource}`, entry);
  }
}

function append(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const list = map.get(key);
  if (list) list.push(entry);
  else map.set(key, [entry]);
}

/** What of these answers counts in a namespace: cluster-scoped resources are inert there. */
export function asksInNamespace(asks: Asks, namespace: string): Asks {
  return asks & ~clusterOnly & (namespace === 'kube-system' ? ~0n : ~kubeSystemOnly);
}

/** What one rule answers. `ownNamespace`: that of the Role it stands in. */
export function asksOfRule(rule: PolicyRule, ownNamespace?: string): Asks {
  const verbs = new Set(rule.verbs);
  const groups = new Set(rule.apiGroups);
  const names = new Set(rule.resourceNames);
  let asks = asksAsWritten(verbs, groups, rule);
  for (const resource of new Set(rule.resources)) {
    const candidates = resource === '*' ? ENTRIES : (BY_RESOURCE.get(resource) ?? BY_SUBRESOURCE.get(resource) ?? []);
    for (const entry of candidates) {
      if ((asks & entry.bit) !== 0n || !(groups.has('*') || groups.has(entry.group))) continue;
      if (entry.ask.verbs.some((verb) => (verbs.has('*') || verbs.has(verb)) && nameFits(entry, verb, names, ownNamespace))) asks |= entry.bit;
    }
  }
  return asks;
}

function nameFits({ ask: { names: wanted }, topLevel }: Entry, verb: string, names: ReadonlySet<string>, ownNamespace: string | undefined): boolean {
  if (names.size === 0) return true;
  // A create of an object and a deletecollection carry no name, a plain list neither: only `""` among the resourceNames fits them.
  const nameless = topLevel && (verb === 'create' || verb === 'deletecollection');
  if (names.has('') && (nameless || verb === 'list' || verb === 'watch')) return true;
  if (nameless || wanted === 'any') return false;
  if (wanted === 'some') return true;
  if (wanted === 'own') return ownNamespace !== undefined && names.has(ownNamespace);
  return wanted.some((name) => names.has(name));
}

function asksAsWritten(verbs: ReadonlySet<string>, groups: ReadonlySet<string>, { resources, resourceNames }: PolicyRule): Asks {
  // `*` in the core group alone has Secrets, nodes/proxy and impersonation in it.
  if (resourceNames.length > 0 || !(groups.has('*') || groups.has(''))) return 0n;
  const any = (...wanted: readonly string[]): boolean => verbs.has('*') || wanted.some((verb) => verbs.has(verb));
  if (resources.includes('*')) {
    let asks = verbs.has('*') ? asking('everything') : 0n;
    if (any('get', 'list', 'watch')) asks |= asking('readAll');
    if (any(...WRITE)) asks |= asking('writeAll');
    if (any(...DELETE)) asks |= asking('deleteAll');
    return asks;
  }
  if (!verbs.has('*')) return 0n;
  return (resources.includes('secrets') ? asking('allOfSecrets') : 0n) | (resources.includes('pods') ? asking('allOfPods') : 0n);
}
