import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAuthorizer, type Authorizer } from '../../lambda/facts/rbac/authorizer/authorizer.ts';
import { uncoveredAtoms } from '../../lambda/facts/rbac/authorizer/covers.ts';
import { refusalOfBindingWrite, refusalOfRoleWrite } from '../../lambda/facts/rbac/authorizer/escalation-check.ts';
import { impersonated, impersonationRequests } from '../../lambda/facts/rbac/authorizer/impersonation.ts';
import type { Identity, Request } from '../../lambda/facts/rbac/authorizer/request.ts';
import { readRules, type PolicyRule } from '../../lambda/facts/rbac/policy-rule.ts';
import { rbacLists, type RbacObject } from './rbac-lists.ts';
import type { JudgedVerdict, VectorFile, VectorKind } from './vector-kind.ts';

interface Asker {
  readonly user: string;
  readonly groups: readonly string[];
}

interface World {
  readonly seed: number;
  readonly objects: readonly RbacObject[];
  readonly checks: readonly (Asker & Request & { readonly allowed: boolean; readonly rbac?: boolean })[];
  readonly whoCan: readonly (Request & { readonly subjects: readonly object[] })[];
  readonly rulesFor: readonly (Asker & { readonly namespace: string; readonly rules: readonly unknown[] })[];
  readonly covers: readonly { readonly owner: unknown; readonly servant: unknown; readonly covered: boolean; readonly uncovered: unknown }[];
}

interface Writes {
  readonly seed: number;
  readonly objects: readonly RbacObject[];
  readonly cases: readonly (Asker & { readonly op: 'create' | 'update'; readonly object: RbacObject; readonly allowed: boolean; readonly reason: string })[];
}

interface Impersonations {
  readonly seed: number;
  readonly objects: readonly RbacObject[];
  readonly cases: readonly (Asker & {
    readonly impersonate: { readonly username: string; readonly groups?: readonly string[]; readonly uid?: string; readonly extra?: Readonly<Record<string, readonly string[]>> };
    readonly allowed: boolean;
    readonly became?: { readonly username: string; readonly groups: readonly string[] };
  })[];
}

/** Worlds of RBAC objects, and what Kubernetes says about them: its authorizer's own code, or a running API server. */
export const rbac: VectorKind = {
  parts: ['worlds', 'escalation', 'impersonation'],
  isCaseFile: (name) => /^(worlds|escalation|impersonation)\b.*\.jsonl(\.gz)?$/.test(name),
  companionWord(name) {
    if (name === 'defaults.json') return 'default objects, beside those of each world of writes and impersonations';
    return /^1\.\d+(\.aggregated)?\.json(\.gz)?$/.test(name) ? 'default objects of a version of Kubernetes' : undefined;
  },
  *judge(line, file) {
    if (file.name.startsWith('worlds')) yield* judgeWorld(line as World);
    else if (file.name.startsWith('escalation')) yield* judgeWrites(line as Writes, file);
    else yield* judgeImpersonations(line as Impersonations, file);
  },
};

function* judgeWorld({ seed, objects, checks, whoCan, rulesFor, covers }: World): Iterable<JudgedVerdict> {
  const authorizer = createAuthorizer(rbacLists(objects));
  for (const check of checks) {
    const of = `seed ${seed}: ${check.user} [${check.groups.join(', ')}] ${requestText(check)}`;
    yield { kind: 'check', case: of, expected: answer(check.allowed), got: answer(authorizer.can(identity(check), check)) };
    if (check.rbac !== undefined) yield { kind: 'rbac', case: of, expected: answer(check.rbac), got: answer(authorizer.allows(identity(check), check)) };
  }
  for (const question of whoCan) {
    const got = authorizer.whoCan(question).subjects.map(({ subject }) => subject);
    yield { kind: 'whoCan', case: `seed ${seed}: ${requestText(question)}`, expected: texts(question.subjects), got: texts(got) };
  }
  for (const { namespace, rules, ...asker } of rulesFor) {
    const got = authorizer.rulesFor(identity(asker), namespace).rules.map(({ rule }) => rule);
    yield { kind: 'rulesFor', case: `seed ${seed}: ${asker.user} [${asker.groups.join(', ')}] in "${namespace}"`, expected: multiset(readRules(rules)), got: multiset(got) };
  }
  for (const [number, { owner, servant, covered, uncovered }] of covers.entries()) {
    const missing = [...uncoveredAtoms(readRules(owner), readRules(servant))];
    const told = (all: boolean, atoms: readonly PolicyRule[]): string => `${all ? 'covered' : 'not covered'} ${multiset(atoms)}`;
    yield { kind: 'covers', case: `seed ${seed}: pair ${number}`, expected: told(covered, readRules(uncovered)), got: told(missing.length === 0, missing) };
  }
}

function* judgeWrites({ seed, objects, cases }: Writes, file: VectorFile): Iterable<JudgedVerdict> {
  const world = [...objects, ...defaultsOf(file)];
  const authorizer = createAuthorizer(rbacLists(world));
  const aggregating = new Set(world.filter(({ kind, aggregationRule }) => kind === 'ClusterRole' && aggregationRule !== undefined).map(({ metadata }) => metadata.name));
  for (const { object, op, allowed, reason, ...asker } of cases) {
    const got = refusalOfWrite(authorizer, identity(asker), op, object, aggregating);
    const of = `seed ${seed}: ${asker.user} [${asker.groups.join(', ')}] ${op} ${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`;
    yield { kind: 'escalation', case: of, expected: answer(allowed, reason), got: answer(got === undefined, got ?? '') };
  }
}

function refusalOfWrite(authorizer: Authorizer, who: Identity, op: 'create' | 'update', object: RbacObject, aggregating: ReadonlySet<string>): string | undefined {
  const { kind, metadata, rules, aggregationRule, roleRef } = object;
  if (kind === 'Role' || kind === 'ClusterRole') {
    const aggregates = aggregationRule !== undefined || (op === 'update' && kind === 'ClusterRole' && aggregating.has(metadata.name));
    return refusalOfRoleWrite(authorizer, who, { op, kind, ...metadata, rules: readRules(rules), aggregates });
  }
  if ((kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding') || !roleRef) throw new Error(`${kind} ${metadata.name} is no object of RBAC`);
  return refusalOfBindingWrite(authorizer, who, { op, kind, ...metadata, roleRef: { apiGroup: '', ...roleRef } });
}

function* judgeImpersonations({ seed, objects, cases }: Impersonations, file: VectorFile): Iterable<JudgedVerdict> {
  const authorizer = createAuthorizer(rbacLists([...objects, ...defaultsOf(file)]));
  for (const { impersonate, allowed, became, ...asker } of cases) {
    const { extra, ...wanted } = impersonate;
    const impersonation = { ...wanted, ...(extra ? { extra: new Map(Object.entries(extra)) } : {}) };
    const may = impersonationRequests(impersonation).every((request) => authorizer.can(identity(asker), request));
    const { user, groups } = impersonated(impersonation);
    // Whom the server then took the caller for is said where it let the review be posted.
    const as = (name: string | undefined, of: readonly string[]): string => (became ? ` as ${name} [${[...of].sort().join(', ')}]` : '');
    const of = `seed ${seed}: ${asker.user} [${asker.groups.join(', ')}] as ${JSON.stringify(impersonate)}`;
    yield { kind: 'impersonation', case: of, expected: answer(allowed) + as(became?.username, became?.groups ?? []), got: answer(may) + as(user, groups) };
  }
}

/** Of Kubernetes 1.35, which judged the vectors: for directories that hold none. */
const OWN_DEFAULTS = join(import.meta.dirname, '../../test/vectors/rbac/defaults.json');

function defaultsOf(file: VectorFile): readonly RbacObject[] {
  const read = file.companion('defaults.json') ?? (JSON.parse(readFileSync(OWN_DEFAULTS, 'utf8')) as unknown);
  return (read as { readonly objects: readonly RbacObject[] }).objects;
}

function identity({ user, groups }: Asker): Identity {
  return { user, groups };
}

function answer(allowed: boolean, reason = ''): string {
  return `${allowed ? 'allowed' : 'refused'}${reason === '' ? '' : ` (${reason})`}`;
}

function requestText(request: Request): string {
  if ('path' in request) return `${request.verb} ${request.path}`;
  const { verb, group, resource, subresource, namespace, name } = request;
  return `${verb} ${group}/${resource}${subresource === '' ? '' : `/${subresource}`} "${name}" in "${namespace}"`;
}

/** Field by field in one order, so that equal subjects are equal texts. */
function texts(subjects: readonly { readonly kind?: string; readonly namespace?: string; readonly name?: string }[]): string {
  return JSON.stringify(subjects.map(({ kind, namespace, name }) => [kind, namespace, name]));
}

function multiset(rules: readonly PolicyRule[]): string {
  const all = rules.map(({ verbs, apiGroups, resources, resourceNames, urls }) => JSON.stringify([verbs, apiGroups, resources, resourceNames, urls]));
  return `[${all.sort().join(', ')}]`;
}
