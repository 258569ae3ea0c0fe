import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NameIndex } from '../../../lambda/facts/identity/name-index.ts';
import { mayBecome } from '../../../lambda/facts/identity/aws-auth/fill-template.ts';

test('finds the names that asking each would find', () => {
  const part = fc.constantFrom('a', 'ab', 'b', ':', 'a:b', '');
  const template = fc.tuple(part, fc.constantFrom('{{SessionName}}', '{{SessionNameRaw}}', ''), part).map((parts) => parts.join(''));
  const names = fc.uniqueArray(fc.array(part, { maxLength: 4 }).map((parts) => parts.join('')), { maxLength: 12 });
  fc.assert(
    fc.property(template, names, (asked, given) => {
      const index = new NameIndex(given.map((name) => [name, `User ${name}`]));
      expect([...index.fitting(asked)].sort()).toEqual(given.filter((name) => mayBecome(asked, name)).map((name) => `User ${name}`).sort());
    }),
  );
});
