import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { DiscoverResult } from '../../lambda/contract.ts';
import { announcedKeys } from '../../lambda/storage/layout.ts';
import { BUCKET, Functions, HUB, MEMBER } from './run-of-functions.ts';

// Processes of their own, on a machine that may have other work.
jest.setTimeout(120_000);

const EXECUTION = 'arn:aws:states:eu-west-1:111122223333:execution:Runs:';

let functions: Functions;
let first: string;

beforeAll(async () => {
  functions = await Functions.start();
  first = await functions.run(`${EXECUTION}one`, '2026-01-01T06:00:00.000Z');
});
afterAll(() => functions[Symbol.asyncDispose]());

describe('the bundled functions, each in a clean process, one run after the other', () => {
  test('write the targets as the map reads them', () => {
    expect(functions.targets(first)).toEqual([
      { via: 'eks', label: 'shop', arn: `arn:aws:eks:eu-west-1:${HUB}:cluster/shop`, account: HUB, region: 'eu-west-1', name: 'shop', cluster: `arn:aws:eks:eu-west-1:${HUB}:cluster/shop` },
      { via: 'eks', label: 'ledger', arn: `arn:aws:eks:eu-west-1:${MEMBER}:cluster/ledger`, account: MEMBER, region: 'eu-west-1', name: 'ledger', role: { arn: `arn:aws:iam::${MEMBER}:role/eksaminer-member`, externalId: 'x-1' }, cluster: `arn:aws:eks:eu-west-1:${MEMBER}:cluster/ledger` },
    ]);
  });

  test('seal the run and tell the baseline, once', () => {
    expect(functions.keys().filter((key) => key.startsWith('seals/'))).toContain('seals/000000000001.json');
    expect(functions.keys().filter((key) => key.startsWith('state/'))).toHaveLength(2);
    expect(functions.sns.published.slice(0, 1).map((form) => form.get('TopicArn'))).toEqual([`arn:aws:sns:eu-west-1:${HUB}:platform`]);
  });

  test('a second run tells exactly the change', async () => {
    const before = functions.sns.published.length;
    const shop = functions.aws.accounts[HUB]!.regions['eu-west-1']!.clusters![0]!;
    (shop.describes!['resourcesVpcConfig'] as { publicAccessCidrs: readonly string[] }).publicAccessCidrs = ['192.0.2.0/24'];
    await functions.run(`${EXECUTION}two`, '2026-01-02T06:00:00.000Z');
    const [message, ...others] = functions.sns.published.slice(before);
    expect(others).toEqual([]);
    expect(message!.get('Subject')).toBe('Eksaminer: 1 medium opened, 1 resolved');
  });

  test('a repeated discover, reconcile and notify of a run change nothing', async () => {
    const keys = functions.keys();
    const sent = functions.sns.published.length;
    const repeated = (await functions.discover(`${EXECUTION}two`, '2026-01-02T06:00:00.000Z')).answer as DiscoverResult;
    await functions.reconcile(repeated.run);
    await functions.notify(repeated.run);
    expect(functions.keys()).toEqual(keys);
    expect(functions.sns.published).toHaveLength(sent);
  });

  test('count what the alarms wait for, with the name of the stack', async () => {
    const run = await functions.run(`${EXECUTION}three`, '2026-01-03T06:00:00.000Z');
    const { said } = await functions.reconcile(run);
    const counted = said.filter((line) => '_aws' in line);
    expect(counted).toHaveLength(1);
    expect(counted[0]).toMatchObject({ service: 'Eksaminer', RunsSealed: 1, ClustersAudited: 2, ClustersNotAudited: 0 });
  });

  test('a route that nobody confirmed is counted under its name', async () => {
    functions.sns.unconfirmed.add(`arn:aws:sns:eu-west-1:${HUB}:platform`);
    const { answer } = await functions.discover(`${EXECUTION}four`, '2026-01-04T06:00:00.000Z');
    const { run } = answer as DiscoverResult;
    await functions.reconcile(run);
    const { said } = await functions.notify(run);
    functions.sns.unconfirmed.clear();
    expect(said.filter((line) => '_aws' in line)).toEqual([expect.objectContaining({ service: 'Eksaminer', route: 'platform', RouteUnconfirmed: 1 })]);
  });

  test('a route that is taken is no success: whoever took it may be dead', async () => {
    const { answer } = await functions.discover(`${EXECUTION}six`, '2026-01-06T06:00:00.000Z');
    const { run } = answer as DiscoverResult;
    await functions.reconcile(run);
    const told = functions.keys().filter((key) => /^announced\/platform\/\d/.test(key)).map((key) => (JSON.parse(functions.text(key)) as { readonly to: number }).to);
    const from = Math.max(...told) + 1;
    const claim = { schemaVersion: 1, from, to: from, status: 'claimed', by: 'another', at: '2026-01-06T06:30:00.000Z', expires: '9999-01-01T00:00:00.000Z' };
    await functions.put(announcedKeys.marker('platform', from), JSON.stringify(claim));
    await expect(functions.notify(run)).rejects.toThrow('[RouteBusyError]: somebody else tells platform, or died over it');
  });

  test('an audit that sees nothing writes why, and answers as every other', async () => {
    const target = { via: 'eks' as const, label: 'gone', arn: `arn:aws:eks:eu-west-1:${HUB}:cluster/gone`, account: HUB, region: 'eu-west-1', name: 'gone' };
    const { answer } = await functions.audit(first, target);
    expect(answer).toEqual({});
    const missed = functions.keys().filter((key) => key.startsWith(`runs/${first}/missed/`));
    expect(missed.map((key) => JSON.parse(functions.text(key)) as unknown)).toEqual([
      { label: 'gone', cluster: target.arn, reason: `EKS knows no cluster "gone" in eu-west-1 of account ${HUB}: it was deleted` },
    ]);
  });

  test('an input that makes no sense ends the run with words', async () => {
    await expect(functions.discover(`${EXECUTION}five`, '2026-01-05T06:00:00.000Z', { clusters: ['shop'] })).rejects.toThrow('"clusters" must hold ARNs of EKS clusters, not "shop"');
  });

  test('no credential and no token stands in anything that was written or said', () => {
    const everything = functions.keys().map((key) => functions.text(key)).join('\n');
    expect(everything).not.toMatch(/k8s-aws-v1\.|X-Amz-Signature|AWS4-HMAC/);
    expect([...functions.s3.buckets.keys()]).toEqual([BUCKET]);
  });
});
