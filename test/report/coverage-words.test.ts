import { describe, expect, test } from '@jest/globals';
import type { CheckOutcome } from '../../lambda/model/assessment.ts';
import type { RefusalCode } from '../../lambda/model/collected.ts';
import type { SourceName } from '../../lambda/model/sources.ts';
import { coverageWords, sourceWords } from '../../lambda/report/coverage-words.ts';
import { outcome, refusedOutcome } from './given-assessment.ts';

function unread(code: RefusalCode, message: string, ...sources: readonly SourceName[]): CheckOutcome {
  return outcome('x', 'not-evaluated', { reason: 'x', unread: sources.map((source) => ({ source, reason: { code, message } })) });
}

describe('how much was looked at, in one line', () => {
  const PASS = outcome('a', 'pass');
  const cases: readonly (readonly [name: string, outcomes: readonly CheckOutcome[], words: string])[] = [
    ['all', [PASS, outcome('b', 'fail', { findings: 2 }), outcome('c', 'not-applicable', { reason: 'no EKS' })], '3 of 3 checks assessed'],
    ['rights that are missing, each kind once', [PASS, refusedOutcome('b', 'networkPolicies', 'ingresses'), refusedOutcome('c', 'networkPolicies')], '1 of 3 checks assessed; 2 not: may not read ingresses, networkpolicies (docs/permissions.md)'],
    ['a capture without some files', [PASS, unread('not-in-capture', 'not in the capture', 'pods', 'awsAuth', 'eksCluster')], '1 of 2 checks assessed; 1 not: not in the capture: ConfigMap aws-auth, eks:DescribeCluster, pods'],
    [
      'many names are a number',
      [unread('not-in-capture', 'x', 'pods', 'roles', 'jobs', 'nodes', 'services', 'gateways', 'cronJobs')],
      '0 of 1 check assessed; 1 not: not in the capture: cronjobs, gateways, jobs, nodes, pods, 2 more',
    ],
    ['one reason for several is said once', [unread('not-configured', 'AWS was not asked', 'eksCluster', 'eksAddons')], '0 of 1 check assessed; 1 not: AWS was not asked'],
    ['an older capture', [unread('fields-not-kept', 'x', 'pods')], '0 of 1 check assessed; 1 not: an older capture did not keep what is needed of pods; make a new one'],
    ['reasons of different kinds', [refusedOutcome('b', 'pods'), unread('timeout', 'no answer in 30 s', 'roles')], '0 of 2 checks assessed; 2 not: may not read pods (docs/permissions.md); no answer in 30 s'],
    [
      'a fault that was found where not everything could be seen',
      [outcome('b', 'fail', { findings: 1, unread: [{ source: 'jobs', reason: { code: 'forbidden', message: 'x' } }] })],
      '1 of 1 check assessed; 1 found something and could not look everywhere: may not read jobs (docs/permissions.md)',
    ],
    ['a defect of ours', [PASS, outcome('b', 'error', { reason: 'b failed' })], '1 of 2 checks assessed; 1 failed (a defect of ours): b'],
    ['a reason that got lost', [outcome('b', 'not-evaluated', { reason: 'x' })], '0 of 1 check assessed; 1 not: no reason is known'],
  ];
  for (const [name, outcomes, words] of cases) {
    test(name, () => {
      expect(coverageWords({ outcomes })).toBe(words);
    });
  }

  test('sources are called as their owners call them', () => {
    expect((['pods', 'vpcCniConfig', 'eksAddons', 'kubernetesVersion', 'ec2Subnets'] as const).map(sourceWords)).toEqual(['pods', 'ConfigMap amazon-vpc-cni', 'eks:DescribeAddon', 'version', 'ec2:DescribeSubnets']);
  });
});
