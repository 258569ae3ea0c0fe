import { isAlias, isCollection, isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml';
import type { ConfigurationFault } from './configuration-error.ts';

export type Path = readonly (string | number)[];

/** A configuration as it was written. */
export interface YamlText {
  /** Lists, mappings and texts: every scalar is the text that stands there, so that no account id loses its leading zero. */
  readonly value: unknown;
  /** Where a value stands; of something that is not there, where what would hold it stands. */
  placeOf(path: Path): Place;
  /** Where the key of a mapping stands. */
  placeOfKey(path: Path, key: string): Place;
}

export type Place = Pick<ConfigurationFault, 'line' | 'column'>;

/** Many times what an organization needs; a larger file is another one. */
const LARGEST = 256 * 1024;
/** Levels of lists and mappings: the schema has five. */
const DEEPEST = 20;
const TOO_DEEP = `is nested more than ${DEEPEST} levels deep`;

/** Reads YAML; faults, if it is none or uses more of the language than a configuration needs (aliases, tags, several documents). */
export function readYamlText(text: string): YamlText | { readonly faults: readonly ConfigurationFault[] } {
  const whole = (message: string) => ({ faults: [{ line: 1, column: 1, path: '', message }] });
  if (text.length > LARGEST) return whole(`is ${Math.ceil(text.length / 1024).toLocaleString('en')} KB long; a configuration has at most ${LARGEST / 1024}`);
  const lines = new LineCounter();
  let document: Document.Parsed;
  try {
    document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  } catch (error) {
    return whole(wordsOf('', (error as Error).message));
  }
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems = [...document.errors, ...document.warnings].map(({ code, message, pos }) => ({ ...place(pos[0]), path: '', message: wordsOf(code, message) }));
  if (problems.length > 0) return { faults: problems };
  const more = unreadParts(document).map(({ node, message }) => ({ ...place(node?.range?.[0] ?? 0), path: '', message }));
  if (more.length > 0) return { faults: more };
  if (document.contents === null) return whole('is empty; the least that a configuration says is `accounts: self`');
  return {
    value: document.toJS(),
    placeOf: (path) => place(nodeAt(document, path)?.range?.[0] ?? 0),
    placeOfKey(path, key) {
      const map = nodeAt(document, path);
      const pair = isMap(map) ? map.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
      const node = isNode(pair?.key) ? pair.key : map;
      return place(node?.range?.[0] ?? 0);
    },
  };
}

function wordsOf(code: string, message: string): string {
  if (code === 'TAB_AS_INDENT') return 'a tab stands in the indentation; YAML takes spaces alone';
  if (code === 'DUPLICATE_KEY') return 'this key stands twice in the same mapping';
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here; a configuration is one';
  if (message.includes('call stack')) return TOO_DEEP;
  return `not YAML: ${message.split('\n')[0]!.slice(0, 200)}`;
}

interface UnreadPart {
  readonly node: Node | null;
  readonly message: string;
}

/** What YAML allows and a configuration does not: aliases, which let a small file stand for a huge one, and keys that are no text. */
function unreadParts(document: Document.Parsed): readonly UnreadPart[] {
  const parts: UnreadPart[] = [];
  visit(document, {
    Node(_key, node, ancestors) {
      if (isAlias(node)) parts.push({ node, message: `*${node.source.slice(0, 40)} refers to another place of the file; write the value itself` });
      else if (ancestors.filter(isCollection).length > DEEPEST) {
        parts.push({ node, message: TOO_DEEP });
        return visit.BREAK;
      }
      return undefined;
    },
    Pair(_key, pair) {
      if (!isScalar(pair.key)) parts.push({ node: isNode(pair.key) ? pair.key : null, message: 'a list or mapping stands in the place of a key' });
    },
  });
  return parts;
}

/** The deepest node on the way to `path`. */
function nodeAt(document: Document.Parsed, path: Path): Node | null {
  let node: Node | null = document.contents;
  for (const step of path) {
    const below: unknown = isMap(node) ? node.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === String(step))?.value : isSeq(node) ? node.items[Number(step)] : undefined;
    if (!isNode(below)) return node;
    node = below;
  }
  return node;
}
