import { describe, expect, test } from '@jest/globals';
import { gate, type GateInput } from '../../bin/audit/gate.ts';
import { parseFailOn } from '../../bin/audit/fail-on.ts';
import { byId, change, cluster, finding, state } from '../notify/given.ts';
import type { CheckOutcome } from '../../lambda/model/assessment.ts';
import { assessmentOf, outcome, refusedOutcome } from '../report/given-assessment.ts';

const EU = cluster('prod-eu');
const CHECKS = [
  { id: 'admin-binding', severity: 'critical' },
  { id: 'idle-policy', severity: 'low' },
  { id: 'host-path', severity: 'medium', worstSeverity: 'critical' },
] as const;

function judged(rules: readonly string[], more: Partial<GateInput> = {}) {
  return gate({
    failOn: parseFailOn(rules),
    allowed: new Set(),
    checks: CHECKS,
    assessments: [assessmentOf('prod-eu')],
    missed: [],
    changes: [],
    states: [state(EU)],
    before: byId([state(EU)]),
    superseded: [],
    again: 'eksaminer audit --from prod-eu',
    ...more,
  });
}

describe('without --fail-on', () => {
  test('findings alone are no failure, and neither are checks that were not evaluated', () => {
    const findings = [finding('admin-binding', 'a/a', { severity: 'critical' })];
    const assessments = [assessmentOf('prod-eu', { outcomes: [refusedOutcome('admin-binding', 'pods'), outcome('idle-policy', 'error', { reason: 'x' })] })];
    expect(judged([], { states: [state(EU, findings)], changes: [change('opened', EU, findings[0]!)], assessments })).toEqual({ code: 0, reasons: [] });
  });

  test('a target that was not audited is 2', () => {
    expect(judged([], { missed: [{ label: 'prod-us', reason: 'no answer' }] })).toEqual({ code: 2, reasons: ['could not tell: prod-us was not audited: no answer'] });
  });
});

describe('any:', () => {
  const open = [finding('admin-binding', 'a/a', { severity: 'high' }), finding('admin-binding', 'a/b', { severity: 'medium' }), finding('admin-binding', 'a/c', { severity: 'critical', status: 'excepted' })];
  const states = [state(EU, open)];

  test('counts everything open at or above the threshold, old findings too', () => {
    expect(judged(['any:high'], { states })).toEqual({ code: 1, reasons: ['any:high is reached: 1 finding open (1 high)'] });
    expect(judged(['any:medium'], { states })).toEqual({ code: 1, reasons: ['any:medium is reached: 2 findings open (1 high, 1 medium)'] });
    expect(judged(['any:critical'], { states })).toEqual({ code: 0, reasons: [] });
  });

  test('needs no earlier run', () => {
    expect(judged(['any:critical'], { states, before: new Map() }).code).toBe(0);
  });
});

describe('new:', () => {
  test('counts what opened, reopened or worsened in this run, and nothing else', () => {
    const changes = [
      change('opened', EU, finding('admin-binding', 'a/a', { severity: 'high' })),
      change('reopened', EU, finding('admin-binding', 'a/b', { severity: 'critical' })),
      change('worsened', EU, finding('admin-binding', 'a/c', { severity: 'high' }), { was: 'low' }),
      change('eased', EU, finding('admin-binding', 'a/d', { severity: 'high' }), { was: 'critical' }),
      change('resolved', EU, finding('admin-binding', 'a/e', { severity: 'critical' })),
      change('updated', EU, finding('admin-binding', 'a/f', { severity: 'critical' })),
      change('opened', EU, finding('admin-binding', 'a/g', { severity: 'medium' })),
    ];
    expect(judged(['new:high'], { changes })).toEqual({ code: 1, reasons: ['new:high is reached: 3 findings opened, reopened or worsened (1 critical, 2 high)'] });
    expect(judged(['new:high'], { changes: changes.slice(3) }).code).toBe(0);
  });

  test('old findings are none of its business', () => {
    expect(judged(['new:low'], { states: [state(EU, [finding('admin-binding', 'a/a', { severity: 'critical' })])] })).toEqual({ code: 0, reasons: [] });
  });

  test('a cluster without an earlier run is 2, with the way to make one', () => {
    expect(judged(['new:high'], { before: new Map() })).toEqual({
      code: 2,
      reasons: ['could not tell what is new in prod-eu: the record had no earlier run of it. This run is the first; from the next one on it can be told: eksaminer audit --from prod-eu'],
    });
  });

  test('a look that is not newer than the record was compared with nothing: 2', () => {
    const { code, reasons } = judged(['new:high'], { superseded: [EU.id] });
    expect(code).toBe(2);
    expect(reasons).toEqual(['could not tell what is new in prod-eu: this look (2026-11-21T06:00:00.000Z) is not newer than the one in the record (2026-11-20T06:00:00.000Z), so nothing was compared']);
  });

  test('what a check finds at its first look may be old or new: 2, unless that check is allowed', () => {
    const changes = [change('opened', EU, finding('admin-binding', 'a/a', { severity: 'high' }), { origin: 'first-look' })];
    expect(judged(['new:high'], { changes })).toEqual({
      code: 2,
      reasons: ['could not tell what is new of admin-binding: it looked for the first time (1 finding at or above high); the next run can tell'],
    });
    expect(judged(['new:critical'], { changes }).code).toBe(0);
    expect(judged(['new:high'], { changes, allowed: new Set(['admin-binding']) }).code).toBe(0);
  });
});

describe('what could not be looked at', () => {
  const assessments = [
    assessmentOf('prod-eu', {
      outcomes: [refusedOutcome('admin-binding', 'clusterRoleBindings'), refusedOutcome('host-path', 'pods'), refusedOutcome('idle-policy', 'networkPolicies')],
    }),
  ];

  test('a check that could reach the threshold makes it 2, by the worst it can give', () => {
    expect(judged(['any:high'], { assessments })).toEqual({
      code: 2,
      reasons: [
        'could not tell: admin-binding (up to critical) was not wholly evaluated on prod-eu: clusterRoleBindings: may not list clusterRoleBindings. To do without it: --allow-unevaluated admin-binding',
        'could not tell: host-path (up to critical) was not wholly evaluated on prod-eu: pods: may not list pods. To do without it: --allow-unevaluated host-path',
      ],
    });
    expect(judged(['any:low'], { assessments }).reasons).toHaveLength(3);
    const asked = { ...refusedOutcome('host-path', 'pods'), reason: 'pods: pods.json: cut off?' };
    expect(judged(['any:low'], { assessments: [assessmentOf('prod-eu', { outcomes: [asked] })] }).reasons).toEqual([expect.stringContaining('cut off? To do without it: ')]);
  });

  test('unless it is allowed by name', () => {
    expect(judged(['any:high'], { assessments, allowed: new Set(['admin-binding', 'host-path']) })).toEqual({ code: 0, reasons: [] });
    expect(judged(['any:high'], { assessments, allowed: new Set(['admin-binding']) }).code).toBe(2);
  });

  test('an error, and a failure that could not look everywhere, count the same; a pass and what does not apply do not', () => {
    const of = (...outcomes: CheckOutcome[]) => judged(['any:high'], { assessments: [assessmentOf('prod-eu', { outcomes })] }).code;
    expect(of(outcome('admin-binding', 'error', { reason: 'oops' }))).toBe(2);
    expect(of(outcome('admin-binding', 'fail', { findings: 1, unread: [{ source: 'pods', reason: { code: 'forbidden', message: 'may not' } }] }))).toBe(2);
    expect(of(outcome('admin-binding', 'fail', { findings: 1 }))).toBe(0);
    expect(of(outcome('admin-binding', 'pass'))).toBe(0);
    expect(of(outcome('admin-binding', 'not-applicable', { reason: 'no EKS' }))).toBe(0);
  });

  test('outweighs what was found, and both are said', () => {
    const states = [state(EU, [finding('host-path', 'a/a', { severity: 'critical' })])];
    const { code, reasons } = judged(['any:critical'], { states, missed: [{ label: 'prod-us', reason: 'no answer' }] });
    expect(code).toBe(2);
    expect(reasons).toEqual(['any:critical is reached: 1 finding open (1 critical)', 'could not tell: prod-us was not audited: no answer']);
  });
});

describe('--fail-on', () => {
  test('is new: or any: and a severity', () => {
    expect(parseFailOn(['new:high', ' any:info '])).toEqual([
      { what: 'new', threshold: 'high' },
      { what: 'any', threshold: 'info' },
    ]);
    for (const wrong of ['high', 'new', 'new:', 'new:hihg', 'old:high', 'any:high:low', '']) {
      expect(() => parseFailOn([wrong])).toThrow(`--fail-on ${JSON.stringify(wrong)}: it is new: or any: and one of critical, high, medium, low, info, for example new:high`);
    }
  });
});
