import { expect, test } from '@jest/globals';
import { RBAC_CATALOGUE } from '../../../lambda/access/rbac-catalogue.ts';
import { CHECKS } from '../../../lambda/checks/registry.ts';
import { BEYOND, IDENTITY_CATALOGUE, RIGHTS_CATALOGUE } from './catalogue.ts';

const ids = new Set(CHECKS.map(({ id }) => id));
const rows = Object.entries({ ...IDENTITY_CATALOGUE, ...RIGHTS_CATALOGUE });

test('every row is there', () => {
  expect([Object.keys(IDENTITY_CATALOGUE).length, Object.keys(RIGHTS_CATALOGUE).length]).toEqual([24, 29]);
});

test('every row that is a check, or part of one, names checks that there are', () => {
  const named = rows.map(([row, given]) => [row, 'checks' in given ? given.checks : [given.partOf]] as const);
  expect(named.flatMap(([row, checks]) => checks.filter((check) => !ids.has(check)).map((check) => `${row}: ${check}`))).toEqual([]);
  expect(rows.filter(([, given]) => 'checks' in given && given.checks.length === 0)).toEqual([]);
});

test('every check of both areas stands for a row, or for a dangerous right, or is said to be beyond both, which no other is', () => {
  const named = new Set([...rows.flatMap(([, given]) => ('checks' in given ? given.checks : [])), ...RBAC_CATALOGUE.flatMap(({ checks }) => checks)]);
  const unnamed = CHECKS.filter(({ area, id }) => (area === 'identity' || area === 'rbac') && !named.has(id)).map(({ id }) => id);
  expect(unnamed).toEqual(Object.keys(BEYOND));
});
