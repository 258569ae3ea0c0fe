import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseAggregated, parseGroupVersions, parseResources } from '../../../lambda/collect/kubernetes/discovery-documents.ts';
import { serverText } from '../../../lambda/collect/kubernetes/server-text.ts';

test('a text of a server is one printable line of at most 300', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
      const line = serverText(text);
      expect(line.length).toBeLessThanOrEqual(300);
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test('a text is not cut through the middle of a character', () => {
  expect(serverText(`${'x'.repeat(298)}😀😀`)).toBe(`${'x'.repeat(298)}…`);
});

test('a token that is written back goes into no message', () => {
  expect(serverText('no user for "Bearer abc.def-ghi", sorry')).toBe('no user for "(a token)", sorry');
  expect(serverText(`bad token k8s-aws-v1.${'aHR0'.repeat(1_000)}`)).toBe('bad token (a token)');
  expect(serverText('authorization: bearer\tx')).toBe('authorization: (a token)');
});

const kinds = fc.constantFrom('APIGroupDiscoveryList', 'APIVersions', 'APIGroupList', 'APIResourceList');
const fields = fc.constantFrom('items', 'versions', 'groups', 'resources', 'metadata', 'name', 'resource', 'verbs', 'version', '__proto__');
const documents = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 5 }, fc.string(), fc.constantFrom(null, 0, true), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(fields, tie('value'), { maxKeys: 4 })),
})).value;

test('no discovery is too strange to be looked at', () => {
  fc.assert(
    fc.property(kinds, documents, (kind, more) => {
      const document = { kind, ...(more as object) };
      for (const parse of [parseAggregated, parseGroupVersions, parseResources]) expect(() => parse(document)).not.toThrow();
    }),
  );
});

test('a group may be called anything', () => {
  const groups = parseAggregated(JSON.parse('{"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":"__proto__"},"versions":[{"version":"constructor","resources":[{"resource":"toString","verbs":["list"]}]}]}]}'));
  expect(groups).toEqual(new Map([['__proto__', new Map([['constructor', { fresh: true, resources: new Map([['toString', ['list']]]) }]])]]));
});
