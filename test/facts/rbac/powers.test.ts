import { describe, expect, test } from '@jest/globals';
import { asksInNamespace } from '../../../lambda/facts/rbac/asks.ts';
import { POWERS, contains, powerDefinition, powersOf, strongest } from '../../../lambda/facts/rbac/powers.ts';
import { compareSeverity } from '../../../lambda/model/severity.ts';

describe('the order of powers', () => {
  test('is a partial order with cluster-admin above all', () => {
    for (const a of POWERS) {
      expect(contains(a, a)).toBe(true);
      expect(contains('cluster-admin', a)).toBe(true);
      for (const b of POWERS) {
        if (a !== b && contains(a, b)) expect([a, b, contains(b, a)]).toEqual([a, b, false]);
        for (const c of POWERS) if (contains(a, b) && contains(b, c)) expect([a, b, c, contains(a, c)]).toEqual([a, b, c, true]);
      }
    }
  });

  test('never hides a graver power behind a lesser one', () => {
    const holdableIn = (namespace: string) =>
      POWERS.filter((name) => powerDefinition(name).anyOf.some((needed) => asksInNamespace(needed, namespace) === needed));
    for (const strong of POWERS) {
      for (const weak of POWERS.filter((name) => contains(strong, name))) {
        expect([strong, weak, compareSeverity(powerDefinition(strong).severity[0], powerDefinition(weak).severity[0]) <= 0]).toEqual([strong, weak, true]);
        if (!holdableIn('shop').includes(weak)) continue;
        expect([strong, weak, compareSeverity(powerDefinition(strong).severity[1], powerDefinition(weak).severity[1]) <= 0]).toEqual([strong, weak, true]);
      }
    }
  });

  test('the strongest of some are among them, above the rest and not above each other', () => {
    for (const name of POWERS) {
      const held = powersOf(powerDefinition(name).anyOf[0]!, name === 'namespace-admin' ? 'namespace' : 'cluster');
      expect(held).toContain(name);
      const top = strongest(held);
      for (const weak of held) expect(top.some((strong) => contains(strong, weak))).toBe(true);
      for (const a of top) for (const b of top) expect(a === b || !contains(a, b)).toBe(true);
    }
  });

  test('full control is called by its scope', () => {
    const everything = powerDefinition('cluster-admin').anyOf[0]!;
    expect(powersOf(everything, 'cluster')).toEqual(['cluster-admin']);
    expect(powersOf(everything, 'namespace')).toEqual(['namespace-admin']);
  });
});
