import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readAwsAuth } from '../../../../lambda/facts/identity/aws-auth/read-aws-auth.ts';

const ARN = 'arn:aws:iam::111122223333:role/dev';

function roles(mapRoles: string) {
  return readAwsAuth({ mapRoles });
}

describe('text that our parser and go-yaml may read differently is called unreadable', () => {
  test.each([
    ['a line separator of YAML 1.1', `- rolearn: ${ARN}\u2028  username: a\n`],
    ['a byte order mark within the text', `- rolearn: ${ARN}\n  username: a\ufeff\n`],
    ['a carriage return alone', `- rolearn: ${ARN}\r  username: a\n`],
    ['a control character', `- rolearn: ${ARN}\n  username: "a\u0001"\n`],
    ['brackets that go on at the left edge', `- rolearn: ${ARN}\n  groups: [a,\nb]\n`],
    ['quotes that go on at the left edge', `- rolearn: ${ARN}\n  username: "a\nb"\n`],
    ['a comment that touches what is before it', `- rolearn: "${ARN}"#dev\n`],
    ['a doubled quote at the end', `- rolearn: ${ARN}\n  username: 'a''`],
    ['a directive', `%YAML 1.2\n---\n- rolearn: ${ARN}\n`],
    ['a document that ends before it begins', `# dev\n...\n- rolearn: ${ARN}\n`],
    ['a tab that separates', `- rolearn: ${ARN}\n  groups: [\ta]\n`],
    ['words after the list', `[{rolearn: "${ARN}"}] # the end\nmore`],
    ['more aliases than go-yaml may bear', `- &a {rolearn: "${ARN}"}\n${'- *a\n'.repeat(101)}`],
    ['nesting beyond the stack', '['.repeat(100_000)],
  ])('%s', (_, text) => {
    const { roles: kept, faults, unreadable } = roles(text);
    expect([kept, faults, [...unreadable.keys()]]).toEqual([[], [], ['mapRoles']]);
  });

  test('and costs no other key', () => {
    const map = readAwsAuth({ mapRoles: '- \u0000', mapUsers: '- userarn: u', mapAccounts: '- 111122223333' });
    expect(map.users).toEqual([{ userarn: 'u', username: '', groups: [], userid: '', entry: 0 }]);
    expect(map.accounts).toEqual(['111122223333']);
    expect([...map.unreadable.keys()]).toEqual(['mapRoles']);
  });
});

describe('what is no YAML to both costs the key', () => {
  test.each([
    ['a bracket that is never closed', `- rolearn: ${ARN}\n  groups: [a\n  username: b\n`, 'line 3: Flow sequence in block collection must be sufficiently indented and end with a ]'],
    ['a quote that is never closed', `- rolearn: "${ARN}\n`, 'line 2: Missing closing "quote'],
    ['braces without quotes', `- rolearn: ${ARN}\n  username: {{SessionName}}\n`, 'a list or mapping stands in the place of a key, as {{...}} without quotes does'],
    ['an anchor within what it names', `- &a\n  groups: *a\n`, 'an anchor stands within what it names'],
    ['a merge of a text', `- <<: text\n`, '<< takes a mapping or a list of mappings'],
    ['a number that JSON has not', `- username: .inf\n`, 'a number is infinite or none'],
    ['a tag that does not fit', `- username: !!int x\n`, '"x" is no !!int'],
    ['base64 that is none', `- username: !!binary "?"\n`, 'a !!binary value is no base64'],
  ])('%s', (_, text, reason) => {
    expect(roles(text).faults).toEqual([{ key: 'mapRoles', costs: 'key', message: `mapRoles is no YAML (${reason})` }]);
  });
});

test('a merge overwrites what stands before it, and is overwritten by what follows', () => {
  const text = `- &base {rolearn: a, username: b}\n- {username: c, <<: *base}\n- {<<: *base, username: c}\n- {<<: [{username: x}, *base]}\n`;
  expect(roles(text).roles.map(({ username }) => username)).toEqual(['b', 'b', 'c', 'x']);
});

test('an anchor that is given again means what was last before the alias', () => {
  expect(roles('- {rolearn: &a x, username: *a}\n- {rolearn: &a z, username: *a}\n').roles.map(({ username }) => username)).toEqual(['x', 'z']);
});

test('several spellings of a field are taken in the order of their code units, and a wrong one changes nothing', () => {
  const { roles: kept, faults } = roles('- {rolearn: r, username: 1, USERNAME: big, GROUPS: [a, b], groups: [~, 2, c]}\n');
  expect(kept).toEqual([{ rolearn: 'r', username: 'big', groups: ['a', 'b', 'c'], userid: '', entry: 0 }]);
  expect(faults.map(({ message }) => message)).toEqual(['username takes a text, and is taken for empty', 'groups takes texts alone, and is taken for empty']);
});

test('names of JavaScript are names like others', () => {
  const { roles: kept } = roles('- {rolearn: __proto__, username: constructor, __proto__: x}\n');
  expect(kept).toEqual([{ rolearn: '__proto__', username: 'constructor', groups: [], userid: '', entry: 0 }]);
});

test('data of any shape is taken', () => {
  expect(readAwsAuth(undefined)).toEqual({ roles: [], users: [], accounts: [], faults: [], unreadable: new Map() });
  expect([...readAwsAuth({ mapRoles: 7, mapAccounts: null }).unreadable.keys()]).toEqual(['mapRoles', 'mapAccounts']);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'-?:,[]{}#&*!|>\'"%@` \n\tab1<') }), (text) => {
      readAwsAuth({ mapRoles: text, mapUsers: text, mapAccounts: text });
    }),
    { numRuns: 300 },
  );
});
