import { isSameCluster } from '../../model/cluster-identity.ts';
import { counted } from '../../model/time-words.ts';
import type { Difference, RightsChange, RightsDiff } from '../rights-diff/diff-rights.ts';
import { BEYOND_FINDINGS, type RightsDiffAnswer } from '../rights-diff/rights-diff-answer.ts';
import { separated } from './item-blocks.ts';
import { layOut, paragraph, span, type Block, type TerminalOptions } from './layout.ts';

const INDENT = 2;
const DETAIL = 4;
/** Holders of one cause that are named before the rest is a number. */
const NAMED = 5;

const WORDS: { readonly [D in Difference]: string } = {
  gained: 'gained',
  lost: 'lost',
  'seen-later': 'not known whether gained',
  'seen-before': 'not known whether lost',
};

/** `eksaminer rights --diff`: a block a cluster; what was gained first, then what was lost, then what cannot be told; and which clusters nothing is known of. `rows`: causes shown of each cluster. */
export function rightsDiffReport({ before, after, clusters, missed }: RightsDiffAnswer, options: TerminalOptions & { readonly rows: number }): string {
  const blocks = clusters.map((diff) => [paragraph(0, span(labelOf(diff), 'strong'), `: rights from ${before} to ${after}`), ...changeBlocks(diff.changes, options.rows), ...closing(diff)]);
  // Whoever pipes the answer sees nothing of what is said beside it: no words at all would look like no difference.
  const untold = missed.map(({ label, reason }) => [paragraph(0, span(label, 'strong'), `: rights from ${before} to ${after} are not known`), paragraph(INDENT, span(reason, 'quiet'))]);
  const nothing = clusters.length + missed.length === 0 ? [[paragraph(0, `No cluster is known of ${before} or ${after}.`)]] : [];
  return layOut(separated([...blocks, ...untold, ...nothing, [paragraph(0, span(`${BEYOND_FINDINGS}.`, 'quiet'))]]), options);
}

function labelOf({ before: { cluster: then }, after: { cluster: now } }: RightsDiff): string {
  const same = isSameCluster(then, now);
  if (same === false) return `${then.label} and ${now.label}, two clusters`;
  if (then.label === now.label) return now.label;
  return same ? (now.name ?? then.name ?? now.label) : `${then.label} and ${now.label}, maybe two clusters`;
}

function changeBlocks(changes: readonly RightsChange[], rows: number): readonly Block[] {
  const shown = changes.slice(0, rows).flatMap((change) => causeBlocks(change, rows === Infinity ? Infinity : NAMED));
  if (changes.length > rows) shown.push(paragraph(INDENT, `… and ${changes.length - rows} more causes; --all shows them`));
  return shown;
}

function causeBlocks({ difference, severity, cause, reason, rights }: RightsChange, named: number): readonly Block[] {
  const [first] = rights;
  const unknown = reason === undefined ? [] : [paragraph(DETAIL, span(reason, 'quiet'))];
  const head = [span(WORDS[difference], 'strong'), span('  '), span(severity, severity), span('  ')];
  if (rights.length === 1) return [paragraph(INDENT, ...head, first!.message), ...unknown];
  const places = rights.slice(0, named).map(({ holder, namespace }) => paragraph(DETAIL, `${holder}${namespace === undefined ? '' : ` in ${namespace}`}`));
  if (rights.length > named) places.push(paragraph(DETAIL, `… and ${counted(rights.length - named, 'right')} more; --all shows them`));
  return [paragraph(INDENT, ...head, cause), ...places, ...unknown];
}

function closing({ changes, same, blind }: RightsDiff): readonly Block[] {
  const count = (...differences: readonly Difference[]): number => changes.reduce((sum, change) => (differences.includes(change.difference) ? sum + change.rights.length : sum), 0);
  const [gained, lost, unknown] = [count('gained'), count('lost'), count('seen-later', 'seen-before')];
  const nothing = blind.length === 0 ? 'Nobody gained or lost a power' : 'No power is known to have been gained or lost';
  const words = gained + lost + unknown === 0 ? nothing : `${counted(gained, 'right')} gained, ${lost} lost${unknown > 0 ? `, of ${unknown} it is not known` : ''}`;
  const told = `${words}; ${counted(same, 'right')} as before`;
  return [
    paragraph(INDENT, blind.length === 0 ? told : `${told}. There may be more:`),
    ...blind.map(({ side, reason, checks }) => paragraph(DETAIL, `${side === 'before' ? 'then' : 'now'}: ${reason} (${counted(checks.length, 'check')})`)),
  ];
}
