import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { Change } from '../../lambda/model/change.ts';
import type { ClusterIdentity } from '../../lambda/model/cluster-target.ts';
import { routeMessage } from '../../lambda/notify/route-message.ts';
import { MESSAGE_CAP, sizeOf, type SnsMessage } from '../../lambda/notify/sns-message.ts';
import { CHAT, LOW, bodiesOf, documentOf } from './announcing.ts';
import { EU, US, bulletin, member } from './bulletins.ts';
import { change, finding, sight } from './given.ts';

const ajv = new Ajv2020({ allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(new URL('../../docs/schema/digest-1.json', import.meta.url), 'utf8')) as object);

function assertValid(message: SnsMessage): void {
  for (const protocol of ['sqs', 'lambda', 'https', 'firehose']) {
    validate(JSON.parse(bodiesOf(message)[protocol]!));
    expect(validate.errors ?? []).toEqual([]);
  }
}

const flood = (count: number, name: (index: number) => string = (index) => `shop/${index}`): Change[] =>
  Array.from({ length: count }, (_, index) => change('opened', EU, finding('admin-binding', name(index), { cause: `cause ${index}`, key: String(index), fingerprint: String(index).padStart(32, '0') })));

describe('a message', () => {
  const changes = [change('opened', EU, finding('public-endpoint', 'a/a', { severity: 'critical' })), change('worsened', US, finding('idle-policy', 'b/b'), { was: 'low' }), change('resolved', member('x', '444455556666'), finding('idle-policy', 'c/c', { severity: 'low' })), sight('lost-sight', US, { checks: ['x'], reason: 'no' })];

  test('has a text for people and one document for each kind of program', () => {
    const message = routeMessage(bulletin(changes, { route: LOW, fresh: [member('new')], gone: [member('old')] }));
    expect(message.structure).toBe('json');
    expect(Object.keys(bodiesOf(message))).toEqual(['default', 'sqs', 'lambda', 'https', 'firehose']);
    expect(bodiesOf(message)['default']).toMatch(/^Since yesterday/);
    assertValid(message);
    expect(documentOf(message)).toMatchObject({ counts: { opened: 1, worsened: 1, resolved: 1 }, omitted: {} });
  });

  test('carries what filter policies ask for', () => {
    expect(routeMessage(bulletin(changes, { route: LOW })).attributes).toEqual({
      route: 'everything',
      severityMax: 'critical',
      severity: ['critical', 'high'],
      change: ['opened', 'worsened', 'lost-sight', 'resolved'],
      account: ['111122223333', '444455556666'],
    });
    expect(routeMessage(bulletin([], { fresh: [member('new', '777788889999')], accounts: new Map([['777788889999', 1]]) })).attributes).toEqual({ route: 'platform', severityMax: 'none', change: ['first-look'], account: ['777788889999'] });
  });

  test('names a thousand accounts, and says where there are more', () => {
    const gone = Array.from({ length: 1200 }, (_, index) => member(`c${index}`, String(100_000_000_000 + index)));
    const { account } = routeMessage(bulletin([], { gone })).attributes;
    expect(account).toHaveLength(1001);
    expect(account!.at(-1)).toBe('more');
  });

  test('for a chat is the notification alone, under the same attributes', () => {
    const message = routeMessage(bulletin(changes, { route: CHAT }));
    expect(message.structure).toBeUndefined();
    expect(JSON.parse(message.body)).toMatchObject({ version: '1.0', source: 'custom' });
    expect(message.attributes['severityMax']).toBe('critical');
  });
});

describe('what does not fit', () => {
  test.each([
    ['items', 5_000, undefined],
    ['names that double when they are quoted', 300, (index: number) => `shop/${'"\\'.repeat(126)}${index}`],
    ['names of four bytes a character', 300, (index: number) => `shop/${'😀'.repeat(120)}${index}`],
  ])('is counted: %s', (_, count, name) => {
    const message = routeMessage(bulletin(flood(count, name)));
    expect(sizeOf(message)).toBeLessThanOrEqual(MESSAGE_CAP);
    assertValid(message);
    const { items, omitted } = documentOf(message);
    expect(items.length).toBeGreaterThan(10);
    expect(omitted).toEqual({ opened: { entries: count - items.length, findings: count - items.length } });
    expect(bodiesOf(message)['default']).toContain(`… and ${String(count - items.length).replace(/\B(?=(\d{3})+$)/g, ',')} more`);
    // One more would not have fitted: nothing is left out for no reason.
    expect(sizeOf(message)).toBeGreaterThan(MESSAGE_CAP * 0.9);
  });

  test('is dropped from the end: what got better first', () => {
    const resolved = flood(3_000).map((row) => ({ ...row, kind: 'resolved' as const }) as Change);
    const { items, omitted } = documentOf(routeMessage(bulletin([...resolved, change('opened', EU, finding('public-endpoint', 'a/a', { severity: 'critical' })), sight('lost-sight', US)])));
    expect(items[0]).toMatchObject({ kind: 'opened' });
    expect(Object.keys(omitted)).toEqual(['resolved']);
  });

  test('a single thing with names of ten million characters is told, cut', () => {
    const huge = 'x'.repeat(10_000_000);
    const message = routeMessage(bulletin([change('opened', { ...EU, label: huge, id: huge }, finding('admin-binding', `${huge}/${huge}`, { message: huge }))]));
    expect(sizeOf(message)).toBeLessThan(MESSAGE_CAP / 4);
    expect(documentOf(message).omitted).toEqual({});
    assertValid(message);
  });

  test('one item in a hundred thousand places is a few places and a number', () => {
    const places = Array.from({ length: 100_000 }, (_, index) => change('opened', EU, finding('admin-binding', `shop/${index}`, { fingerprint: String(index).padStart(32, '0') })));
    const { items } = documentOf(routeMessage(bulletin(places)));
    expect(items.map(({ places: named, placesTotal }) => [named.length, placesTotal])).toEqual([[10, 100_000]]);
  });
});

describe('whatever a cluster says', () => {
  const nasty = fc.oneof(
    { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
    fc.constantFrom('"'.repeat(400), '\\'.repeat(400), '\u0000'.repeat(400), '\ud800', '\uffff'.repeat(300), '<!channel>'.repeat(40), '&'.repeat(400), '@everyone', 'a\r\nb', '\u202e', '😀'.repeat(300), '`*_~[x](http://y)'),
  );
  const identity = fc.tuple(nasty, fc.integer({ min: 0, max: 3 })).map(([label, index]): ClusterIdentity => ({ ...member(`c${index}`, `11112222333${index}`), label: `c${label}` }));
  const anyFinding = fc.record({ name: nasty, namespace: nasty, message: nasty, cause: fc.string({ maxLength: 3 }), fingerprint: fc.uuid().map((id) => id.replaceAll('-', '')), severity: fc.constantFrom('critical' as const, 'high' as const, 'low' as const) });
  const anyChange = fc.tuple(identity, anyFinding, fc.constantFrom('opened' as const, 'reopened' as const, 'worsened' as const, 'eased' as const, 'resolved' as const, 'excepted' as const)).map(([where, { name, namespace, ...more }, kind]) =>
    change(kind, where, finding('admin-binding', 'x', { ...more, resource: { apiVersion: 'v1', kind: 'Pod', namespace, name }, status: kind === 'excepted' ? 'excepted' : 'open', changedBy: { manager: name, time: '2026-11-21T06:00:00.000Z' } }), kind === 'worsened' || kind === 'eased' ? { was: 'high' } : {}),
  );
  const anySight = fc.tuple(identity, nasty, fc.option(fc.array(nasty, { maxLength: 5 }), { nil: undefined })).map(([where, reason, checks]) => sight('lost-sight', where, { reason, ...(checks ? { checks } : {}) }));
  const anyNews = fc.tuple(fc.array(fc.oneof(anyChange, anySight), { minLength: 1, maxLength: 60 }), fc.array(identity, { maxLength: 3 }));

  test('a message is within its size, plain, whole and what the schema says', () => {
    fc.assert(
      fc.property(anyNews, ([changes, gone]) => {
        const told = bulletin(changes, { gone, route: LOW });
        const message = routeMessage(told);
        expect(sizeOf(message)).toBeLessThanOrEqual(MESSAGE_CAP);
        expect(message.subject).toMatch(/^[\x21-\x7e][\x20-\x7e]{0,98}$/);
        expect(Object.keys(message.attributes).length).toBeLessThanOrEqual(10);
        const text = bodiesOf(message)['default']!;
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u);
        // Every line is one of ours: it begins as ours do.
        for (const line of text.split('\n')) expect(line).toMatch(/^$|^ {2,3}\S|^\S/);
        assertValid(message);
        expect(bodiesOf(message)['sqs']).toMatch(/^[\x20-\x7e]*$/);
        const { items, sight: shown, gone: went, omitted } = documentOf(message);
        let entries = items.length + shown.length + went.length;
        for (const rest of Object.values(omitted)) entries += rest.entries;
        expect(entries).toBe(told.entries.length);
      }),
      { numRuns: 60, seed: 4 },
    );
  });

  test('a notification is within its lengths, and has no mark of a mention or a link', () => {
    fc.assert(
      fc.property(anyNews, ([changes, gone]) => {
        const { content } = JSON.parse(routeMessage(bulletin(changes, { gone, route: { ...CHAT, severity: 'info' } })).body) as { readonly content: { readonly title: string; readonly description: string } };
        expect(content.title.length).toBeLessThanOrEqual(250);
        expect(content.description.length).toBeLessThanOrEqual(3000);
        expect(content.description).toMatch(/^\*/);
        expect(content.description + content.title).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|prefix=)/);
        expect(content.description.isWellFormed()).toBe(true);
        // Outside of code there is no name to call, and backticks come in pairs on each line.
        for (const line of content.description.split('\n')) {
          const parts = line.split('`');
          expect(parts.length % 2).toBe(1);
          for (const [index, part] of parts.entries()) if (index % 2 === 0) expect(part).not.toMatch(/@\w/);
        }
      }),
      { numRuns: 60, seed: 5 },
    );
  });
});
