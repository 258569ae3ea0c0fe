import { ruleAllows } from './authorizer/rule-allows.ts';
import type { PolicyRule } from './policy-rule.ts';

/** Whom rules let their holders become, by the names that they write. Rules for any name are not among them. */
export interface NamedIdentities {
  readonly users: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  /** Names of ServiceAccounts to act as. */
  readonly impersonated: ReadonlySet<string>;
  /** Names of ServiceAccounts to make tokens of. */
  readonly tokens: ReadonlySet<string>;
}

const NOBODY: NamedIdentities = { users: new Set(), groups: new Set(), impersonated: new Set(), tokens: new Set() };
const known = new WeakMap<readonly PolicyRule[], NamedIdentities>();

/** The rules of a role are read once however many are bound to it. */
export function namedIdentities(rules: readonly PolicyRule[]): NamedIdentities {
  let found = known.get(rules);
  if (!found) known.set(rules, (found = read(rules.filter(({ resourceNames, resources }) => resourceNames.length > 0 && resources.length > 0))));
  return found;
}

function read(rules: readonly PolicyRule[]): NamedIdentities {
  if (rules.length === 0) return NOBODY;
  const names = (verb: string, resource: string, subresource = ''): ReadonlySet<string> =>
    new Set(rules.filter((rule) => ruleAllows(rule, { verb, group: '', resource, subresource, namespace: '', name: rule.resourceNames[0]! })).flatMap(({ resourceNames }) => resourceNames));
  return {
    users: names('impersonate', 'users'),
    groups: names('impersonate', 'groups'),
    impersonated: names('impersonate', 'serviceaccounts'),
    tokens: names('create', 'serviceaccounts', 'token'),
  };
}
