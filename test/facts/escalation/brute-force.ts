import { createAuthorizer } from '../../../lambda/facts/rbac/authorizer/authorizer.ts';
import { identityOf } from '../../../lambda/facts/rbac/authorizer/identity-of.ts';
import type { ResourceRequest } from '../../../lambda/facts/rbac/authorizer/request.ts';
import { ruleAllows } from '../../../lambda/facts/rbac/authorizer/rule-allows.ts';
import type { RbacLists } from '../../../lambda/facts/rbac/bindings.ts';
import type { PolicyRule } from '../../../lambda/facts/rbac/policy-rule.ts';
import { subjectText, type Subject } from '../../../lambda/facts/rbac/subject.ts';

/** A small cluster as the search below sees it. */
export interface SmallWorld {
  readonly lists: RbacLists;
  readonly namespaces: ReadonlyMap<string, boolean>;
  /** All are there, and a pod with a token of each runs in its namespace. */
  readonly accounts: readonly { readonly namespace: string; readonly name: string }[];
  readonly subjects: readonly Subject[];
}

/** A Secret in namespace one with a token of its account a that never expires. */
export const LEGACY_TOKEN = 'a-token-aaaaa';

/** Roles of IAM: as whom each signs in, and what accounts come to them, from inside their pods and by their tokens. */
export interface SmallIam {
  readonly mapped: ReadonlyMap<string, readonly Subject[]>;
  readonly inside: ReadonlyMap<string, readonly string[]>;
  readonly byToken: ReadonlyMap<string, readonly string[]>;
}

const NO_IAM: SmallIam = { mapped: new Map(), inside: new Map(), byToken: new Map() };

/** Somebody who makes requests: a subject, or who has bound a role to himself. */
type Actor = (namespace: string) => readonly PolicyRule[];

const RBAC = 'rbac.authorization.k8s.io';
const ALL: PolicyRule = { verbs: ['*'], apiGroups: ['*'], resources: ['*'], resourceNames: [], urls: [] };

/**
 * What a subject can come to hold, found by trying every attack with every identity until nothing new comes: each attack as the requests that it takes, asked
 * of the authorizer. Shares nothing with the engine but that.
 */
export function bruteForce(world: SmallWorld, start: Subject, iam = NO_IAM): { readonly admin: boolean; readonly node: boolean } {
  const authorizer = createAuthorizer(world.lists);
  const actors = new Map<string, Actor>();
  const become = (subject: Subject): void => {
    const identity = identityOf(subject);
    actors.set(subjectText(subject), (namespace) => authorizer.rulesFor(identity, namespace).rules.map(({ rule }) => rule));
  };
  const take = (text: string, rules: readonly PolicyRule[], namespace?: string): void => {
    actors.set(text, (asked) => (namespace === undefined || asked === namespace ? rules : []));
  };
  let node = false;
  let admin = false;
  const takeRoles = (by: SmallIam['inside'], { namespace, name }: { readonly namespace: string; readonly name: string }): void => {
    for (const role of by.get(`${namespace}/${name}`) ?? []) {
      const subjects = iam.mapped.get(role) ?? [];
      const groups = subjects.filter(({ kind }) => kind === 'Group').map((group) => group.name);
      if (groups.includes('system:masters')) admin = true;
      const identity = { user: subjects.find(({ kind }) => kind === 'User')?.name ?? role, groups: [...groups, 'system:authenticated'] };
      actors.set(`role ${role}`, (asked) => authorizer.rulesFor(identity, asked).rules.map(({ rule }) => rule));
    }
  };
  become(start);
  if (start.kind === 'ServiceAccount') takeRoles(iam.inside, { namespace: start.namespace!, name: start.name });
  for (let before = -1; before !== actors.size * 4 + Number(node) * 2 + Number(admin); ) {
    before = actors.size * 4 + Number(node) * 2 + Number(admin);
    const all = [...actors.values()];
    const may = (verb: string, group: string, path: string, namespace: string, name = ''): Actor[] => {
      const [resource = '', subresource = ''] = path.split('/');
      const request: ResourceRequest = { verb, group, resource, subresource, name, namespace };
      return all.filter((actor) => actor(namespace).some((rule) => ruleAllows(rule, request)));
    };
    const any = (verb: string, group: string, path: string, namespace: string, name = ''): boolean => may(verb, group, path, namespace, name).length > 0;
    const same = (first: Actor[], second: Actor[]): boolean => first.some((actor) => second.includes(actor));
    if (all.some((actor) => actor('').some((rule) => rule.verbs.includes('*') && rule.resources.includes('*') && rule.apiGroups.some((group) => group === '*' || group === '') && rule.resourceNames.length === 0))) admin = true;

    const runs = [...world.namespaces.keys()].filter((namespace) => any('create', '', 'pods', namespace) || any('create', 'apps', 'deployments', namespace));
    for (const namespace of runs) if (world.namespaces.get(namespace) || any('patch', '', 'namespaces', namespace, namespace)) node = true;
    if (runs.length > 0 && any('create', '', 'persistentvolumes', '')) node = true;
    if (any('get', '', 'nodes/proxy', '') || any('create', '', 'nodes/proxy', '')) node = true;
    for (const { namespace, name } of world.accounts) {
      const subject = { kind: 'ServiceAccount', namespace, name } as const;
      if (node || runs.includes(namespace) || any('create', '', 'serviceaccounts/token', namespace, name) || any('impersonate', '', 'serviceaccounts', namespace, name)) become(subject);
      if (any('create', '', 'pods/exec', namespace, 'any') || any('patch', '', 'pods', namespace, 'any')) become(subject);
      const inside = any('create', '', 'pods/exec', namespace, 'any') || any('patch', '', 'pods', namespace, 'any');
      if (node || runs.includes(namespace) || inside) takeRoles(iam.inside, { namespace, name });
      if (runs.includes(namespace) || any('create', '', 'serviceaccounts/token', namespace, name)) takeRoles(iam.byToken, { namespace, name });
      if (any('create', '', 'secrets', namespace) && ['any', 'some', LEGACY_TOKEN].some((secret) => any('get', '', 'secrets', namespace, secret))) become(subject);
    }
    if (any('get', '', 'secrets', 'one', LEGACY_TOKEN)) become({ kind: 'ServiceAccount', namespace: 'one', name: 'a' });
    for (const subject of world.subjects) if (subject.kind === 'User' && any('impersonate', '', 'users', '', subject.name)) become(subject);
    const asSomebody = ['', ...world.namespaces.keys()].flatMap((namespace) => [
      ...['alice', 'bob'].flatMap((name) => may('impersonate', '', 'users', '', name)),
      ...['a', 'b'].flatMap((name) => may('impersonate', '', 'serviceaccounts', namespace, name)),
    ]);
    if (same(asSomebody, may('impersonate', '', 'groups', '', 'system:masters'))) admin = true;
    for (const subject of world.subjects) if (subject.kind === 'Group' && same(asSomebody, may('impersonate', '', 'groups', '', subject.name))) become(subject);

    const clusterRoles = ['cluster-admin', 'c0', 'c1', 'c2'];
    for (const name of clusterRoles) {
      const rules = name === 'cluster-admin' ? [ALL] : (authorizer.rulesOf(`ClusterRole ${name}`) ?? []);
      if (same(may('create', RBAC, 'clusterrolebindings', ''), may('bind', RBAC, 'clusterroles', '', name))) take(`${name} everywhere`, rules);
      for (const namespace of world.namespaces.keys()) {
        if (same(may('create', RBAC, 'rolebindings', namespace), may('bind', RBAC, 'clusterroles', namespace, name))) take(`${name} in ${namespace}`, rules, namespace);
      }
    }
    // Who may change some ClusterRole without a limit to names may change the one by which he may.
    if (same(may('escalate', RBAC, 'clusterroles', '', 'of no such name'), may('patch', RBAC, 'clusterroles', '', 'of no such name'))) admin = true;
  }
  return { admin, node };
}
