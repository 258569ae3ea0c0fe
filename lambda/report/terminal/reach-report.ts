import type { ReachAnswer, ReachPorts, ReachRow } from '../../facts/network/reach/reach-answer.ts';
import { counted } from '../../model/time-words.ts';
import { reasonWords } from '../coverage-words.ts';
import { BEYOND_POLICIES, portWords, type ReachOfCluster } from '../reach-of-cluster.ts';
import { separated } from './item-blocks.ts';
import { layOut, paragraph, span, type Block, type TerminalOptions } from './layout.ts';

const INDENT = 2;
const NAMED_POLICIES = 4;

/** `eksaminer reach`: a block a cluster. */
export function reachReport(asked: string, clusters: readonly ReachOfCluster[], options: TerminalOptions & { readonly rows: number }): string {
  if (clusters.length === 0) return '';
  const blocks = clusters.map(({ cluster, unread, answer }) => [
    paragraph(0, span(cluster.label, 'strong'), `: reach of ${asked}`),
    ...(answer ? answerBlocks(answer, options.rows) : []),
    ...(unread.length === 0 ? [] : [paragraph(INDENT, `${answer ? 'This may be otherwise' : 'Unknown'}: ${reasonWords(unread)}`)]),
  ]);
  return layOut(separated([...blocks, [paragraph(0, span(`${BEYOND_POLICIES}.`, 'quiet'))]]), options);
}

function answerBlocks({ rows, missing, declared, notes }: ReachAnswer, most: number): readonly Block[] {
  const shown = rows.slice(0, most).flatMap(rowBlocks);
  if (rows.length > most) shown.push(paragraph(INDENT, `… and ${rows.length - most} more; --all shows them`));
  if (rows.length === 0 && missing.length === 0) shown.push(paragraph(INDENT, 'no workload that policies let it reach'));
  for (const name of missing) shown.push(paragraph(INDENT, `${name} is not there: no workload, pod or namespace of that name was read`));
  if (rows.length > 0) for (const note of notes) shown.push(paragraph(INDENT, span(`as enforced: ${note}`, 'quiet')));
  if (declared.length > 0) shown.push(paragraph(INDENT, span(`no pod of these runs, they are judged as they are declared: ${named(declared)}`, 'quiet')));
  shown.push(paragraph(INDENT, counted(rows.length, 'pair')));
  return shown;
}

function rowBlocks({ from, to, written, enforced, unknown, exempt, reasons }: ReachRow): readonly Block[] {
  const verdict = exempt === undefined ? verdictWords(written, enforced) : `every port, whatever policies say: ${exempt === 'self' ? 'it is the same pod' : 'it is the node that it runs on'}`;
  return [
    paragraph(INDENT, span(`${from} -> ${to}`, 'strong'), unknown === undefined ? `: ${verdict}` : `: unknown: ${unknown}; by the policies that were read: ${verdict}`),
    ...reasons.map(({ direction, effect, policies, ports }) => paragraph(2 * INDENT, span(`${direction}: ${EFFECTS[effect]} ${portWords(ports)}: ${named(policies)}`, 'quiet'))),
  ];
}

const EFFECTS = { allow: 'allows', deny: 'denies', pass: 'leaves to others' } as const;

function verdictWords(written: ReachPorts, enforced: ReachPorts | undefined): string {
  const words = portWords(written);
  if (enforced === undefined) return `${words} as written; as enforced: unknown`;
  return portWords(enforced) === words ? words : `${words} as written, ${portWords(enforced)} as enforced`;
}

function named(policies: readonly string[]): string {
  const more = policies.length > NAMED_POLICIES ? ` and ${policies.length - NAMED_POLICIES} more` : '';
  return `${policies.slice(0, NAMED_POLICIES).join(', ')}${more}`;
}
