import { describe, expect, test } from '@jest/globals';
import { assess } from '../../lambda/assess/assess.ts';
import { defaultSubjectClaimed } from '../../lambda/checks/rbac/default-subject-claimed.ts';
import { privilegeEscalationPath } from '../../lambda/checks/rbac/privilege-escalation-path.ts';
import type { Check } from '../../lambda/checks/define-check.ts';
import type { Assessment } from '../../lambda/model/assessment.ts';
import type { ClusterState } from '../../lambda/model/cluster-state.ts';
import { refused } from '../../lambda/model/collected.ts';
import type { SourceName } from '../../lambda/model/sources.ts';
import { compare } from '../../lambda/reconcile/compare.ts';
import { fold } from '../../lambda/reconcile/fold.ts';
import { ROLE, account as iamAccount, awsAuth, eksCluster, entries, only, webIdentityRole } from '../checks/identity/identity-objects.ts';
import { CLUSTER_ADMIN, account, bindCluster, clusterRole, group, rule, user, within } from '../checks/rbac/rbac-objects.ts';
import { snapshotOf, type GivenSources } from '../snapshot-of.ts';
import { at } from './assessment-of.ts';
import { told } from './run-of.ts';

/** The role dev is in devs, who may run pods beside an account that is cluster-admin. */
const WORLD: GivenSources = {
  serviceAccounts: [{ metadata: { namespace: 'shop', name: 'boss' } }],
  clusterRoles: [CLUSTER_ADMIN],
  clusterRoleBindings: [bindCluster('boss', 'cluster-admin', account('shop', 'boss'))],
  ...within('shop', group('devs'), rule('create', '', 'pods')),
  ...entries({ principalArn: `${ROLE}dev`, groups: ['devs'] }),
};
const WITHOUT_GROUP = { ...WORLD, ...entries({ principalArn: `${ROLE}dev` }) };

function without(...sources: readonly SourceName[]): GivenSources {
  return { ...WORLD, ...Object.fromEntries(sources.map((source) => [source, refused('forbidden', 'may not list')])) };
}

function look(given: GivenSources, minute: number, check: Check = privilegeEscalationPath): Assessment {
  return assess(snapshotOf(given, { observedAt: at(minute) }), [check]);
}

/** What each look tells, one after the other. */
function toldBy(...worlds: readonly GivenSources[]): readonly (readonly string[])[] {
  return toldOf(privilegeEscalationPath, ...worlds);
}

function toldOf(check: Check, ...worlds: readonly GivenSources[]): readonly (readonly string[])[] {
  let state: ClusterState | undefined;
  return worlds.map((world, index) => {
    const rows = compare(state, look(world, index, check), { run: '01K0000000000000000000000R', seq: index + 1 });
    state = fold(state, rows);
    return told(rows.changes);
  });
}

const NO_POLICIES = { RolePolicyList: [], AttachedManagedPolicies: [] };
const opened = (origin: string, ...names: readonly string[]): string[] => names.map((name) => `opened (${origin}) privilege-escalation-path ${name} critical`).sort();

describe('the way of a group and that of who of IAM is in it', () => {
  test('both are told, and are one item', () => {
    const { findings } = look(WORLD, 0);
    expect(findings.map(({ resource, cause }) => [resource.kind, resource.name, cause])).toEqual([
      ['Group', 'devs', 'Role shop/ops'],
      ['Role', `${ROLE}dev`, 'Role shop/ops'],
    ]);
    expect(new Set(findings.map(({ item }) => item)).size).toBe(1);
  });

  test.each(['eksCluster', 'eksAccessEntries', 'eksAssociatedAccessPolicies'] as const)('where %s is not read for a run, nothing is resolved or eased, and nothing new when it is', (source) => {
    const reason = `${source}: may not list`;
    expect(toldBy(WORLD, without(source), WORLD).map((lines) => [...lines].sort())).toEqual([
      opened('first-look', `${ROLE}dev`, 'devs'),
      [`lost-sight (cluster) privilege-escalation-path findings=1: ${reason}`],
      ['regained-sight (cluster) privilege-escalation-path findings=2'],
    ]);
  });

  test("where AWS's side is read for the first time, what it shows is no news of the cluster", () => {
    expect(toldBy(without('eksCluster', 'eksAccessEntries', 'eksAssociatedAccessPolicies', 'awsAuth'), WORLD)).toEqual([opened('first-look', 'devs'), opened('first-look', `${ROLE}dev`)]);
  });

  test('taking the role out of the group resolves its way alone', () => {
    expect(toldBy(WORLD, WITHOUT_GROUP)[1]).toEqual([`resolved (cluster) privilege-escalation-path ${ROLE}dev critical`]);
  });

  test.each([
    ['API', 'awsAuth', 'pass'],
    ['API', 'eksAccessEntries', 'not-evaluated'],
    ['API_AND_CONFIG_MAP', 'awsAuth', 'not-evaluated'],
    ['API_AND_CONFIG_MAP', 'eksAssociatedAccessPolicies', 'not-evaluated'],
    ['CONFIG_MAP', 'eksAccessEntries', 'pass'],
    ['CONFIG_MAP', 'eksAssociatedAccessPolicies', 'pass'],
    ['CONFIG_MAP', 'awsAuth', 'not-evaluated'],
  ] as const)('mode %s without %s: %s', (mode, source, outcome) => {
    expect(look({ ...without(source), roleBindings: [], eksCluster: eksCluster(mode) }, 0).outcomes).toMatchObject([{ outcome }]);
  });

  test('nothing is passed where it is not read', () => {
    const nothing = { ...without('eksAccessEntries'), roleBindings: [] };
    expect(look(nothing, 0).outcomes).toMatchObject([{ outcome: 'not-evaluated', unread: [{ source: 'eksAccessEntries' }] }]);
    expect(look({ ...nothing, eksAccessEntries: [] }, 0).outcomes).toMatchObject([{ outcome: 'pass' }]);
  });
});

describe('what roles of IAM add', () => {
  const runner: GivenSources = {
    ...WORLD,
    ...entries({ principalArn: `${ROLE}runner`, groups: ['devs'] }),
    serviceAccounts: [...(WORLD.serviceAccounts as readonly object[]), iamAccount('web/runner', `${ROLE}runner`)],
    iamRoles: [{ ...webIdentityRole('runner', only('web:runner')), ...NO_POLICIES }],
  };
  const ofTheCluster = (assessment: Assessment): readonly string[] => assessment.findings.filter(({ resource }) => resource.kind === 'Group').map(({ fingerprint, cause }) => `${fingerprint} ${cause}`);

  test.each(['iamRoles', 'eksAccessEntries', 'eksCluster', 'serviceAccounts'] as const)('where %s is not read for a run, nothing is resolved or eased', (source) => {
    const blind = { ...runner, [source]: refused('forbidden', 'may not list') };
    const lines = toldBy(runner, blind, runner);
    expect([...lines[0]!].sort()).toEqual(opened('first-look', `${ROLE}runner`, 'devs', 'runner'));
    expect(lines.slice(1).map(([line, ...more]) => [line!.split(' ', 1)[0], more])).toEqual([['lost-sight', []], ['regained-sight', []]]);
  });

  test('says the same of the cluster itself, read or not', () => {
    const blind = { ...runner, iamRoles: refused('forbidden', 'may not list'), eksAccessEntries: refused('forbidden', 'may not list') };
    expect(ofTheCluster(look(blind, 0))).toEqual(ofTheCluster(look(runner, 0)));
    expect(ofTheCluster(look(runner, 0))).toHaveLength(1);
  });
});

describe('a role of IAM of which it is not known what it may do', () => {
  const runner = (more: object, trusts: object = only('web:runner')): GivenSources => ({ eksCluster: eksCluster('API'), serviceAccounts: [iamAccount('web/runner', `${ROLE}runner`)], iamRoles: [{ ...webIdentityRole('runner', trusts), ...more }] });
  const policy = (statement: object): object => ({ RolePolicyList: [{ PolicyName: 'p', PolicyDocument: { Statement: statement } }], AttachedManagedPolicies: [] });
  const WHEN = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
  const nodes = (more: object): GivenSources => ({ eksCluster: eksCluster('API'), eksNodegroups: [{ nodegroupName: 'n', nodeRole: `${ROLE}nodes` }], iamRoles: [{ Arn: `${ROLE}nodes`, RoleName: 'nodes', ...more }] });

  test.each([
    ['one that does its work', runner(NO_POLICIES), undefined],
    ['one that writes rights under a condition', runner(policy({ Effect: 'Allow', Action: 'iam:*', Resource: '*', ...WHEN })), 'iamPolicies: what IAM role runner of account 111122223333 may do depends on conditions, or on policies that were not read'],
    ['one whose policies were not read', runner({}), 'iamPolicies: what IAM role runner of account 111122223333 may do depends on conditions, or on policies that were not read'],
    ['the same of an account that is not there', { ...runner({}), serviceAccounts: [], eksPodIdentityAssociations: [{ namespace: 'web', serviceAccount: 'runner', roleArn: `${ROLE}runner` }] }, undefined],
    ['one of another account', { ...runner(NO_POLICIES), serviceAccounts: [iamAccount('web/runner', 'arn:aws:iam::444455556666:role/r')], iamRoles: [{ Arn: 'arn:aws:iam::444455556666:role/r', RoleName: 'r' }] }, 'iamRoles: a role that a ServiceAccount has is of another account or beyond what is read (arn:aws:iam::444455556666:role/r)'],
    ['nodes that do theirs', nodes(NO_POLICIES), undefined],
    ['nodes whose policies were not read', nodes({}), 'iamPolicies: what IAM role nodes of account 111122223333 may do depends on conditions, or on policies that were not read'],
  ] as const)('%s', (_, given, reason) => {
    const [outcome] = look(given, 0).outcomes;
    expect([outcome!.outcome, outcome!.reason]).toEqual(reason === undefined ? ['pass', undefined] : ['not-evaluated', reason]);
  });
});

describe('a subject of EKS under whose name somebody of IAM signs in', () => {
  const defaults: GivenSources = { clusterRoles: [CLUSTER_ADMIN], clusterRoleBindings: [bindCluster('eks:addon-cluster-admin', 'cluster-admin', user('eks:addon-manager'))] };
  const claimed: GivenSources = { ...defaults, ...awsAuth({ mapRoles: JSON.stringify([{ rolearn: `${ROLE}dev`, username: 'eks:addon-manager' }]) }) };
  const line = (what: string): string => `${what} default-subject-claimed eks:addon-manager critical`;

  test.each(['eksCluster', 'awsAuth'] as const)('where %s is not read for a run, nothing is resolved or eased, and nothing new when it is', (source) => {
    const blind = { ...claimed, [source]: refused('forbidden', 'may not list') };
    const lines = toldOf(defaultSubjectClaimed, claimed, blind, claimed);
    expect(lines[0]).toEqual([line('opened (first-look)')]);
    expect(lines.slice(1).map(([first, ...more]) => [first!.split(' ', 1)[0], more])).toEqual([['lost-sight', []], ['regained-sight', []]]);
  });

  test('in the cluster too: what is left to see there stays as it was told', () => {
    const both: GivenSources = {
      ...claimed,
      clusterRoles: [CLUSTER_ADMIN, clusterRole('ops', rule('impersonate', '', 'users', 'eks:addon-manager'))],
      clusterRoleBindings: [bindCluster('eks:addon-cluster-admin', 'cluster-admin', user('eks:addon-manager')), bindCluster('ops', 'ops', user('alice'))],
    };
    const blind = { ...both, awsAuth: refused('forbidden', 'may not list') };
    expect(toldOf(defaultSubjectClaimed, both, blind, both).slice(1)).toEqual([
      ['lost-sight (cluster) default-subject-claimed findings=0: awsAuth: may not list'],
      ['regained-sight (cluster) default-subject-claimed findings=1'],
    ]);
  });

  test('the mapping taken out resolves it', () => {
    expect(toldOf(defaultSubjectClaimed, claimed, { ...claimed, awsAuth: [{ metadata: { namespace: 'kube-system', name: 'aws-auth' }, data: {} }] })[1]).toEqual([line('resolved (cluster)')]);
  });
});
