import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { auditDocument, type AuditRun } from '../../../lambda/report/json/audit-document.ts';
import { change, cluster, finding, sight } from '../../notify/given.ts';
import { assessed, assessmentOf, outcome, refusedOutcome } from '../given-assessment.ts';

const addFormats = addFormatsModule as unknown as (ajv: Ajv2020) => void;
const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true, allowUnionTypes: true });
addFormats(ajv);
const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../../docs/schema/audit-1.json'), 'utf8')) as object;
const valid = ajv.compile(schema);

const EVIL = '__proto__\u001b[31m\u202e\ud800';
const FULL: AuditRun = {
  run: { id: '01JCYZ0000000000000000000A', seq: 7, startedAt: '2026-11-21T06:00:00.000Z', version: '0.1.0' },
  assessments: [
    assessmentOf('prod-eu', {
      outcomes: [outcome('a', 'fail', { findings: 2 }), refusedOutcome('b', 'networkPolicies'), outcome('c', 'error', { reason: 'c failed' })],
      findings: [
        assessed('a', 'shop/web', { evidence: JSON.parse('{"__proto__": {"deep": [1, null]}}') as never }),
        assessed('a', 'node-1', { status: 'excepted', message: EVIL, resource: { apiVersion: 'v1', kind: 'Node', name: EVIL } }),
      ],
      coverage: [
        { source: 'pods', state: 'read', objects: 3 },
        { source: 'networkPolicies', state: 'refused', reason: { code: 'forbidden', message: 'may not list networkpolicies' } },
        { source: 'gateways', state: 'assumed', reason: { code: 'not-in-capture', message: 'no such CRD' }, objects: 0 },
      ],
      problems: ['pods.json: the file ends inside an object'],
    }),
    assessmentOf('prod-us', { namespaces: ['shop'] }),
  ],
  missed: [{ label: 'prod-ap', reason: 'no answer' }],
  changes: [
    change('worsened', cluster('prod-eu'), finding('a', 'shop/web', { changedBy: { manager: 'helm', time: '2026-11-20T17:42:00Z' } }), { was: 'low' }),
    sight('lost-sight', cluster('prod-eu'), { checks: ['b'], reason: 'may not list networkpolicies', findings: 1 }),
    sight('lost-sight', cluster('prod-ap'), { reason: 'no answer', findings: 4 }),
  ],
  gate: { code: 2, reasons: ['could not tell'] },
};

interface Document {
  readonly clusters: readonly { readonly cluster: string; readonly findings: readonly Record<string, unknown>[] }[];
  readonly changes: readonly Record<string, unknown>[];
}

describe('the audit document', () => {
  const text = auditDocument(FULL);
  const document = JSON.parse(text) as Document;

  test('follows its schema, full and empty', () => {
    expect(valid(document) ? [] : valid.errors).toEqual([]);
    const empty = JSON.parse(auditDocument({ run: FULL.run, assessments: [], missed: [], changes: [] })) as unknown;
    expect(valid(empty) ? [] : valid.errors).toEqual([]);
  });

  test('the schema refuses what it should', () => {
    const broken = [
      { ...document, schemaVersion: 2 },
      { ...document, clusters: [{ ...document.clusters[0], outcomes: [{ check: 'a', revision: '1', outcome: 'not-evaluated', findings: 0, unread: [] }] }] },
      { ...document, clusters: [{ ...document.clusters[0], findings: [{ ...document.clusters[0]!.findings[0], severity: 'grave' }] }] },
      { ...document, changes: [{ ...document.changes[0], finding: undefined }] },
    ].map((value) => JSON.parse(JSON.stringify(value)) as unknown);
    expect(broken.map((value) => valid(value))).toEqual([false, false, false, false]);
  });

  test('says where and what by name, cluster-scoped resources with no namespace', () => {
    expect(document.clusters.map((entry) => entry.cluster)).toEqual([cluster('prod-eu').id, cluster('prod-us').id]);
    expect(document.clusters[0]!.findings[0]).toMatchObject({ check: 'a', cluster: cluster('prod-eu').id, resource: { apiVersion: 'v1', kind: 'ServiceAccount', namespace: 'shop', name: 'web' }, status: 'open' });
    expect(document.clusters[0]!.findings[1]!['resource']).toEqual({ apiVersion: 'v1', kind: 'Node', namespace: null, name: EVIL });
  });

  test('is plain ASCII whatever a cluster calls its things, and loses nothing of it', () => {
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    expect(document.clusters[0]!.findings[1]!['message']).toBe(EVIL);
  });
});
