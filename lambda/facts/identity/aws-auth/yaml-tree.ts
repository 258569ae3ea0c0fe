import { isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseAllDocuments, type Alias, type Document, type Node, type Scalar, type YAMLError } from 'yaml';
import { YamlFaultError, YamlUnknownError } from './yaml-fault-error.ts';

/** The first document of a text, with what each of its aliases stands for. */
export interface YamlTree {
  /** Null: the text holds no value. */
  readonly root: Node | null;
  readonly targets: ReadonlyMap<Alias, Node>;
}

/**
 * Characters that YAML 1.1 takes for line breaks and 1.2 does not, or refuses, or that this parser keeps where go-yaml may not: control
 * characters, byte order marks within the text, carriage returns alone, halves of a surrogate pair.
 */
const DISPUTED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]|\ufeff|\r(?!\n)|\p{Surrogate}/u;
/** Directives, and a document that ends before it begins: parsers disagree on what follows. Tabs: on where they may separate. */
const DISPUTED_LINES = /^%|\t|(?<![\s\S])(?:[^\S\n]*(?:#.*)?\n)*\.\.\./m;
/** A quoted scalar from one quote to the other. */
const CLOSED = { QUOTE_SINGLE: /^'(?:[^']|'')*'$/, QUOTE_DOUBLE: /^"(?:[^"\\]|\\[^])*"$/ } as const;
/** go-yaml counts how much aliases stand for, and refuses what looks like an attack. https://github.com/yaml/go-yaml (decode.go, v2) */
const MOST_ALIASES = 100;
/** Faults of which go-yaml says the same. Of any other it is not known what it makes of the text. */
const AGREED_CODES: ReadonlySet<string> = new Set<YAMLError['code']>([
  'BAD_ALIAS',
  'BAD_DQ_ESCAPE',
  'BAD_INDENT',
  'BAD_SCALAR_START',
  'BLOCK_AS_IMPLICIT_KEY',
  'MISSING_CHAR',
  'MULTILINE_IMPLICIT_KEY',
  'TAB_AS_INDENT',
  'UNEXPECTED_TOKEN',
]);
/** Stricter than YAML 1.1, or than go-yaml: what may touch what. */
const DISPUTED_FAULTS = /^(?:Comments must be separated|Missing space after :|Tags and anchors must|Block collection cannot start|Block scalars? |Alias ending|Anchor )/;

/** Throws YamlFaultError where the text is no YAML, YamlUnknownError where parsers read it differently. */
export function readYamlTree(text: string): YamlTree {
  // A byte order mark is no part of the first line.
  const unmarked = text.replace(/^\ufeff/, '');
  if (DISPUTED.test(unmarked)) throw new YamlUnknownError('it holds characters that YAML parsers read differently');
  const lines = new LineCounter();
  const document = firstDocument(unmarked, lines);
  const fault = document && faultOf(document, unmarked);
  if (fault) {
    const words = wordsOf(fault.error, unmarked, lines);
    throw fault.agreed ? new YamlFaultError(words) : new YamlUnknownError(words);
  }
  if (DISPUTED_LINES.test(unmarked)) throw new YamlUnknownError('it holds tabs, directives or the end of a document, which YAML parsers read differently');
  const { root, targets } = linked(document?.contents ?? null, unmarked);
  if (targets.size > MOST_ALIASES) throw new YamlUnknownError(`it holds more than ${MOST_ALIASES} aliases`);
  return { root, targets };
}

/** A tab that indents shows as whatever it leads the parser to. */
function wordsOf({ message, pos: [at] }: YAMLError, text: string, lines: LineCounter): string {
  const { line } = lines.linePos(at);
  const tab = text.split('\n', line).findIndex((each) => /^ *\t/.test(each));
  return tab < 0 ? `line ${line}: ${message.split('\n')[0]!}` : `line ${tab + 1}: a tab stands in the indentation`;
}

/** The first fault that decides. Undefined: none, or none that go-yaml would come to. */
function faultOf({ errors, contents }: Document.Parsed, text: string): { readonly error: YAMLError; readonly agreed: boolean } | undefined {
  const [first] = errors;
  if (!first) return undefined;
  // Once the brackets of the outermost list are closed go-yaml has its document, and looks no further than at the next token.
  const end = isSeq(contents) && contents.flow === true ? contents.range?.[1] : undefined;
  if (end !== undefined && first.code === 'UNEXPECTED_TOKEN' && first.pos[0] >= end) {
    return /^[\s\]}]+$/.test(text.slice(end)) ? undefined : { error: first, agreed: false };
  }
  return { error: first, agreed: AGREED_CODES.has(first.code) && isAgreed(first, text) };
}

/** Whether go-yaml, which lets brackets and quotes go on at any indentation, finds no end to them either. */
function isAgreed({ message, pos: [at] }: YAMLError, text: string): boolean {
  if (DISPUTED_FAULTS.test(message)) return false;
  const rest = text.slice(at);
  if (message.startsWith('Missing closing')) return !rest.includes(message.includes("'") ? "'" : '"');
  if (!message.includes('sufficiently indented')) return true;
  if (rest === '' || /^-\s/.test(rest)) return true;
  return /^[^\s,[\]{}"'#]+:(?:\s|$)/.test(rest) && !/[,[{]\s*$/.test(text.slice(0, at));
}

/** Undefined: there is none. Documents after the first are nothing to the authenticator. */
function firstDocument(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    const documents = parseAllDocuments(text, {
      version: '1.1',
      // Tags and looks of scalars are read by us: this library has its own opinion of what 1.1 takes for a number or a boolean.
      schema: 'failsafe',
      resolveKnownTags: false,
      merge: false,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
      lineCounter,
    });
    return Array.isArray(documents) ? documents[0] : undefined;
  } catch (error) {
    throw new YamlUnknownError(error instanceof RangeError ? 'it is nested too deeply' : (error as Error).message);
  }
}

/** An alias stands for the last node before it that has its anchor: an anchor may be given again. */
function linked(root: Node | null, text: string): YamlTree {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  const open: unknown[] = [root];
  while (open.length > 0) {
    const node = open.pop();
    if (isPair(node)) open.push(node.value, node.key);
    if (!isNode(node)) continue;
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (!target) throw new YamlFaultError(`nothing before *${node.source.slice(0, 40)} has that anchor`);
      targets.set(node, target);
      continue;
    }
    if (isScalar(node) && !isClosed(node, text)) throw new YamlUnknownError('a quote is never closed');
    if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isMap(node) || isSeq(node)) for (let at = node.items.length - 1; at >= 0; at -= 1) open.push(node.items[at]);
  }
  return { root, targets };
}

/** At the end of a text this parser takes a quote for closed that is doubled. */
function isClosed({ type, range }: Scalar, text: string): boolean {
  if (!range || (type !== 'QUOTE_SINGLE' && type !== 'QUOTE_DOUBLE')) return true;
  return CLOSED[type].test(text.slice(range[0], range[1]));
}
