import type { Check } from './define-check.ts';

/** Every check, sorted by id. Adding one is its file, its cases and one line here. */
export const CHECKS: readonly Check[] = [];
