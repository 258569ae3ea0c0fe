import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { asking, asksInNamespace, asksOfRule, namedNamespaces, type AskName } from '../../../lambda/facts/rbac/asks.ts';
import { readRules, type PolicyRule } from '../../../lambda/facts/rbac/policy-rule.ts';

function rule(part: Partial<PolicyRule>): PolicyRule {
  return { verbs: [], apiGroups: [''], resources: [], resourceNames: [], urls: [], ...part };
}

/** One request as the authorizer sees it. `name` is empty for a list, a deletecollection and a create of an object. */
interface Request {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly name: string;
}

/** The authorizer's own test of one rule, written down a second time: kubernetes/kubernetes pkg/apis/rbac/v1/evaluation_helpers.go. */
function allows({ verbs, apiGroups, resources, resourceNames }: PolicyRule, { verb, group, resource, name }: Request): boolean {
  const subresource = resource.includes('/') ? resource.slice(resource.indexOf('/') + 1) : '';
  return (
    (verbs.includes('*') || verbs.includes(verb)) &&
    (apiGroups.includes('*') || apiGroups.includes(group)) &&
    resources.some((written) => written === '*' || written === resource || (subresource !== '' && written === `*/${subresource}`)) &&
    (resourceNames.length === 0 || resourceNames.includes(name))
  );
}

/** Requests of which any one answers the ask. A name that nobody writes stands for "any name". */
const ANY = 'a-name-that-no-rule-has';
const ORACLE: { readonly [A in AskName]?: readonly Request[] } = {
  readSecrets: [
    { verb: 'get', group: '', resource: 'secrets', name: ANY },
    { verb: 'list', group: '', resource: 'secrets', name: '' },
    { verb: 'watch', group: '', resource: 'secrets', name: '' },
  ],
  writeSecrets: [
    { verb: 'create', group: '', resource: 'secrets', name: '' },
    { verb: 'update', group: '', resource: 'secrets', name: ANY },
    { verb: 'patch', group: '', resource: 'secrets', name: ANY },
  ],
  createPods: [{ verb: 'create', group: '', resource: 'pods', name: '' }],
  createTokens: [{ verb: 'create', group: '', resource: 'serviceaccounts/token', name: ANY }],
  createVolumes: [{ verb: 'create', group: '', resource: 'persistentvolumes', name: '' }],
  impersonateMasters: [{ verb: 'impersonate', group: '', resource: 'groups', name: 'system:masters' }],
  changeAwsAuth: [
    { verb: 'update', group: '', resource: 'configmaps', name: 'aws-auth' },
    { verb: 'patch', group: '', resource: 'configmaps', name: 'aws-auth' },
  ],
};

const words = (...list: string[]) => fc.uniqueArray(fc.constantFrom(...list), { maxLength: 3 });
const anyRule = fc.record({
  verbs: words('get', 'list', 'watch', 'create', 'update', 'patch', 'impersonate', 'delete', '*', 'Get'),
  apiGroups: words('', '*', 'apps', 'core', 'rbac.authorization.k8s.io'),
  resources: words(
    'secrets',
    'pods',
    'pods/exec',
    'pods/*',
    '*',
    '*/token',
    '*/exec',
    'serviceaccounts/token',
    'persistentvolumes',
    'groups',
    'configmaps',
    'deployments',
  ),
  resourceNames: words('aws-auth', 'system:masters', '*', '', '__proto__'),
  urls: fc.constant([]),
});

describe('what a rule answers', () => {
  test('is what the authorizer says of the requests behind it', () => {
    fc.assert(
      fc.property(anyRule, (given) => {
        const asks = asksOfRule(given);
        for (const [name, requests] of Object.entries(ORACLE)) {
          expect({ name, held: (asks & asking(name as AskName)) !== 0n }).toEqual({ name, held: requests.some((request) => allows(given, request)) });
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('does not depend on order or repeats, and grows with the rule', () => {
    fc.assert(
      fc.property(anyRule, anyRule, (a, b) => {
        const turned = rule({ ...a, verbs: [...a.verbs, ...a.verbs].reverse(), resources: [...a.resources].reverse(), apiGroups: [...a.apiGroups].reverse() });
        expect(asksOfRule(turned)).toBe(asksOfRule(a));
        const wider = { ...a, verbs: [...a.verbs, ...b.verbs], resources: [...a.resources, ...b.resources], apiGroups: [...a.apiGroups, ...b.apiGroups] };
        expect(asksOfRule(wider) & asksOfRule(a)).toBe(asksOfRule(a));
        const unnamed = { ...a, resourceNames: [] };
        expect(asksOfRule(unnamed) & asksOfRule(a)).toBe(asksOfRule(a));
      }),
    );
  });

  test('a namespace is its own object', () => {
    const own = rule({ verbs: ['patch'], resources: ['namespaces'], resourceNames: ['shop'] });
    expect(asksOfRule(own)).toBe(asking('changeNamedNamespace'));
    expect(namedNamespaces([own], [asksOfRule(own)])).toEqual(new Map([['shop', asking('changeNamedNamespace')]]));
    const any = rule({ verbs: ['patch'], resources: ['namespaces'] });
    expect(asksOfRule(any)).toBe(asking('changeNamespaces', 'changeNamedNamespace'));
    expect(namedNamespaces([any], [asksOfRule(any)])).toEqual(new Map());
  });

  test('everything of one API group is not everything', () => {
    const all = rule({ verbs: ['*'], apiGroups: ['apps'], resources: ['*'] });
    expect(asksOfRule(all)).toBe(asking('writeControllers', 'onUserInfo', 'onAccount', 'onArbitraryNode', 'onOwnNode'));
    expect(asksOfRule(rule({ verbs: ['*'], apiGroups: [], resources: ['*'] }))).toBe(0n);
  });
});

describe('in a namespace', () => {
  test('cluster-scoped resources are inert, and aws-auth is in kube-system', () => {
    const asks = asking('proxyNodes', 'createVolumes', 'impersonateUsers', 'writeMutating', 'changeAwsAuth', 'readSecrets', 'changeNamespaces', 'bindClusterAdmin');
    expect(asksInNamespace(asks, 'shop')).toBe(asking('readSecrets', 'changeNamespaces', 'bindClusterAdmin'));
    expect(asksInNamespace(asks, 'kube-system')).toBe(asking('readSecrets', 'changeNamespaces', 'bindClusterAdmin', 'changeAwsAuth'));
  });
});

describe('rules as they are stored', () => {
  test('malformed ones match nothing and disturb nothing', () => {
    const rules = readRules([
      null,
      'get',
      { verbs: 'get', apiGroups: null, resources: [1, null, 'secrets'] },
      { verbs: ['get'], apiGroups: [''], resources: ['secrets'] },
    ]);
    expect(rules.map((one) => asksOfRule(one))).toEqual([0n, asking('readSecrets')]);
    expect(readRules(null)).toEqual([]);
    expect(readRules({ 0: 'x' })).toEqual([]);
  });
});
