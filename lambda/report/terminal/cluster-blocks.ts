import type { Assessment } from '../../model/assessment.ts';
import type { UnseenCluster } from '../../notify/digest.ts';
import { coverageWords } from '../coverage-words.ts';
import { counted, grouped, momentWords } from '../../model/time-words.ts';
import { span, type Block } from './layout.ts';
import { textWidth } from './text-width.ts';
import { escapeForTerminal } from './escape-for-terminal.ts';

/** A cluster of this run as the first lines of a report show it. */
export type ClusterLine =
  /** `newer`: when the record's own, newer look was made; this one was compared with nothing. */
  | { readonly label: string; readonly assessment: Assessment; readonly newer?: string }
  /** Not audited in this run. `unseen`: what the record says of it, where it is known. */
  | { readonly label: string; readonly reason: string; readonly unseen?: UnseenCluster };

const LONGEST_LABEL = 30;

/** One line a cluster: version, size, how much was assessed and what was not, or why it was not seen at all. */
export function clusterBlocks(lines: readonly ClusterLine[], now: string): Block[] {
  const indent = Math.min(LONGEST_LABEL, Math.max(...lines.map(({ label }) => textWidth(escapeForTerminal(label))), 0)) + 2;
  const facts = lines.map((line) => ('assessment' in line ? factsOf(line.assessment) : ''));
  const widest = Math.max(...facts.map((text) => text.length), 0);
  return lines.map((line, index) => {
    if ('assessment' in line) {
      const gap = facts[index]!.padEnd(widest) + '   ';
      return { indent, head: span(line.label), body: [span(gap), span(coverageWords(line.assessment)), span(line.newer === undefined ? '' : `; not compared: the record holds a look that is as new or newer (${momentWords(line.newer, now)})`)] };
    }
    return { indent, head: span(line.label), body: [span(unseenWords(line, now))] };
  });
}

function factsOf({ kubernetesVersion, workloads, namespaces }: Assessment): string {
  const parts = [kubernetesVersion ?? '?', workloads === undefined ? 'workloads not read' : counted(workloads, 'workload')];
  if (namespaces !== 'all') parts.push(`only ${namespaces.length === 1 ? namespaces[0]! : counted(namespaces.length, 'namespace')}`);
  return parts.join('  ');
}

function unseenWords(line: { readonly reason: string; readonly unseen?: UnseenCluster }, now: string): string {
  if (!line.unseen) return `not audited: ${line.reason}`;
  const { since, findings } = line.unseen;
  const standing = findings === 1 ? '1 finding there stays open, unseen.' : `${grouped(findings)} findings there stay open, unseen.`;
  return `out of sight: ${line.reason} (since ${momentWords(since, now)}). ${standing}`;
}
