import { describe, expect, test } from '@jest/globals';
import { sarifLog } from '../../../lambda/report/sarif/sarif-log.ts';
import { assessed, assessmentOf, outcome, refusedOutcome } from '../given-assessment.ts';

const CHECKS = [
  {
    id: 'admin-binding',
    title: 'An ordinary account is cluster-admin',
    severity: 'critical',
    area: 'rbac',
    rationale: 'Whoever holds it owns the cluster.',
    remediation: 'Bind less.',
    references: ['https://example.com/rbac'],
    controls: ['cis-eks-1.8.0/4.1.1'],
  },
  { id: 'idle-policy', title: 'Policies that select no pod', severity: 'low', area: 'network', rationale: 'It protects nothing.', remediation: 'Delete it.', references: [], controls: [] },
] as const;

interface Log {
  readonly version: string;
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly Record<string, unknown>[] } };
      readonly invocations: readonly [{ readonly executionSuccessful: boolean; readonly toolExecutionNotifications: readonly unknown[] }];
      readonly results: readonly Record<string, unknown>[];
    },
  ];
}

function logOf(assessments: Parameters<typeof sarifLog>[0]['assessments'], missed: Parameters<typeof sarifLog>[0]['missed'] = []): Log {
  return JSON.parse(sarifLog({ version: '0.1.0', checks: CHECKS, assessments, missed })) as Log;
}

describe('SARIF', () => {
  test('an open finding is a result with a fingerprint that stays; an excepted one is none', () => {
    const open = assessed('admin-binding', 'ci/run ner', { severity: 'critical', message: 'ci/runner may do everything' });
    const { runs } = logOf([assessmentOf('prod-eu', { findings: [open, assessed('admin-binding', 'a/b', { status: 'excepted' })] })]);
    expect(runs[0].results).toEqual([
      {
        ruleId: 'admin-binding',
        ruleIndex: 0,
        level: 'error',
        message: { text: 'ci/runner may do everything.' },
        locations: [
          {
            physicalLocation: { artifactLocation: { uri: 'prod-eu/ci/ServiceAccount/run%20ner' }, region: { startLine: 1 } },
            logicalLocations: [{ name: 'run ner', kind: 'resource', fullyQualifiedName: 'prod-eu: ServiceAccount ci/run ner' }],
          },
        ],
        partialFingerprints: { 'eksaminer/v1': open.fingerprint },
        properties: { severity: 'critical', 'security-severity': '9.5', item: open.item, cluster: 'arn:aws:eks:eu-west-1:111122223333:cluster/prod-eu', key: 'fault', evidence: {} },
      },
    ]);
  });

  test('levels follow severities', () => {
    const findings = (['critical', 'high', 'medium', 'low', 'info'] as const).map((severity) => assessed('admin-binding', `a/${severity}`, { severity }));
    expect(logOf([assessmentOf('x', { findings })]).runs[0].results.map(({ level }) => level)).toEqual(['error', 'error', 'warning', 'note', 'note']);
  });

  test('every check is a rule', () => {
    expect(logOf([]).runs[0].tool.driver.rules).toEqual([
      {
        id: 'admin-binding',
        shortDescription: { text: 'An ordinary account is cluster-admin.' },
        fullDescription: { text: 'Whoever holds it owns the cluster.' },
        help: { text: 'Whoever holds it owns the cluster.\n\nBind less.\n\nhttps://example.com/rbac' },
        helpUri: 'https://example.com/rbac',
        defaultConfiguration: { level: 'error' },
        properties: { tags: ['security', 'rbac', 'cis-eks-1.8.0/4.1.1'], 'security-severity': '9.5' },
      },
      {
        id: 'idle-policy',
        shortDescription: { text: 'Policies that select no pod.' },
        fullDescription: { text: 'It protects nothing.' },
        help: { text: 'It protects nothing.\n\nDelete it.\n\n' },
        defaultConfiguration: { level: 'note' },
        properties: { tags: ['security', 'network'], 'security-severity': '3.0' },
      },
    ]);
  });

  test('what could not be told is a notification, never a silence', () => {
    const { runs } = logOf(
      [
        assessmentOf('prod-eu', {
          outcomes: [
            outcome('admin-binding', 'fail', { unread: [{ source: 'eksAccessEntries', reason: { code: 'not-configured', message: 'AWS was not asked' } }] }),
            refusedOutcome('idle-policy', 'networkPolicies'),
            outcome('other', 'error', { reason: 'other failed: oops' }),
            outcome('fine', 'pass'),
          ],
          problems: ['pods.json: cut off'],
        }),
      ],
      [{ label: 'prod-us', reason: 'no answer' }],
    );
    expect(runs[0].invocations).toEqual([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          { level: 'error', message: { text: 'prod-us was not audited: no answer' } },
          { level: 'warning', message: { text: 'prod-eu: pods.json: cut off' } },
          { level: 'warning', message: { text: 'prod-eu: admin-binding could not look everywhere: eksAccessEntries: AWS was not asked' }, associatedRule: { id: 'admin-binding', index: 0 } },
          { level: 'warning', message: { text: 'prod-eu: idle-policy was not evaluated: networkPolicies: may not list networkPolicies' }, associatedRule: { id: 'idle-policy', index: 1 } },
          { level: 'error', message: { text: 'prod-eu: other failed: oops' } },
        ],
      },
    ]);
    expect(logOf([assessmentOf('prod-eu')]).runs[0].invocations[0].executionSuccessful).toBe(true);
  });

  test('names that no address can hold break nothing', () => {
    const finding = assessed('admin-binding', 'x', { resource: { apiVersion: 'v1', kind: 'User', name: 'a\ud800/../b' } });
    const { runs } = logOf([assessmentOf('x', { findings: [finding] })]);
    expect(runs[0].results[0]!['locations']).toMatchObject([{ physicalLocation: { artifactLocation: { uri: 'x/User/a%EF%BF%BD%2F..%2Fb' } } }]);
  });
});
