import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { V1NetworkPolicy } from '@kubernetes/client-node';
import { parseBlock } from '../../../lambda/facts/cidr/address-block.ts';
import { difference, intersection, isEmpty, setOfCidrs, type AddressSet } from '../../../lambda/facts/cidr/address-set.ts';
import { leakingExceptions } from '../../../lambda/facts/network/leaking-exceptions.ts';
import { PolicyReader } from '../../../lambda/facts/network/policy-reader.ts';

interface GivenBlock {
  readonly cidr: string;
  readonly except?: readonly string[];
}
interface GivenPolicy {
  /** Pods of this label; `*`: all. */
  readonly app: string;
  /** Each a rule; without blocks one for everybody. */
  readonly rules: readonly (readonly GivenBlock[])[];
}

const CIDRS = ['0.0.0.0/0', '0.0.0.0/1', '10.0.0.0/8', '10.0.0.0/9', '10.128.0.0/9', '10.1.0.0/16', '10.2.0.0/16', '10.1.2.0/24', '10.1.2.3/32', '::/0', 'fd00::/8', 'fd00:1::/32', 'no block'];
const cidr = fc.constantFrom(...CIDRS);
const block = fc.record({ cidr, except: fc.array(cidr, { maxLength: 2 }) }, { requiredKeys: ['cidr'] });
const policy: fc.Arbitrary<GivenPolicy> = fc.record({ app: fc.constantFrom('*', 'web', 'db'), rules: fc.array(fc.array(block, { maxLength: 2 }), { maxLength: 2 }) });

function read(given: readonly GivenPolicy[]) {
  const reader = new PolicyReader();
  return given.map(({ app, rules }, at) => {
    const spec = {
      podSelector: app === '*' ? {} : { matchLabels: { app } },
      policyTypes: ['Egress'],
      egress: rules.map((blocks) => (blocks.length === 0 ? {} : { to: blocks.map((ipBlock) => ({ ipBlock })) })),
    };
    return reader.read('networkPolicies', 'networking.k8s.io/v1', 'NetworkPolicy', { metadata: { namespace: 'shop', name: `p${at}` }, spec } as unknown as V1NetworkPolicy);
  });
}

const written = ({ cidr: text }: GivenBlock): AddressSet => setOfCidrs([text]).set;
const meant = (each: GivenBlock): AddressSet => difference(written(each), setOfCidrs(each.except ?? []).set);

/** Whom each policy cuts, by asking every block of every policy about every exception. */
function cutByAll(given: readonly GivenPolicy[]): Record<string, readonly string[]> {
  const found: Record<string, readonly string[]> = {};
  for (const [at, { app, rules }] of given.entries()) {
    const cut = new Set<number>();
    for (const each of rules.flat()) {
      const exceptions = difference(written(each), meant(each));
      for (const family of ['IPv4', 'IPv6'] as const) {
        for (const { first, last } of exceptions[family]) {
          const exception: AddressSet = { IPv4: [], IPv6: [], [family]: [{ first, last }] };
          const isIt = (other: GivenBlock): boolean => isEqual(written(other), exception) && isEmpty(setOfCidrs(other.except ?? []).set);
          const allowed = (where: string): boolean => given.some((other) => other.app === where && other.rules.flat().some(isIt));
          if (allowed('*') || allowed(app)) continue;
          for (const [place, other] of given.entries()) {
            if (app === '*' ? allowed(other.app) : other.app !== app && other.app !== '*') continue;
            if (other.rules.some((rule) => rule.length === 0 || rule.some((one) => isWider(one, exception)))) cut.add(place);
          }
        }
      }
    }
    if (cut.size > 0) found[`p${at}`] = [...cut].sort((a, b) => a - b).map((place) => `p${place}`);
  }
  return found;
}

function isWider(other: GivenBlock, exception: AddressSet): boolean {
  const block = parseBlock(other.cidr);
  return block !== undefined && isEmpty(difference(exception, written(other))) && !isEqual(exception, written(other)) && !isEmpty(intersection(meant(other), exception));
}

function isEqual(a: AddressSet, b: AddressSet): boolean {
  return isEmpty(difference(a, b)) && isEmpty(difference(b, a));
}

test('each policy cuts those that asking every block about every exception finds', () => {
  fc.assert(
    fc.property(fc.array(policy, { maxLength: 6 }), (given) => {
      const found = Object.fromEntries(leakingExceptions(read(given)).map((leak) => [leak.policy.resource.name, leak.cut.map(({ resource }) => resource.name)]));
      expect(found).toEqual(cutByAll(given));
    }),
    { numRuns: 500 },
  );
});

test('of many policies that cut each other twenty are named, and that there are more', () => {
  const given = (count: number): GivenPolicy[] => Array.from({ length: count }, () => ({ app: 'web', rules: [[{ cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] }], []] }));
  const [first] = leakingExceptions(read(given(20)));
  expect([first!.cut.length, first!.more]).toEqual([20, false]);
  const leaks = leakingExceptions(read(given(300)));
  expect(leaks.map(({ more }) => more)).toEqual(Array.from({ length: 300 }, () => true));
  expect(leaks[0]!.cut.map(({ resource }) => resource.name)).toEqual(Array.from({ length: 20 }, (_, at) => `p${at}`));
});
