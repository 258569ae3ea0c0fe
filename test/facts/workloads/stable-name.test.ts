import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { generatedName, stableName } from '../../../lambda/facts/workloads/stable-name.ts';

test.each([
  ['web', 'web'],
  ['oauth2-proxy', 'oauth2-proxy'],
  ['facade-deadbeef', 'facade-deadbeef'],
  ['debug-shell', 'debug-shell'],
  ['web-0', 'web-0'],
  ['release-2026', 'release-2026'],
  ['build-run-x7k2f-compile', 'build-run-*-compile'],
  ['agent-x7k2f-b8wcn', 'agent-*'],
  ['nightly-29384756', 'nightly-*'],
  ['web-6d4cf56db6', 'web-*'],
  ['run-1699d98a3b7c-driver', 'run-*-driver'],
  ['task-550e8400-e29b-41d4-a716-446655440000', 'task-*'],
  ['', ''],
])('%s stays as %s', (name, stable) => {
  expect(stableName(name)).toBe(stable);
});

test('two runs of one thing have one name', () => {
  const suffix = fc.string({ unit: fc.constantFrom(...'bcdfghjklmnpqrstvwxz2456789'), minLength: 5, maxLength: 5 });
  fc.assert(fc.property(suffix, suffix, (a, b) => expect(stableName(`build-${a}-lint`)).toBe(stableName(`build-${b}-lint`))));
  fc.assert(fc.property(fc.uuid(), fc.uuid(), (a, b) => expect(stableName(`task-${a}`)).toBe(stableName(`task-${b}`))));
});

test.each([
  ['build-', 'build-* (ServiceAccount ci)'],
  ['build', 'build-* (ServiceAccount ci)'],
  ['build-x7k2f-', 'build-* (ServiceAccount ci)'],
  ['', '* (ServiceAccount ci)'],
])('what one account makes with generateName "%s" is %s', (generateName, name) => {
  expect(generatedName(generateName, 'ci')).toBe(name);
});
