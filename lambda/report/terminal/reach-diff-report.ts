import type { EdgeChange } from '../../facts/network/reach/edge-changes.ts';
import type { Place, PlaceSet } from '../../facts/network/reach/place-set.ts';
import type { ReachDiff } from '../../facts/network/reach/reach-diff.ts';
import { isSameCluster } from '../../model/cluster-identity.ts';
import { counted } from '../../model/time-words.ts';
import { reasonWords } from '../coverage-words.ts';
import { DECLARED_WORKLOADS } from '../matrix-of-cluster.ts';
import type { LookedAt, ReachDiffAnswer } from '../reach-diff-answer.ts';
import { portWords } from '../reach-of-cluster.ts';
import { separated } from './item-blocks.ts';
import { layOut, paragraph, span, type Block, type TerminalOptions } from './layout.ts';

const INDENT = 2;
const NAMED = 4;

/** `eksaminer reach --diff`. `rows`: of each list. */
export function reachDiffReport({ before, after, diff }: ReachDiffAnswer, options: TerminalOptions & { readonly rows: number }): string {
  const [was, is] = [before.cluster, after.cluster];
  const blocks = [
    paragraph(0, span(`${before.name} -> ${after.name}`, 'strong'), ': what policies let through'),
    ...(was && is && isSameCluster(was, is) === false ? [paragraph(INDENT, `these are two clusters: ${was.label} and ${is.label}`)] : []),
    ...[before, after].flatMap((side) => sideBlocks(side, diff !== undefined)),
    ...(diff ? diffBlocks(diff, options.rows) : []),
  ];
  return layOut(separated([blocks, [paragraph(0, span(`${DECLARED_WORKLOADS}.`, 'quiet'))]]), options);
}

function sideBlocks({ name, unread, missed }: LookedAt, answered: boolean): readonly Block[] {
  if (missed !== undefined) return [paragraph(INDENT, `${name} was not looked at: ${missed}`)];
  return unread.length === 0 ? [] : [paragraph(INDENT, `${answered ? 'this may be otherwise' : 'not known'}: of ${name}: ${reasonWords(unread)}`)];
}

function diffBlocks({ written, enforced, compared, unknown, hostNetwork }: ReachDiff, rows: number): readonly Block[] {
  if (compared.written === 0) return [paragraph(INDENT, 'there is no workload that can be compared'), ...unknownBlocks('not known', unknown.written, unknown.why)];
  const blocks = [paragraph(INDENT, `as written${written.length === 0 ? `: nothing changed between ${counted(compared.written, 'workload')}` : ''}`), ...changeBlocks(written, rows)];
  if (compared.enforced === 0) blocks.push(paragraph(INDENT, 'as enforced: not known'));
  else if (JSON.stringify(written) === JSON.stringify(enforced)) blocks.push(paragraph(INDENT, 'as enforced: the same'));
  else blocks.push(paragraph(INDENT, `as enforced${enforced.length === 0 ? ': nothing changed' : ''}`), ...changeBlocks(enforced, rows));
  blocks.push(...unknownBlocks('not known', unknown.written, unknown.why), ...unknownBlocks('not known as enforced', unknown.enforced, unknown.whyEnforced));
  if (hostNetwork.joined.length > 0) blocks.push(paragraph(INDENT, `now in the network of its node, where policies are not about it: ${namesOf(hostNetwork.joined)}`));
  if (hostNetwork.left.length > 0) blocks.push(paragraph(INDENT, `no longer in the network of its node: ${namesOf(hostNetwork.left)}`));
  return blocks;
}

function unknownBlocks(what: string, names: readonly string[], why: readonly string[]): readonly Block[] {
  return names.length === 0 ? [] : [paragraph(INDENT, span(`${what}: ${counted(names.length, 'workload')} (${namesOf(names)}): ${why.join('; ')}`, 'quiet'))];
}

function changeBlocks(changes: readonly EdgeChange[], most: number): readonly Block[] {
  const [byPolicies, byWorkloads] = (['policies', 'workloads'] as const).map((because) => changes.filter((change) => change.because === because));
  return [
    ...listed(byPolicies!, most),
    ...(byWorkloads!.length === 0 ? [] : [paragraph(2 * INDENT, span('with workloads that came or went:', 'quiet'))]),
    ...listed(byWorkloads!, most),
  ];
}

function listed(changes: readonly EdgeChange[], most: number): readonly Block[] {
  const blocks = changes.slice(0, most).map(({ kind, from, to, ports, otherProtocols, pairs }) => {
    const words = [...(ports.all || ports.ports.length > 0 ? [portWords(ports)] : []), ...(otherProtocols ? ['other protocols'] : [])].join('; ');
    return paragraph(2 * INDENT, span(kind, 'strong'), ` ${words}: ${placeWords(from)} -> ${placeWords(to)} `, span(`(${counted(pairs, 'pair')})`, 'quiet'));
  });
  if (changes.length > most) blocks.push(paragraph(2 * INDENT, `… and ${changes.length - most} more; --all shows them`));
  return blocks;
}

function placeWords(set: PlaceSet): string {
  if (!set.everybody) return namesOf(set.places.map(placeName));
  return set.but.length === 0 ? 'every workload' : `every workload but ${namesOf(set.but.map(placeName))}`;
}

function placeName(place: Place): string {
  return 'workload' in place ? place.workload : `namespace ${place.namespace} (${counted(place.workloads, 'workload')})`;
}

function namesOf(names: readonly string[]): string {
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  return `${names.slice(0, NAMED).join(', ')}${more}`;
}
