import { urlCovers } from './authorizer/rule-allows.ts';
import { WRITE, WRITE_OR_DELETE } from './ask.ts';
import type { PolicyRule } from './policy-rule.ts';

/** A question that no list of requests asks: of some kind that nobody knows yet, some verb of a family, some address below another. */
export interface TextAsk {
  readonly where: 'anywhere' | 'cluster';
  /** Of the rule as it is written. Never throws; linear in the rule. */
  answeredBy(rule: PolicyRule): boolean;
}

/** What the API server says of itself beyond that it is one: metrics, profiles, logs, flags. */
const INTERNALS = ['/metrics', '/metrics/*', '/debug/*', '/logs', '/logs/*', '/configz', '/flagz', '/statusz'];

/** Of a rule about addresses: whether one of them meets one of these. */
function addresses(): TextAsk {
  const meets = (url: string): boolean => INTERNALS.some((internal) => urlCovers(url, internal) || urlCovers(internal, url));
  return { where: 'cluster', answeredBy: ({ verbs, urls }) => (verbs.includes('get') || verbs.includes('*')) && urls.some(meets) };
}

/** Any kind of these API groups. A `*` for the groups counts only with one for the resources: `pods` of every group are pods. */
function kindsOf(isMeant: (group: string) => boolean, verbs: readonly string[], where: TextAsk['where']): TextAsk {
  return {
    where,
    answeredBy(rule) {
      const everyKind = rule.resources.includes('*');
      if (!rule.apiGroups.some((group) => (group === '*' ? everyKind : isMeant(group)))) return false;
      if (!everyKind && rule.resources.every((resource) => resource.includes('/'))) return false;
      // A create carries no name, and no rule with names gives it.
      const named = rule.resourceNames.length > 0;
      return rule.verbs.some((verb) => verb === '*' || (verbs.includes(verb) && !(named && (verb === 'create' || verb === 'deletecollection'))));
    },
  };
}

/** Some verb with this beginning on anything at all. `*` is one. */
function verbsOf(prefix: string): TextAsk {
  const begins = (verb: string): boolean => verb === '*' || verb.startsWith(prefix);
  return { where: 'anywhere', answeredBy: ({ verbs, apiGroups, resources }) => apiGroups.length > 0 && resources.length > 0 && verbs.some(begins) };
}

function isOf(...families: readonly string[]): (group: string) => boolean {
  return (group) => families.some((family) => group.endsWith(family));
}

const isNamespacedCrossplane = isOf('.m.crossplane.io', '.m.upbound.io');

/** Every such question, by name. */
export const TEXT_ASKS = {
  readInternals: addresses(),
  writeConstraints: kindsOf((group) => group === 'constraints.gatekeeper.sh', WRITE_OR_DELETE, 'cluster'),
  // AWS Controllers for Kubernetes: one group a service.
  writeAwsObjects: kindsOf(isOf('.services.k8s.aws'), WRITE, 'anywhere'),
  writeCrossplaneObjects: kindsOf(isNamespacedCrossplane, WRITE, 'anywhere'),
  writeClusterCrossplaneObjects: kindsOf(
    (group) => isOf('.crossplane.io', '.upbound.io')(group) && !isNamespacedCrossplane(group),
    WRITE,
    'cluster',
  ),
  onUserInfo: verbsOf('impersonate-on:user-info:'),
  onAccount: verbsOf('impersonate-on:serviceaccount:'),
  onArbitraryNode: verbsOf('impersonate-on:arbitrary-node:'),
  onOwnNode: verbsOf('impersonate-on:associated-node:'),
} as const satisfies Record<string, TextAsk>;
