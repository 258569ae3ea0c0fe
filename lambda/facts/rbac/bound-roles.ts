import type { Grant, ScopeGrants, SubjectGrants } from './grant.ts';
import { describeRule, type PolicyRule } from './policy-rule.ts';
import { powersOf } from './powers.ts';
import type { BoundRole } from './right.ts';
import { bindingsText, compareGrants, sourcesOf } from './right-of.ts';
import { aboutOneObject } from './same-object.ts';
import { holderText, subjectResource } from './subject.ts';

/** What Kubernetes tells strangers or every signed-in user by its own roles: that this is an API server, which APIs it has, how its tokens are signed, who the caller is. */
const PUBLIC_URLS: ReadonlySet<string> = new Set([
  '/.well-known/openid-configuration',
  '/.well-known/openid-configuration/',
  '/api',
  '/api/*',
  '/apis',
  '/apis/*',
  '/healthz',
  '/livez',
  '/openapi',
  '/openapi/*',
  '/openid/v1/jwks',
  '/openid/v1/jwks/',
  '/readyz',
  '/version',
  '/version/',
]);
const ABOUT_ONESELF: ReadonlySet<string> = new Set(['selfsubjectaccessreviews', 'selfsubjectrulesreviews', 'selfsubjectreviews']);

/** Whether this rule tells a stranger no more than that. In a RoleBinding, a rule about URLs has no effect at all. */
function isPublic({ verbs, resources, urls }: PolicyRule, inNamespace: boolean): boolean {
  if (resources.length === 0) return inNamespace || (urls.every((url) => PUBLIC_URLS.has(url)) && verbs.every((verb) => verb === 'get' || verb === 'head'));
  return resources.every((resource) => ABOUT_ONESELF.has(resource)) && verbs.every((verb) => verb === 'create');
}

/** One a scope: what a subject that should be bound to nothing is bound to. */
export function* boundRoles({ subject, cluster, namespaces }: SubjectGrants, audience: 'anonymous' | 'masters'): Iterable<BoundRole> {
  for (const [namespace, scope] of [[undefined, cluster] as const, ...namespaces]) {
    const rulesOf = ({ role }: Grant): readonly PolicyRule[] =>
      audience === 'masters' ? role.rules : role.rules.filter((rule) => !isPublic(rule, namespace !== undefined));
    const standing = scope.grants.filter(({ binding }) => binding.namespace === namespace);
    const grants = standing.filter((grant) => audience === 'masters' || rulesOf(grant).length > 0).sort(compareGrants);
    if (grants.length === 0) continue;
    const where = namespace === undefined ? 'in every namespace' : `in ${namespace}`;
    const roles = [...new Set(grants.map(({ role }) => role.text))].sort();
    const kind = audience === 'masters' ? 'system-masters' : 'access';
    yield {
      resource: subjectResource(subject),
      key: `${kind}@${namespace ?? 'cluster'}`,
      cause: `${roles[0]!}: ${kind}`,
      evidence: {
        grants: grants.map((grant) => ({ binding: grant.binding.text, ...(grant.binding.subjects.length === 1 ? { bindsNobodyElse: true } : {}), role: grant.role.text, rules: [...new Set(rulesOf(grant).map(describeRule))].sort() })),
        powers: [...powersIn(scope, namespace)].sort(),
      },
      restsOn: sourcesOf(grants),
      message: `${holderText(subject)} holds what ${roles[0]!} gives ${where}, by ${bindingsText(grants)}`,
      urlsOnly: grants.every((grant) => rulesOf(grant).every((rule) => rule.resources.length === 0)),
    };
  }
}

function powersIn(scope: ScopeGrants, namespace: string | undefined): readonly string[] {
  return powersOf(aboutOneObject(scope.asks, [scope]), namespace === undefined ? 'cluster' : 'namespace');
}
