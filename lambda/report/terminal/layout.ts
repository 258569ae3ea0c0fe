import { escapeForTerminal, shortenForTerminal } from './escape-for-terminal.ts';
import { ANSI, type Tone } from './tone.ts';
import { fitting, textWidth } from './text-width.ts';

/** A piece of text in one tone. Whatever it holds, it is escaped when it is laid out. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone;
}

/** Text that flows: its first line begins with `head` (padded to the indent), all others are indented. `tail` ends the first line, at the right edge. */
export interface Block {
  readonly indent: number;
  readonly head?: Span | readonly Span[];
  readonly body: readonly Span[];
  readonly tail?: Span;
  /** One line, however long: an address that is broken cannot be followed. */
  readonly unbroken?: true;
}

export interface TerminalOptions {
  /** Columns. */
  readonly width: number;
  readonly colour: boolean;
}

export const BLANK: Block = { indent: 0, body: [] };

export function span(text: string, tone?: Tone): Span {
  return tone === undefined ? { text } : { text, tone };
}

export function paragraph(indent: number, ...body: readonly (Span | string)[]): Block {
  return { indent, body: body.map((part) => (typeof part === 'string' ? { text: part } : part)) };
}

/** Lines that fit the width, each ended by a newline. Words are broken only where one alone is longer than a line. */
export function layOut(blocks: readonly Block[], { width, colour }: TerminalOptions): string {
  let text = '';
  for (const block of blocks) for (const line of linesOf(block, width)) text += `${printed(line, colour)}\n`;
  return text;
}

/** Narrower than this nothing can be read: then lines are longer than the terminal. */
const NARROWEST_BODY = 20;
const GAP_BEFORE_TAIL = 2;

function linesOf(block: Block, width: number): Span[][] {
  const tailText = block.tail ? shown(block.tail.text) : '';
  const tailWidth = tailText === '' ? 0 : textWidth(tailText) + GAP_BEFORE_TAIL;
  const columns = block.unbroken ? Infinity : Math.max(NARROWEST_BODY, width - block.indent);
  const lines = wrap(block.body, Math.max(NARROWEST_BODY, columns - tailWidth), columns);
  return lines.map((line, index) => {
    if (index > 0) return [{ text: ' '.repeat(block.indent) }, ...line];
    const begun = [...headOf(block), ...line];
    if (tailText === '') return begun;
    const used = begun.reduce((sum, { text }) => sum + textWidth(text), 0);
    const gap = ' '.repeat(Math.max(GAP_BEFORE_TAIL, width - used - textWidth(tailText)));
    return [...begun, { text: gap }, { ...block.tail, text: tailText }];
  });
}

function headOf({ head, indent }: Block): Span[] {
  if (!head) return indent > 0 ? [{ text: ' '.repeat(indent) }] : [];
  const spans = (Array.isArray(head) ? (head as readonly Span[]) : [head as Span]).map((part) => ({ ...part, text: shown(part.text) }));
  const used = spans.reduce((sum, { text }) => sum + textWidth(text), 0);
  return [...spans, { text: ' '.repeat(Math.max(1, indent - used)) }];
}

/** Escapes and wraps; the first line may be shorter than the others. */
function wrap(spans: readonly Span[], firstColumns: number, columns: number): Span[][] {
  const lines: Span[][] = [[]];
  let room = firstColumns;
  const next = (): void => {
    trimEnd(lines.at(-1)!);
    lines.push([]);
    room = columns;
  };
  for (const { text, tone } of spans) {
    for (const word of shown(text).match(/ +|[^ ]+/g) ?? []) {
      let rest = word;
      while (rest !== '') {
        const width = textWidth(rest);
        const begins = lines.at(-1)!.length === 0;
        if (rest.startsWith(' ')) {
          // Spaces never begin a line that was wrapped, and end none.
          if (width > room) next();
          else if (!begins || lines.length === 1) room -= push(lines.at(-1)!, rest, tone);
          break;
        }
        if (width <= room) {
          room -= push(lines.at(-1)!, rest, tone);
          break;
        }
        if (!begins && !(width > columns && room > columns / 2)) {
          next();
          continue;
        }
        const part = fitting(rest, room);
        push(lines.at(-1)!, part, tone);
        rest = rest.slice(part.length);
        next();
      }
    }
  }
  trimEnd(lines.at(-1)!);
  return lines.length > 1 && lines.at(-1)!.length === 0 ? lines.slice(0, -1) : lines;
}

function shown(text: string): string {
  return escapeForTerminal(shortenForTerminal(text));
}

function push(line: Span[], text: string, tone: Tone | undefined): number {
  const last = line.at(-1);
  if (last && last.tone === tone) line[line.length - 1] = { ...last, text: last.text + text };
  else line.push(span(text, tone));
  return textWidth(text);
}

function trimEnd(line: Span[]): void {
  const last = line.at(-1);
  if (!last) return;
  const text = last.text.trimEnd();
  if (text === '') line.pop();
  else line[line.length - 1] = { ...last, text };
}

function printed(line: readonly Span[], colour: boolean): string {
  const plain = line.map(({ text }) => text).join('');
  if (!colour) return plain.trimEnd();
  return line.map(({ text, tone }) => (tone === undefined || text.trim() === '' ? text : `${ANSI[tone]}${text}${ANSI.off}`)).join('');
}
