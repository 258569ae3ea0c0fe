import { coversNamespace, type AccessScope } from '../identity/access-policies/access-scope.ts';
import type { AccessPolicy } from '../identity/access-policies/access-policy.ts';
import { isChosenBySession } from '../identity/aws-auth/fill-template.ts';
import type { ClusterIdentities, GrantedPolicy } from '../identity/cluster-identity.ts';
import { principalOf } from '../identity/principal-arn.ts';
import { isServiceLinkedRole } from '../identity/service-linked-role.ts';
import type { RoleObject } from '../rbac/bindings.ts';
import { canonicalSubject, subjectText, withoutSsoSuffix } from '../rbac/subject.ts';
import type { HeldGrant, Holder, PolicyAssociation } from './holder.ts';
import { NameIndex } from '../identity/name-index.ts';
import { iamParty, type IamParty } from './party.ts';
import { NO_RIGHTS, rightsInNamespace, rightsOfRule, unite, type Rights } from './rights.ts';

/** Who of IAM may sign in, and the access policies of some namespaces that they have: many have the same in as many namespaces, which is said once. */
export interface IamHolders {
  readonly principals: readonly Holder[];
  readonly policies: readonly Holder[];
}

/**
 * Everybody of IAM who may sign in, with what that gives: by the username and groups of the entry what bindings give those, and by access policies, which the cluster asks beside
 * RBAC. What is not known of a policy gives nothing here.
 */
export function iamHolders(identities: Pick<ClusterIdentities, 'principals' | 'partition'>, bySubject: ReadonlyMap<string, Holder>, namespaces: Iterable<string>): IamHolders {
  const { principals, partition } = identities;
  const counts = new Map<string, number>();
  const templates = templateNames(bySubject);
  const grantsOf = policyGrants([...namespaces], partition);
  const policies = new Map<string, Holder>();
  const holders = principals
    .filter(({ arn }) => !isServiceLinkedRole(arn))
    .map((principal): Holder => {
      const { name } = iamParty(principal.arn);
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      const party = iamParty(principal.arn, count);
      const { account = '' } = principalOf(principal.arn) ?? {};
      const filled = (text: string): string => withoutSsoSuffix(text.replaceAll('{{AccountID}}', () => account));
      const [username, groups] = [filled(principal.username), [...new Set(principal.groups.map(filled))]];
      const { cluster, inSome } = grantsOf(party, principal.policies);
      for (const part of inSome) policies.set(part.text, part);
      return {
        text: party.name,
        subject: party,
        cluster,
        namespaces: new Map(),
        mapped: {
          via: principal.via,
          as: [...asUser(username), ...groups.filter((group) => !isTemplate(group)).map((group) => `Group ${group}`), ...inSome.map(({ text }) => text)],
          perhaps: [...(isTemplate(username) ? templates().users.fitting(username) : []), ...groups.filter(isTemplate).flatMap((group) => templates().groups.fitting(group))],
        },
      };
    });
  return { principals: holders, policies: [...policies.values()] };
}

function isTemplate(text: string): boolean {
  return isChosenBySession(text) || text.includes('{{AccessKeyID}}');
}

function asUser(username: string): readonly string[] {
  const subject = isTemplate(username) ? undefined : canonicalSubject({ kind: 'User', name: username });
  return subject ? [subjectText(subject)] : [];
}

/** Made when the first template is met. */
function templateNames(bySubject: ReadonlyMap<string, Holder>): () => { readonly users: NameIndex; readonly groups: NameIndex } {
  let made: { readonly users: NameIndex; readonly groups: NameIndex } | undefined;
  return () => {
    if (made) return made;
    const of = (kind: 'User' | 'Group') => [...bySubject.values()].filter(({ subject }) => subject.kind === kind).map(({ subject, text }) => [subject.name, text] as const);
    return (made = { users: new NameIndex(of('User')), groups: new NameIndex(of('Group')) });
  };
}

/** Many principals have the same policies. */
function policyGrants(
  namespaces: readonly string[],
  partition: string,
): (party: IamParty, policies: readonly GrantedPolicy[]) => { readonly cluster: HeldGrant[]; readonly inSome: readonly Holder[] } {
  const known = new Map<AccessPolicy, { readonly everywhere: Rights; readonly there: Rights; readonly role: RoleObject }>();
  const places = new Map<string, readonly string[]>();
  const parts = new Map<string, Holder>();

  function rightsOf(policy: AccessPolicy) {
    let rights = known.get(policy);
    if (!rights) {
      const everywhere = unite(policy.rules.map(rightsOfRule));
      known.set(policy, (rights = { everywhere, there: rightsInNamespace(everywhere), role: { text: `access policy ${policy.name}`, rules: policy.rules } }));
    }
    return rights;
  }

  function partOf(policy: AccessPolicy, scope: AccessScope & { kind: 'namespaces' }): Holder {
    const text = `access policy ${policy.name} in ${scope.patterns.join(', ')}`;
    let part = parts.get(text);
    if (part) return part;
    const { there, role } = rightsOf(policy);
    const subject = { kind: 'IAM', name: text, arn: policyArn(policy, partition) } as const;
    // One grant in many places: it is taken back as a whole.
    const grant: HeldGrant = { binding: association(undefined, policy, partition), role, rights: there, byDefault: NO_RIGHTS };
    parts.set(text, (part = { text, subject, cluster: [], namespaces: new Map([...placesOf(scope, namespaces, places)].map((namespace) => [namespace, [grant]])) }));
    return part;
  }

  return (party, policies) => ({
    cluster: policies.filter(({ scope }) => scope.kind === 'cluster').map(({ policy }) => {
      const { everywhere, role } = rightsOf(policy);
      return { binding: association(party, policy, partition), role, rights: everywhere, byDefault: NO_RIGHTS };
    }),
    inSome: policies.flatMap(({ policy, scope }) => (scope.kind === 'namespaces' ? [partOf(policy, scope)] : [])),
  });
}

function policyArn({ name }: AccessPolicy, partition: string): string {
  return name.startsWith('arn:') ? name : `arn:${partition}:eks::aws:cluster-access-policy/${name}`;
}

/** Without a party: of everybody who has the policy in the same scope. */
function association(party: IamParty | undefined, policy: AccessPolicy, partition: string): PolicyAssociation {
  return {
    text: party ? `access entry ${party.arn}` : 'access entry',
    resource: { apiVersion: 'eks.amazonaws.com/v1', kind: 'AccessEntry', name: party?.arn ?? '' },
    policy: policyArn(policy, partition),
    source: 'eksAccessEntries',
    roleSource: 'eksAssociatedAccessPolicies',
  };
}

/** Namespaces of a scope, each pattern with a wildcard asked once of those that are there. */
function placesOf(scope: AccessScope, namespaces: readonly string[], known: Map<string, readonly string[]>): Iterable<string> {
  if (scope.kind !== 'namespaces') return [];
  const found = new Set<string>();
  for (const pattern of scope.patterns) {
    let places = known.get(pattern);
    if (!places) known.set(pattern, (places = /[*?]/.test(pattern) ? namespaces.filter((namespace) => coversNamespace({ kind: 'namespaces', patterns: [pattern] }, namespace) === true) : [pattern]));
    for (const place of places) found.add(place);
  }
  return found;
}
