import type { Check } from '../checks/define-check.ts';
import { CHECKS } from '../checks/registry.ts';

/** What messages say of a check. */
export interface CheckWordsRow {
  readonly id: string;
  readonly title: string;
  readonly remediation: string;
  readonly area: string;
}

/** Of every check, in the order of the registry: plain data, for a function that tells of findings and judges nothing. */
export function checkWords(checks: readonly Check[] = CHECKS): readonly CheckWordsRow[] {
  return checks.map(({ id, title, remediation, area }) => ({ id, title, remediation, area }));
}
