import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import type * as k8s from '@kubernetes/client-node';
import { assess } from '../../../lambda/assess/assess.ts';
import { CHECKS } from '../../../lambda/checks/registry.ts';
import { snapshotOf } from '../../snapshot-of.ts';

/** A Role, ClusterRole or binding, as the API server makes it. */
interface BootstrapObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> };
  readonly rules?: k8s.V1PolicyRule[] | null;
  readonly aggregationRule?: { readonly clusterRoleSelectors: readonly { readonly matchLabels: Readonly<Record<string, string>> }[] };
  readonly subjects?: readonly k8s.RbacV1Subject[];
}

interface Bootstrap {
  readonly objects: readonly BootstrapObject[];
  readonly featureGated: readonly BootstrapObject[];
}

function read(name: string): unknown {
  return JSON.parse(gunzipSync(readFileSync(join(import.meta.dirname, `../../vectors/rbac/bootstrap/${name}.json.gz`))).toString('utf8'));
}

/** What the aggregation controller makes of them: the rules of all that a role's selectors find, until nothing more flows. */
function aggregated(objects: readonly BootstrapObject[]): readonly BootstrapObject[] {
  let roles = objects;
  for (let round = 0; round < 3; round += 1) {
    const found = roles.filter(({ kind }) => kind === 'ClusterRole');
    roles = roles.map((role) => {
      const { aggregationRule } = role;
      if (!aggregationRule) return role;
      const from = aggregationRule.clusterRoleSelectors.flatMap(({ matchLabels }) => found.filter(({ metadata }) => Object.entries(matchLabels).every(([label, value]) => metadata.labels?.[label] === value)));
      return { ...role, rules: [...new Map(from.flatMap(({ rules }) => rules ?? []).map((rule) => [JSON.stringify(rule), rule])).values()] };
    });
  }
  return roles;
}

/** One object a name: what a feature gate adds goes before. */
function distinct(objects: readonly BootstrapObject[]): readonly BootstrapObject[] {
  return [...new Map(objects.map((object) => [`${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`, object])).values()];
}

const OF_RIGHTS = CHECKS.filter(({ area }) => area === 'rbac' || area === 'identity');

/** What the checks of rights say of a cluster in which there is nothing but these, their accounts and a node. */
function findingsOf(objects: readonly BootstrapObject[], version: string, more: readonly BootstrapObject[] = []): readonly string[] {
  const all = [...aggregated(objects), ...more];
  const of = (kind: string): never => all.filter((object) => object.kind === kind) as never;
  const accounts = new Map(all.flatMap(({ subjects = [] }) => subjects.filter(({ kind }) => kind === 'ServiceAccount').map(({ namespace = '', name }) => [`${namespace}/${name}`, { metadata: { namespace, name } }] as const)));
  const { findings, outcomes } = assess(
    snapshotOf({
      ...{ clusterRoles: of('ClusterRole'), clusterRoleBindings: of('ClusterRoleBinding'), roles: of('Role'), roleBindings: of('RoleBinding'), kubernetesVersion: version },
      serviceAccounts: [...accounts.values()],
      namespaces: ['default', 'kube-node-lease', 'kube-public', 'kube-system'].map((name) => ({ metadata: { name } })),
      nodes: [{ metadata: { name: 'node', labels: { 'kubernetes.io/os': 'linux' } } }],
    }),
    OF_RIGHTS,
  );
  const unanswered = outcomes.filter(({ outcome }) => outcome === 'error' || outcome === 'not-evaluated').map(({ check, outcome }) => `${check}: ${outcome}`);
  return [...findings.map(({ check, resource, key }) => `${check}: ${resource.kind} ${resource.name} ${key}`), ...unanswered];
}

describe.each(['1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36'])('what Kubernetes %s makes for itself', (version) => {
  const { objects, featureGated } = read(version) as Bootstrap;

  test('is no finding', () => {
    expect(findingsOf(objects, version)).toEqual([]);
  });

  test('with what feature gates add neither', () => {
    expect(findingsOf(distinct([...objects, ...featureGated]), version)).toEqual([]);
  });

  test('is what the checks look at: one subject more is found', () => {
    const found = findingsOf(objects, version, [{ kind: 'ClusterRoleBinding', metadata: { name: 'one-more' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:controller:clusterrole-aggregation-controller' }, subjects: [{ kind: 'User', name: 'alice' }] } as BootstrapObject]);
    expect(found).toContain('rbac-escalation: User alice rbac-escalation@cluster');
  });
});

test('roles are gathered here as the controller of a running 1.35 gathered them', () => {
  const rulesOf = (objects: readonly BootstrapObject[]): object => Object.fromEntries(['admin', 'edit', 'view'].map((name) => [name, new Set((objects.find(({ kind, metadata }) => kind === 'ClusterRole' && metadata.name === name)?.rules ?? []).map((rule) => JSON.stringify(Object.entries(rule).sort())))]));
  const live = read('1.35.aggregated') as Bootstrap | readonly BootstrapObject[];
  expect(rulesOf(aggregated((read('1.35') as Bootstrap).objects))).toEqual(rulesOf('objects' in live ? live.objects : live));
});
