import type { PolicyRule } from '../rbac/policy-rule.ts';
import { CAPABILITIES, type Capability, type CapabilityDefinition } from './capability-table.ts';

/** What somebody may in one scope: capabilities without a limit to names as bits, the others with the names that they are limited to. */
export interface Rights {
  readonly bits: bigint;
  readonly named: ReadonlyMap<Capability, ReadonlySet<string>>;
}

/** Any object, and by rules of their own these. Both are kept: what is left when one grant goes must be a part of what is there. */
export interface Names {
  readonly any: boolean;
  readonly these: ReadonlySet<string>;
}

const NAMES = Object.keys(CAPABILITIES) as readonly Capability[];
const BITS = new Map<Capability, bigint>(NAMES.map((name, index) => [name, 1n << BigInt(index)]));
/** Every verb on every resource, as it is written: more than the sum of what is asked here. */
export const EVERYTHING = 1n << BigInt(NAMES.length);
/** Somewhere it may be taken for some account: enough to name one beside a group. */
export const SOME_ACCOUNT = EVERYTHING << 1n;
const NO_NAMES: Rights['named'] = new Map();
export const NO_RIGHTS: Rights = { bits: 0n, named: NO_NAMES };

let clusterOnly = 0n;
for (const name of NAMES) if (CAPABILITIES[name].where === 'cluster') clusterOnly |= BITS.get(name)!;

/** Every capability that counts in a namespace: what whoever has every right there has. */
export const ALL_IN_NAMESPACES: Rights = { bits: (EVERYTHING - 1n) & ~clusterOnly, named: NO_NAMES };

interface Entry {
  readonly name: Capability;
  readonly bit: bigint;
  readonly group: string;
  readonly topLevel: boolean;
  readonly verbs: readonly string[];
}

const BY_RESOURCE = new Map<string, Entry[]>();
const ENTRIES: Entry[] = [];
for (const name of NAMES) {
  const { verbs, on }: CapabilityDefinition = CAPABILITIES[name];
  for (const path of on) {
    const [group, resource, subresource] = path.split('/') as [string, string, string?];
    const entry = { name, bit: BITS.get(name)!, group, topLevel: subresource === undefined, verbs };
    ENTRIES.push(entry);
    append(subresource === undefined ? resource : `${resource}/${subresource}`, entry);
    if (subresource !== undefined) append(`*/${subresource}`, entry);
  }
}

function append(key: string, entry: Entry): void {
  const list = BY_RESOURCE.get(key);
  if (list) list.push(entry);
  else BY_RESOURCE.set(key, [entry]);
}

/** The bits of these capabilities together. */
export function capabilityBits(...names: readonly Capability[]): bigint {
  return names.reduce((bits, name) => bits | BITS.get(name)!, 0n);
}

/** Matching is that of the RBAC authorizer (kubernetes/kubernetes pkg/apis/rbac/v1/evaluation_helpers.go). */
export function rightsOfRule({ verbs, apiGroups, resources, resourceNames }: PolicyRule): Rights {
  const anyVerb = verbs.includes('*');
  const anyGroup = apiGroups.includes('*');
  const limited = resourceNames.length > 0;
  // A create of an object carries no name, a plain list neither: only an empty one among the names fits them.
  const nameless = !limited || resourceNames.includes('');
  let bits = !limited && anyVerb && resources.includes('*') && (anyGroup || apiGroups.includes('')) ? EVERYTHING : 0n;
  const named = new Map<Capability, Set<string>>();
  for (const resource of new Set(resources)) {
    for (const { name, bit, group, topLevel, verbs: asked } of resource === '*' ? ENTRIES : (BY_RESOURCE.get(resource) ?? [])) {
      if (!anyGroup && !apiGroups.includes(group)) continue;
      for (const verb of asked) {
        if (!anyVerb && !verbs.includes(verb)) continue;
        const carriesName = !(topLevel && verb === 'create') && verb !== 'list' && verb !== 'watch';
        if (!limited || (nameless && !carriesName)) bits |= bit;
        else if (carriesName) addNames(named, name, resourceNames);
      }
    }
  }
  return { bits, named: named.size === 0 ? NO_NAMES : named };
}

function addNames(named: Map<Capability, Set<string>>, capability: Capability, names: Iterable<string>): void {
  let known = named.get(capability);
  if (!known) named.set(capability, (known = new Set()));
  for (const name of names) known.add(name);
}

/** Together, as one identity holds them for one request. */
export function unite(all: readonly Rights[]): Rights {
  let first: Rights | undefined;
  let bits = 0n;
  let limited = false;
  let several = false;
  for (const one of all) {
    if (one === first || isNothing(one)) continue;
    several = first !== undefined;
    first ??= one;
    bits |= one.bits;
    limited ||= one.named.size > 0;
  }
  if (!several) return first ?? NO_RIGHTS;
  if (!limited) return withoutNames(bits);
  const named = new Map<Capability, Set<string>>();
  for (const one of all) for (const [capability, names] of one.named) addNames(named, capability, names);
  return { bits, named };
}

export function isNothing({ bits, named }: Rights): boolean {
  return bits === 0n && named.size === 0;
}

/** The same object for the same bits, so that what follows from them is worked out once. Beyond so many they come anew: somebody makes them up. */
const unlimited = new Map<bigint, Rights>();
const MOST_UNLIMITED = 10_000;

function withoutNames(bits: bigint): Rights {
  let rights = unlimited.get(bits);
  if (rights) return rights;
  rights = { bits, named: NO_NAMES };
  if (unlimited.size < MOST_UNLIMITED) unlimited.set(bits, rights);
  return rights;
}

/** What of these counts in a namespace: cluster-scoped resources are inert there. */
export function rightsInNamespace({ bits, named }: Rights): Rights {
  if (named.size === 0) return withoutNames(bits & ~clusterOnly);
  return { bits: bits & ~clusterOnly, named: new Map([...named].filter(([capability]) => CAPABILITIES[capability].where === 'anywhere')) };
}

/** What of these somebody has everywhere who has them in each namespace: whoever has every right in each has not every right. */
export function rightsInEach(rights: Rights): Rights {
  const { bits, named } = rightsInNamespace(rights);
  return named.size === 0 ? withoutNames(bits & ~EVERYTHING) : { bits: bits & ~EVERYTHING, named };
}

/** What two have in common. */
export function common(a: Rights, b: Rights): Rights {
  const named = new Map<Capability, Set<string>>();
  for (const [capability, names] of a.named) {
    const other = namesOf(b, capability);
    const both = [...names].filter((name) => fits(other, name));
    if (both.length > 0) named.set(capability, new Set(both));
  }
  for (const [capability, names] of b.named) if ((a.bits & BITS.get(capability)!) !== 0n) addNames(named, capability, names);
  return { bits: a.bits & b.bits, named };
}

/** For which objects somebody has the capability. */
export function namesOf({ bits, named }: Rights, capability: Capability): Names {
  return { any: (bits & BITS.get(capability)!) !== 0n, these: named.get(capability) ?? NOBODY };
}

const NOBODY: ReadonlySet<string> = new Set();
export const NO_NAME: Names = { any: false, these: NOBODY };

export function holds({ bits }: Rights, ...capabilities: readonly Capability[]): boolean {
  return capabilities.every((capability) => (bits & BITS.get(capability)!) !== 0n);
}

export function fits({ any, these }: Names, name: string): boolean {
  return any || these.has(name);
}

/** The names that both allow. */
export function bothNames(a: Names, b: Names): Names {
  if (a.these.size === 0 && b.these.size === 0) return { any: a.any && b.any, these: NOBODY };
  const these = [...[...a.these].filter((name) => fits(b, name)), ...[...b.these].filter((name) => fits(a, name))];
  return { any: a.any && b.any, these: new Set(these) };
}

export function isNone({ any, these }: Names): boolean {
  return !any && these.size === 0;
}
