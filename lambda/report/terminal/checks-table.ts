import type { Check } from '../../checks/define-check.ts';
import { compareSeverity } from '../../model/severity.ts';
import { AREA_WORDS } from '../area-words.ts';
import { counted } from '../../model/time-words.ts';
import { separated } from './item-blocks.ts';
import { layOut, paragraph, span, type Block, type TerminalOptions } from './layout.ts';

/** Every check by area, the most severe first: severity, what it means, its id. */
export function checksTable(checks: readonly Pick<Check, 'id' | 'title' | 'severity' | 'worstSeverity' | 'area'>[], options: TerminalOptions): string {
  const sections = Object.entries(AREA_WORDS).map(([area, words]): Block[] => {
    const members = checks.filter((check) => check.area === area).sort((a, b) => compareSeverity(a.severity, b.severity) || (a.id < b.id ? -1 : 1));
    if (members.length === 0) return [];
    return [
      paragraph(0, span(words, 'strong')),
      ...members.map(({ id, title, severity }): Block => ({ indent: 10, head: span(severity, severity), body: [span(title)], tail: span(id, 'quiet') })),
    ];
  });
  const foot = [paragraph(0, `${counted(checks.length, 'check')}. What one means and what to do: eksaminer explain ID`)];
  return layOut(separated([...sections, foot]), options);
}
