import { describe, expect, test } from '@jest/globals';
import { controlWords } from '../../lambda/report/control-words.ts';
import { evidenceLines } from '../../lambda/report/evidence-words.ts';
import { placesWords } from '../../lambda/notify/place-words.ts';
import { resourceWithKind, resourceWords } from '../../lambda/model/resource-words.ts';
import { cluster, finding } from '../notify/given.ts';

test('controls by framework', () => {
  expect(controlWords(['cis-eks-1.8.0/4.1.1', 'attack/T1078', 'cis-eks-1.8.0/4.1.3', 'house-rules/7', 'bare'])).toBe('CIS EKS 1.8.0: 4.1.1, 4.1.3 · ATT&CK: T1078 · house-rules: 7 · bare');
});

test('evidence as lines', () => {
  expect(
    evidenceLines({
      publicAccessCidrs: ['0.0.0.0/1', '128.0.0.0/1'],
      paths: { first: ['/a', '/b'], total: 37 },
      rules: [{ verbs: ['get'], resources: ['secrets'] }],
      selector: { app: 'web' },
      enabled: false,
      sure: true,
      none: [],
      nothing: null,
      empty: '',
      port: 8080,
      first: { first: 1, total: 2 },
    }),
  ).toEqual([
    { name: 'public access cidrs', value: '0.0.0.0/1, 128.0.0.0/1' },
    { name: 'paths', value: '/a, /b and 35 more' },
    { name: 'rules', value: '(verbs (get), resources (secrets))' },
    { name: 'selector', value: 'app web' },
    { name: 'enabled', value: 'no' },
    { name: 'sure', value: 'yes' },
    { name: 'none', value: 'none' },
    { name: 'nothing', value: 'none' },
    { name: 'empty', value: '""' },
    { name: 'port', value: '8080' },
    { name: 'first', value: 'first 1, total 2' },
  ]);
});

describe('places', () => {
  const EU = cluster('prod-eu');
  const US = cluster('prod-us');
  const at = (where: typeof EU, place: string) => {
    const { resource, fingerprint, severity, message, since } = finding('c', place);
    return { cluster: where, resource, fingerprint, severity, message, since };
  };

  test('by cluster, the first few named, the rest a number', () => {
    expect(placesWords([at(EU, 'a/x'), at(EU, 'b/x'), at(US, 'a/x'), at(US, 'b/x'), at(US, 'node')])).toBe('prod-eu a/x, b/x; prod-us a/x and 2 more');
    expect(placesWords([at(EU, 'a/x'), at(US, 'node')], Infinity)).toBe('prod-eu a/x; prod-us node');
  });

  test('a resource with several faults is one place', () => {
    expect(placesWords([at(EU, 'a/x'), at(EU, 'a/x')])).toBe('prod-eu a/x');
  });

  test('two clusters of one name are two places', () => {
    expect(placesWords([at(EU, 'a/x'), at({ ...EU, id: 'other' }, 'a/x')])).toBe('prod-eu a/x, a/x');
  });

  test('what is about the cluster itself names it alone', () => {
    const { resource, ...place } = at(EU, 'x');
    expect(placesWords([{ ...place, resource: { ...resource, kind: 'Cluster' } }])).toBe('prod-eu');
    expect(resourceWords({ apiVersion: 'v1', kind: 'Node', name: 'n' })).toBe('n');
    expect(resourceWithKind({ apiVersion: 'v1', kind: 'Pod', namespace: 'a', name: 'b' })).toBe('Pod a/b');
  });
});
