import { pairsOfCell, type MatrixCells, type ReachMatrix } from '../../facts/network/reach/reach-matrix.ts';
import { counted } from '../../model/time-words.ts';
import { reasonWords } from '../coverage-words.ts';
import { DECLARED_WORKLOADS, type MatrixOfCluster } from '../matrix-of-cluster.ts';
import { shareWords } from '../share-words.ts';
import { escapeForTerminal } from './escape-for-terminal.ts';
import { separated } from './item-blocks.ts';
import { layOut, paragraph, span, type Block, type TerminalOptions } from './layout.ts';
import { fitting, textWidth } from './text-width.ts';

const INDENT = 2;
const CELL = 6;
const LONGEST_NAME = 30;
const SHORTEST_NAME = 5;

interface MatrixOptions extends TerminalOptions {
  /** Rows of a table; finite: one table of columns, too. */
  readonly rows: number;
}

/** `eksaminer reach --matrix`: a block a cluster. */
export function reachMatrixReport(port: string | undefined, clusters: readonly MatrixOfCluster[], options: MatrixOptions): string {
  if (clusters.length === 0) return '';
  const blocks = clusters.map(({ cluster, unread, matrix }) => [
    paragraph(0, span(cluster.label, 'strong'), `: who may open connections to whom, by namespace${port === undefined ? '' : `, on ${port}`}`),
    ...(matrix ? matrixBlocks(matrix, options) : []),
    ...(unread.length === 0 ? [] : [paragraph(INDENT, `${matrix ? 'This may be otherwise' : 'Unknown'}: ${reasonWords(unread)}`)]),
  ]);
  const legend = 'From the namespace of the row to that of the column, as a share of the pairs of workloads: . none, ? not known, - there are no two.';
  return layOut(separated([...blocks, [paragraph(0, span(`${legend} ${DECLARED_WORKLOADS}.`, 'quiet'))]]), options);
}

function matrixBlocks(matrix: ReachMatrix, options: MatrixOptions): readonly Block[] {
  const { namespaces, written, enforced, hostNetwork, withoutNodes, notes } = matrix;
  if (namespaces.length === 0) return [paragraph(INDENT, 'no workloads')];
  const blocks = [paragraph(INDENT, 'as written'), ...tableBlocks(matrix, written, options)];
  const known = enforced.some((row) => row.some((pairs) => pairs !== undefined));
  if (!known) blocks.push(paragraph(INDENT, 'as enforced: unknown'));
  else if (areAlike(written, enforced)) blocks.push(paragraph(INDENT, 'as enforced: the same'));
  else blocks.push(paragraph(INDENT, 'as enforced'), ...tableBlocks(matrix, enforced, options));
  for (const note of notes) blocks.push(paragraph(INDENT, span(`not known: ${note}`, 'quiet')));
  if (hostNetwork > 0) blocks.push(paragraph(INDENT, span(`left out: ${counted(hostNetwork, 'workload')} in the network of the node`, 'quiet')));
  if (withoutNodes > 0) blocks.push(paragraph(INDENT, span(`left out: ${counted(withoutNodes, 'workload')} for nodes of which there are none`, 'quiet')));
  return blocks;
}

function areAlike(a: MatrixCells, b: MatrixCells): boolean {
  return a.every((row, from) => row.every((pairs, to) => pairs === b[from]![to]));
}

/** As many columns beside each other as fit; the others below. */
function tableBlocks(matrix: ReachMatrix, cells: MatrixCells, { width, rows }: MatrixOptions): readonly Block[] {
  const { namespaces } = matrix;
  const digits = String(namespaces.length).length;
  const names = namespaces.map(({ name }) => escapeForTerminal(name));
  const room = width - INDENT - digits - 1 - CELL;
  const longest = Math.min(LONGEST_NAME, Math.max(...names.map(textWidth)), Math.max(SHORTEST_NAME, room - CELL));
  const columns = Math.max(1, Math.floor((room - longest) / CELL));
  const shown = Math.min(namespaces.length, rows);
  const last = rows === Infinity ? namespaces.length : columns;
  const blocks: Block[] = [];
  for (let first = 0; first < Math.min(last, namespaces.length); first += columns) {
    const band = namespaces.slice(first, first + columns).map((_, i) => first + i);
    blocks.push(line(`${' '.repeat(digits)} ${' '.repeat(longest)}${'size'.padStart(CELL)}${band.map((to) => String(to + 1).padStart(CELL)).join('')}`, 'quiet'));
    for (let from = 0; from < shown; from++) {
      const head = `${String(from + 1).padStart(digits)} ${padded(names[from]!, longest)}${String(namespaces[from]!.workloads).padStart(CELL)}`;
      blocks.push(line(`${head}${band.map((to) => cellText(cells[from]![to], pairsOfCell(matrix, from, to)).padStart(CELL)).join('')}`));
    }
  }
  const hidden = [counted(namespaces.length - shown, 'row'), counted(Math.max(0, namespaces.length - last), 'column')].filter((text) => !text.startsWith('0 '));
  if (hidden.length > 0) blocks.push(paragraph(2 * INDENT, `… and ${hidden.join(' and ')} more; --all shows them`));
  return blocks;
}

function line(text: string, tone?: 'quiet'): Block {
  return { ...paragraph(INDENT, span(text, tone)), unbroken: true };
}

function padded(name: string, columns: number): string {
  const cut = textWidth(name) <= columns ? name : `${fitting(name, columns - 1)}…`;
  return cut + ' '.repeat(Math.max(0, columns - textWidth(cut)));
}

function cellText(pairs: number | undefined, of: number): string {
  if (pairs === undefined) return '?';
  return of > 0 && pairs === 0 ? '.' : shareWords(pairs, of);
}
