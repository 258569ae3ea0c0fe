import { cutCommands } from '../../facts/escalation/cut-words.ts';
import { subjectText, type Subject } from '../../facts/rbac/subject.ts';
import { reasonWords } from '../coverage-words.ts';
import { BEYOND_PATHS, askedText, type PathOfCluster, type PathsOfCluster } from '../path-answer.ts';
import { separated } from './item-blocks.ts';
import { layOut, paragraph, span, type Block } from './layout.ts';
import type { RightsOptions } from './rights-reports.ts';

const INDENT = 2;
const STEPS = 4;

/** `eksaminer path`: a block a cluster and target, the ways first. */
export function pathReport(subject: Subject, answers: readonly PathsOfCluster[], options: RightsOptions): string {
  const groups = answers.flatMap(({ cluster, paths }) => {
    const heading = paragraph(0, span(cluster.label, 'strong'), `: how ${subjectText(subject)} could come to more`);
    const order = ['allowed', 'unknown', 'denied'];
    return [[heading, ...[...paths].sort((a, b) => order.indexOf(a.answer) - order.indexOf(b.answer)).flatMap((path) => pathBlocks(path, options.rows))]];
  });
  return layOut(separated([...groups, [paragraph(0, span(`${BEYOND_PATHS}.`, 'quiet'))]]), options);
}

function pathBlocks({ target, answer, as, through, steps, cut, unread, doubts }: PathOfCluster, rows: number): readonly Block[] {
  const what = askedText(target);
  if (answer === 'denied') return [paragraph(INDENT, span(what, 'strong'), ': no way')];
  if (answer === 'unknown') return [paragraph(INDENT, span(what, 'strong'), `: no way was found; whether there is one is unknown: ${[...doubts, ...(unread.length > 0 ? [reasonWords(unread)] : [])].join('; ')}`)];
  const shown = steps.slice(0, rows).map((step) => paragraph(STEPS, step));
  if (steps.length > rows) shown.push(paragraph(STEPS, `… and ${steps.length - rows} more; --all shows them`));
  const cutBlocks = cut
    ? [paragraph(STEPS, span(cut.smallest ? 'Cut it here, which was tried:' : 'Cut it here, all of it, which was tried:', 'strong')), ...cutCommands(cut).slice(0, rows).map((command) => paragraph(STEPS + INDENT, command))]
    : [];
  return [paragraph(INDENT, span(what, 'strong'), `: yes${as === undefined ? '' : `, signed in as ${as}`}${through ? `, as ${askedText(through)}` : ''}`), ...(shown.length > 0 ? shown : [paragraph(STEPS, 'is it already')]), ...cutBlocks];
}
