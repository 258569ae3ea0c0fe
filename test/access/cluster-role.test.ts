import { expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { accessManifests } from '../../lambda/access/cluster-role.ts';
import { accessManifestYaml } from '../../lambda/access/permissions-page.ts';
import { KINDS, type KindDefinition } from '../../lambda/model/kinds.ts';

const rules = accessManifests().flatMap((manifest) => manifest.rules ?? []);

test('nothing but get and list, no wildcard, no Secret, no subresource', () => {
  for (const rule of rules) {
    expect(rule.verbs.filter((verb) => !['get', 'list'].includes(verb))).toEqual([]);
    expect([...rule.apiGroups, ...rule.resources].filter((name) => name.includes('*') || name.includes('/') || name === 'secrets')).toEqual([]);
  }
});

test('every kind that is read is granted, and nothing else is', () => {
  const granted = new Set(
    accessManifests()
      .filter((manifest) => manifest.kind === 'ClusterRole')
      .flatMap((manifest) => manifest.rules!.flatMap((rule) => rule.apiGroups.flatMap((group) => rule.resources.map((resource) => `${group}/${resource}`)))),
  );
  const listed = Object.values<KindDefinition>(KINDS).filter((kind) => !kind.only);
  expect([...granted].sort()).toEqual([...new Set(listed.map((kind) => `${kind.group}/${kind.plural}`))].sort());
});

test('ConfigMaps are read one by one, by name, in kube-system alone', () => {
  expect(accessManifests().filter((manifest) => manifest.kind === 'Role')).toEqual([
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'eksaminer', namespace: 'kube-system' },
      rules: [{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['amazon-vpc-cni', 'aws-auth', 'cilium-config'], verbs: ['get'] }],
    },
  ]);
});

test('the YAML is the manifests', () => {
  expect(parseAllDocuments(accessManifestYaml()).map((document) => document.toJS() as unknown)).toEqual(JSON.parse(JSON.stringify(accessManifests())));
});
