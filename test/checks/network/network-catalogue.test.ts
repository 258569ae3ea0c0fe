import { expect, test } from '@jest/globals';
import { CHECKS } from '../../../lambda/checks/registry.ts';
import { CATALOGUE } from './catalogue.ts';

const network = CHECKS.filter(({ area }) => area === 'network').map(({ id }) => id);

test('every check of the area stands for a row of the catalogue, and every row that is a check, or part of one, names one that there is', () => {
  const rows = Object.values(CATALOGUE);
  const named = rows.flatMap((row) => ('checks' in row ? row.checks : []));
  expect([...new Set(named)].sort()).toEqual(network);
  expect(rows.flatMap((row) => ('partOf' in row ? [row.partOf] : [])).filter((id) => !network.includes(id))).toEqual([]);
});

test('what is only inferred from an engine’s source is at most medium, and says so', () => {
  const inferred = CHECKS.filter(({ id }) =>
    ['baseline-policy-bypassed', 'network-policy-admits-nodes', 'network-policy-exception-leak', 'network-policy-port-limit-exceeded', 'service-addresses-in-egress-block', 'standalone-pod-shares-policy'].includes(id),
  );
  expect(inferred.map(({ id, severity, worstSeverity }) => [id, worstSeverity ?? severity])).toEqual(inferred.map(({ id }) => [id, id === 'network-policy-exception-leak' ? 'low' : 'medium']));
});
