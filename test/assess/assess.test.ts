import { describe, expect, test } from '@jest/globals';
import { assess } from '../../lambda/assess/assess.ts';
import { fingerprintOf, itemOf } from '../../lambda/assess/fingerprint.ts';
import { defineCheck, type Check } from '../../lambda/checks/define-check.ts';
import { refused } from '../../lambda/model/collected.ts';
import type { Violation } from '../../lambda/model/violation.ts';
import { TEST_CLUSTER, snapshotOf } from '../snapshot-of.ts';

const frame = {
  revision: 1,
  area: 'rbac',
  title: 'A service is there',
  severity: 'medium',
  rationale: 'For tests of the assessment only.',
  remediation: 'Nothing.',
  references: ['https://kubernetes.io/docs/'],
  controls: [],
  identity: { resource: 'the Service', key: 'empty' },
} as const;

const violation = (name: string, more: Partial<Violation> = {}): Violation => ({
  resource: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name },
  key: '',
  message: `shop/${name} is there`,
  cause: `Service shop/${name}`,
  evidence: {},
  ...more,
});

const everyService = (id: string, wants: boolean): Check =>
  defineCheck({
    ...frame,
    id,
    needs: ['services'],
    wants: wants ? ['ingresses'] : [],
    *evaluate({ services }) {
      for (const { metadata } of services) yield violation(metadata!.name!, { resource: { apiVersion: 'v1', kind: 'Service', namespace: metadata!.namespace!, name: metadata!.name! } });
    },
  });

const web = { metadata: { name: 'web', namespace: 'shop' } };
const forbidden = refused('forbidden', 'may not list ingresses');

describe('outcomes', () => {
  const only = (check: Check, given: Parameters<typeof snapshotOf>[0]) => assess(snapshotOf(given), [check]).outcomes;

  test('pass, when all was read and nothing found', () => {
    expect(only(everyService('a', true), {})).toEqual([{ check: 'a', revision: '1', outcome: 'pass', unread: [], findings: 0 }]);
  });

  test('fail, when something was found', () => {
    expect(only(everyService('a', true), { services: [web] })).toEqual([{ check: 'a', revision: '1', outcome: 'fail', unread: [], findings: 1 }]);
  });

  test('a refused need is not evaluated, with the reason', () => {
    const services = refused('timeout', 'the API server did not answer in 10 s');
    expect(only(everyService('a', false), { services })).toEqual([
      {
        check: 'a',
        revision: '1',
        outcome: 'not-evaluated',
        reason: 'services: the API server did not answer in 10 s',
        unread: [{ source: 'services', reason: services.reason }],
        findings: 0,
      },
    ]);
  });

  test('a refused want leaves violations standing, marked incomplete', () => {
    expect(only(everyService('a', true), { services: [web], ingresses: forbidden })).toEqual([
      { check: 'a', revision: '1', outcome: 'fail', unread: [{ source: 'ingresses', reason: forbidden.reason }], findings: 1 },
    ]);
  });

  test('a refused want is never a pass', () => {
    expect(only(everyService('a', true), { ingresses: forbidden })[0]).toMatchObject({ outcome: 'not-evaluated', reason: 'ingresses: may not list ingresses' });
  });

  test('a fact that lacks a kind of workload lets its findings stand and no pass', () => {
    const check = defineCheck({ ...frame, id: 'a', needs: ['workloads'], *evaluate() { yield* []; } });
    expect(only(check, { jobs: refused('forbidden', 'may not list jobs') })[0]).toMatchObject({ outcome: 'not-evaluated', reason: 'jobs: may not list jobs' });
    expect(only(check, {})[0]).toMatchObject({ outcome: 'pass' });
  });

  test('not applicable, with the reason', () => {
    const check = defineCheck({ ...frame, id: 'a', needs: ['services'], applies: () => 'no such thing here', *evaluate() { yield violation('never'); } });
    expect(only(check, {})[0]).toMatchObject({ outcome: 'not-applicable', reason: 'no such thing here', findings: 0 });
  });

  test('one check that throws is one error; its half-told findings are dropped, the others go on', () => {
    const broken = defineCheck({ ...frame, id: 'b', needs: ['services'], *evaluate() { yield violation('half'); throw new Error('boom'); } });
    const { outcomes, findings } = assess(snapshotOf({ services: [web] }), [broken, everyService('a', false)]);
    expect(outcomes.map(({ check, outcome, reason }) => ({ check, outcome, reason }))).toEqual([
      { check: 'a', outcome: 'fail', reason: undefined },
      { check: 'b', outcome: 'error', reason: 'b failed: boom; please report this as a defect' },
    ]);
    expect(findings.map((finding) => finding.check)).toEqual(['a']);
  });

  test('a check\'s revision holds those of its facts', () => {
    const check = defineCheck({ ...frame, id: 'a', revision: 3, needs: ['workloads'], *evaluate() { yield* []; } });
    expect(only(check, {})[0]!.revision).toMatch(/^3\+workloads\.\d+$/);
  });

  test('fields that an older capture did not keep are not evaluated', () => {
    const check = defineCheck({ ...frame, id: 'a', needs: ['services'], fields: { services: ['spec.type', 'spec.externalIPs'] }, *evaluate() { yield* []; } });
    const snapshot = snapshotOf({}, { fields: { services: ['spec.type'] } });
    expect(assess(snapshot, [check]).outcomes[0]).toMatchObject({
      outcome: 'not-evaluated',
      reason: 'services: the capture was made by a version that did not keep spec.externalIPs; make a new one',
    });
  });
});

describe('findings', () => {
  test('carry their identity, cause and sources', () => {
    const { findings } = assess(snapshotOf({ services: [web] }), [everyService('a', true)]);
    expect(findings).toEqual([
      {
        fingerprint: fingerprintOf(TEST_CLUSTER.id, 'a', violation('web')),
        item: itemOf('a', 'Service shop/web'),
        check: 'a',
        severity: 'medium',
        resource: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web' },
        key: '',
        message: 'shop/web is there',
        cause: 'Service shop/web',
        evidence: {},
        status: 'open',
        restsOn: ['ingresses', 'services'],
      },
    ]);
  });

  test('one fault told twice is one finding, the graver telling, whatever the order', () => {
    const telling = (order: readonly ('low' | 'high')[]): Check =>
      defineCheck({ ...frame, id: 'a', needs: ['services'], *evaluate() { for (const severity of order) yield violation('web', { severity, message: `said ${severity}` }); } });
    for (const order of [['low', 'high'], ['high', 'low']] as const) {
      const { findings } = assess(snapshotOf({}), [telling(order)]);
      expect(findings.map(({ severity, message }) => ({ severity, message }))).toEqual([{ severity: 'high', message: 'said high' }]);
    }
  });

  test('say nothing of namespaces that were not asked for', () => {
    const services = [web, { metadata: { name: 'web', namespace: 'other' } }];
    const { findings, outcomes } = assess(snapshotOf({ services }, { namespaces: ['shop'] }), [everyService('a', false)]);
    expect(findings.map((finding) => finding.resource.namespace)).toEqual(['shop']);
    expect(outcomes[0]!.findings).toBe(1);
  });

  test('evidence is canonical: keys sorted, long lists cut with their total, long texts cut', () => {
    const list = Array.from({ length: 25 }, (_, index) => `item-${index}`);
    const check = defineCheck({ ...frame, id: 'a', needs: ['services'], *evaluate() { yield violation('web', { evidence: { z: list, a: { y: 1, b: 'x'.repeat(2_000) } } }); } });
    const { evidence } = assess(snapshotOf({}), [check]).findings[0]!;
    expect(JSON.stringify(evidence)).toBe(
      JSON.stringify({ a: { b: `${'x'.repeat(999)}…`, y: 1 }, z: { first: list.slice(0, 20), total: 25 } }),
    );
  });

  test('an object read through another version of its API is the same object', () => {
    const at = (apiVersion: string) => fingerprintOf('c', 'a', { resource: { apiVersion, kind: 'HTTPRoute', namespace: 'n', name: 'x' }, key: '' });
    expect(at('gateway.networking.k8s.io/v1beta1')).toBe(at('gateway.networking.k8s.io/v1'));
    expect(at('other.io/v1')).not.toBe(at('gateway.networking.k8s.io/v1'));
  });

  test('parts of an identity do not run into each other', () => {
    const of = (namespace: string, name: string, key: string) => fingerprintOf('c', 'a', { resource: { apiVersion: 'v1', kind: 'K', namespace, name }, key });
    expect(new Set([of('ab', 'c', ''), of('a', 'bc', ''), of('a', 'b', 'c'), of('', 'abc', '')]).size).toBe(4);
  });
});

describe('coverage', () => {
  test('every source says read, assumed or refused', () => {
    const { coverage } = assess(snapshotOf({ services: [web], ingresses: forbidden }), []);
    const row = (source: string) => coverage.find((r) => r.source === source);
    expect(row('services')).toEqual({ source: 'services', state: 'read', objects: 1 });
    expect(row('ingresses')).toEqual({ source: 'ingresses', state: 'refused', reason: forbidden.reason });
    expect(row('eksCluster')).toEqual({ source: 'eksCluster', state: 'read', objects: 1 });
  });
});
