import { written } from '../as-read.ts';

/** One rule of a Role or ClusterRole, with every list there. What is no list of strings in the object is an empty one, which matches nothing. */
export interface PolicyRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  /** Empty: any name. `*` is a name like any other. */
  readonly resourceNames: readonly string[];
  readonly urls: readonly string[];
}

/** The rules of a role as it is stored; `rules: null` and malformed entries give none. */
export function readRules(rules: unknown): readonly PolicyRule[] {
  if (!Array.isArray(rules)) return [];
  const read: PolicyRule[] = [];
  for (const rule of rules as readonly unknown[]) if (typeof rule === 'object' && rule !== null) read.push(readRule(rule as Record<string, unknown>));
  return read;
}

function readRule(rule: Record<string, unknown>): PolicyRule {
  return {
    verbs: strings(rule['verbs']),
    apiGroups: strings(rule['apiGroups']),
    resources: strings(rule['resources']),
    // A rule with names must not become one for every name because a name is no text.
    resourceNames: names(rule['resourceNames']),
    urls: strings(rule['nonResourceURLs']),
  };
}

const NONE: readonly string[] = [];

/** The list itself where it holds nothing else: so do all but broken ones. */
function strings(list: unknown): readonly string[] {
  if (!Array.isArray(list)) return NONE;
  const items = list as readonly unknown[];
  for (const item of items) if (typeof item !== 'string') return items.filter((each) => typeof each === 'string');
  return items as readonly string[];
}

function names(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.map(written) : NONE;
}

/** Longest list that a rule is described with. */
const SHOWN = 8;

/** A rule for people: `get, list: secrets [a, b]`, `*: apps/*`. The order of its lists has no meaning and does not show. */
export function describeRule({ verbs, apiGroups, resources, resourceNames, urls }: PolicyRule): string {
  const groups = [...new Set(apiGroups)].sort();
  // The core group has no name, and where a rule names several groups they belong to every resource.
  const prefix = groups.length === 1 ? (groups[0] === '' ? '' : `${groups[0]}/`) : `{${groups.map((group) => group || 'core').join(', ')}}/`;
  const targets = resources.length > 0 ? shown(resources.map((resource) => `${prefix}${resource}`)) : shown(urls);
  return `${shown(verbs)}: ${targets}${resourceNames.length > 0 ? ` [${shown(resourceNames)}]` : ''}`;
}

function shown(list: readonly string[]): string {
  const sorted = [...new Set(list)].sort();
  return sorted.length > SHOWN ? `${sorted.slice(0, SHOWN).join(', ')} and ${sorted.length - SHOWN} more` : sorted.join(', ');
}
