import type { Severity } from '../../model/severity.ts';

/** Colour only underlines what the words say already. */
export type Tone = Severity | 'quiet' | 'strong';

/** Select Graphic Rendition sequences (ECMA-48, 8.3.117). */
export const ANSI: { readonly [T in Tone | 'off']: string } = {
  critical: '\x1b[1;31m',
  high: '\x1b[31m',
  medium: '\x1b[33m',
  low: '\x1b[36m',
  info: '\x1b[2m',
  quiet: '\x1b[2m',
  strong: '\x1b[1m',
  off: '\x1b[0m',
};
