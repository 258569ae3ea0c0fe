import { coversNamespace, type AccessScope } from '../identity/access-policies/access-scope.ts';
import type { AccessPolicy } from '../identity/access-policies/access-policy.ts';
import { isChosenBySession } from '../identity/aws-auth/fill-template.ts';
import type { ClusterIdentities, GrantedPolicy } from '../identity/cluster-identity.ts';
import { principalOf } from '../identity/principal-arn.ts';
import type { RoleObject } from '../rbac/bindings.ts';
import { canonicalSubject, subjectText, withoutSsoSuffix } from '../rbac/subject.ts';
import type { HeldGrant, Holder, PolicyAssociation } from './holder.ts';
import { NameIndex } from './name-index.ts';
import { iamParty, type IamParty } from './party.ts';
import { NO_RIGHTS, rightsInNamespace, rightsOfRule, unite, type Rights } from './rights.ts';

/** Roles that only a service of AWS can take. https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html */
const OF_A_SERVICE = /:role\/aws-service-role\//i;

/**
 * Everybody of IAM who may sign in, with what that gives: by the username and groups of the entry what bindings give those, and by access policies, which the cluster asks beside
 * RBAC. What is not known of a policy gives nothing here.
 */
export function iamHolders(identities: Pick<ClusterIdentities, 'principals' | 'partition'>, bySubject: ReadonlyMap<string, Holder>, namespaces: Iterable<string>): readonly Holder[] {
  const { principals, partition } = identities;
  const counts = new Map<string, number>();
  const templates = templateNames(bySubject);
  const grantsOf = policyGrants([...namespaces], partition);
  return principals
    .filter(({ arn }) => !OF_A_SERVICE.test(arn))
    .map((principal): Holder => {
      const { name } = iamParty(principal.arn);
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      const party = iamParty(principal.arn, count);
      const { account = '' } = principalOf(principal.arn) ?? {};
      const filled = (text: string): string => withoutSsoSuffix(text.replaceAll('{{AccountID}}', () => account));
      const [username, groups] = [filled(principal.username), [...new Set(principal.groups.map(filled))]];
      return {
        text: party.name,
        subject: party,
        ...grantsOf(party, principal.policies),
        mapped: {
          via: principal.via,
          as: [...asUser(username), ...groups.filter((group) => !isTemplate(group)).map((group) => `Group ${group}`)],
          perhaps: [...(isTemplate(username) ? templates().users.fitting(username) : []), ...groups.filter(isTemplate).flatMap((group) => templates().groups.fitting(group))],
        },
      };
    });
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
function policyGrants(namespaces: readonly string[], partition: string): (party: IamParty, policies: readonly GrantedPolicy[]) => Pick<Holder, 'cluster' | 'namespaces'> {
  const known = new Map<AccessPolicy, { readonly everywhere: Rights; readonly there: Rights; readonly role: RoleObject }>();
  const places = new Map<string, readonly string[]>();

  function rightsOf(policy: AccessPolicy) {
    let rights = known.get(policy);
    if (!rights) {
      const everywhere = unite(policy.rules.map(rightsOfRule));
      known.set(policy, (rights = { everywhere, there: rightsInNamespace(everywhere), role: { text: `access policy ${policy.name}`, rules: policy.rules } }));
    }
    return rights;
  }

  return (party, policies) => {
    const cluster: HeldGrant[] = [];
    const byNamespace = new Map<string, HeldGrant[]>();
    for (const { policy, scope } of policies) {
      const { everywhere, there, role } = rightsOf(policy);
      const binding = association(party, policy, partition);
      const grant = { binding, role, rights: scope.kind === 'cluster' ? everywhere : there, byDefault: NO_RIGHTS };
      if (scope.kind === 'cluster') cluster.push(grant);
      // One grant in many places: it is taken back as a whole.
      else for (const namespace of placesOf(scope, namespaces, places)) {
        const grants = byNamespace.get(namespace);
        if (grants) grants.push(grant);
        else byNamespace.set(namespace, [grant]);
      }
    }
    return { cluster, namespaces: byNamespace };
  };
}

function association(party: IamParty, { name }: AccessPolicy, partition: string): PolicyAssociation {
  return {
    text: `access entry ${party.arn}`,
    resource: { apiVersion: 'eks.amazonaws.com/v1', kind: 'AccessEntry', name: party.arn },
    policy: name.startsWith('arn:') ? name : `arn:${partition}:eks::aws:cluster-access-policy/${name}`,
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
