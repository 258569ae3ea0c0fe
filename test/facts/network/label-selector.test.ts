import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileSelector } from '../../../lambda/facts/network/label-selector.ts';
import { indexWorkloads } from '../../../lambda/facts/network/workload-index.ts';
import type { Workload } from '../../../lambda/facts/workloads/workload.ts';

/** Few keys and values, so that selectors often match; among them names that every object inherits. */
const key = fc.constantFrom('app', 'tier', 'constructor', '__proto__');
const value = fc.constantFrom('web', 'db', '');
const labels = fc.array(fc.tuple(key, value), { maxLength: 3 }).map((pairs) => Object.fromEntries(pairs) as Record<string, string>);
const expression = fc.record({ key, operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt'), values: fc.array(value, { maxLength: 2 }) });
const selector = fc.record({ matchLabels: labels, matchExpressions: fc.array(expression, { maxLength: 3 }) }, { requiredKeys: [] });

/** By the API's documentation, one requirement at a time. */
function matches(written: { matchLabels?: Record<string, string>; matchExpressions?: { key: string; operator: string; values: string[] }[] }, given: Record<string, string>): boolean {
  const has = new Map(Object.entries(given));
  const equal = Object.entries(written.matchLabels ?? {}).every(([k, v]) => has.get(k) === v);
  return (
    equal &&
    (written.matchExpressions ?? []).every(({ key: k, operator, values }) => {
      const there = has.has(k);
      if (operator === 'In') return there && values.includes(has.get(k)!);
      if (operator === 'NotIn') return !there || !values.includes(has.get(k)!);
      if (operator === 'Exists') return there;
      return operator === 'DoesNotExist' && !there;
    })
  );
}

function workload(namespace: string, name: string, given: Record<string, string>): Workload {
  return {
    resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name },
    source: 'deployments',
    labels: given,
    annotations: {},
    spec: { containers: [] },
    serviceAccount: 'default',
  };
}

describe('label selectors', () => {
  test('match as the API documents', () => {
    fc.assert(fc.property(selector, labels, (written, given) => compileSelector(written).matches(given) === matches(written, given)), { numRuns: 500 });
  });

  test('order does not matter to their text, and equal texts select alike', () => {
    fc.assert(
      fc.property(selector, selector, labels, (a, b, given) => {
        const first = compileSelector(a);
        const reversed = { ...a, matchExpressions: [...(a.matchExpressions ?? [])].reverse().map((e) => ({ ...e, values: [...e.values].reverse() })) };
        expect(compileSelector(reversed).text).toBe(first.text);
        const second = compileSelector(b);
        if (first.text === second.text) expect(first.matches(given)).toBe(second.matches(given));
      }),
      { numRuns: 1_000 },
    );
  });

  test('absent, empty and of empty parts select everything', () => {
    for (const written of [undefined, null, {}, { matchLabels: {} }, { matchExpressions: [] }]) expect(compileSelector(written).everything).toBe(true);
    expect(compileSelector({ matchLabels: { app: '' } }).everything).toBe(false);
  });

  test('a label that every object inherits is absent until somebody sets it', () => {
    expect(compileSelector({ matchExpressions: [{ key: 'toString', operator: 'Exists' }] }).matches({})).toBe(false);
    expect(compileSelector({ matchExpressions: [{ key: 'toString', operator: 'DoesNotExist' }] }).matches({})).toBe(true);
  });
});

describe('the index of workloads', () => {
  test('gives exactly what looking at every workload would give, each once', () => {
    const workloads = fc.array(fc.tuple(fc.constantFrom('shop', 'prod', '__proto__'), labels), { maxLength: 12 }).map((list) => list.map(([ns, given], at) => workload(ns, `w${at}`, given)));
    fc.assert(
      fc.property(workloads, selector, fc.constantFrom('shop', 'prod', '__proto__', 'none'), (all, written, namespace) => {
        const compiled = compileSelector(written);
        const found = [...indexWorkloads(all).select(namespace, compiled)].map(({ resource }) => resource.name).sort();
        const expected = all.filter((each) => each.resource.namespace === namespace && compiled.matches(each.labels)).map(({ resource }) => resource.name);
        expect(found).toEqual(expected.sort());
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    [{ matchLabels: { app: 'a7' } }, 0],
    [{ matchLabels: { app: 'a7' }, matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, 1],
  ])('looks only at workloads that carry the label, and at none where that is all: %j', (written, looks) => {
    let looked = 0;
    const many = Array.from({ length: 1_000 }, (_, at) => workload('shop', `w${at}`, { app: `a${at}` }));
    const compiled = compileSelector(written);
    const { everything, text, certain, requirements } = compiled;
    const counting = { everything, text, certain, requirements, matches: (given: Record<string, string>) => (looked++, compiled.matches(given)) };
    expect([...indexWorkloads(many).select('shop', counting)].map(({ resource }) => resource.name)).toEqual(['w7']);
    expect(looked).toBe(looks);
  });
});
