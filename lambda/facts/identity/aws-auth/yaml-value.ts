import { isAlias, isMap, isScalar, isSeq, type Alias, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { YamlFaultError, YamlUnknownError } from './yaml-fault-error.ts';
import { resolveScalar, type YamlScalar } from './yaml-scalar.ts';
import { readYamlTree, type YamlTree } from './yaml-tree.ts';

/** What YAML says, made into JSON: keys are texts. */
export type YamlValue = YamlScalar | readonly YamlValue[] | YamlMap;
export type YamlMap = ReadonlyMap<string, YamlValue>;

/**
 * The first document of a YAML 1.1 text as sigs.k8s.io/yaml makes JSON of it. Keys that stand twice: the last counts. A merge (`<<`) overwrites what stands
 * before it. Throws YamlFaultError, YamlUnknownError.
 */
export function readYamlValue(text: string): YamlValue {
  const tree = readYamlTree(text);
  return unoverflown(() => new Reader(tree).valueOf(tree.root));
}

/**
 * The same text read as a list of texts: each scalar as it is written, null as an empty text; items of any other kind are left out and counted.
 * `undefined`: it is no list. Throws YamlFaultError, YamlUnknownError.
 */
export function readYamlTexts(text: string): { readonly texts: readonly string[]; readonly others: number } | undefined {
  const tree = readYamlTree(text);
  const reader = new Reader(tree);
  const root = reader.followed(tree.root);
  if (root === null || (isScalar(root) && reader.scalarOf(root) === null)) return { texts: [], others: 0 };
  if (!isSeq(root)) return undefined;
  const items = (root as YAMLSeq<Node | null>).items.map((item) => reader.followed(item));
  const texts = items.filter((item) => item === null || isScalar(item)).map((item) => reader.textOf(item));
  return { texts, others: items.length - texts.length };
}

class Reader {
  readonly #targets: YamlTree['targets'];
  /** A node that many aliases stand for is read once. Undefined: it is being read. */
  readonly #read = new Map<Node, YamlValue | undefined>();

  constructor({ targets }: YamlTree) {
    this.#targets = targets;
  }

  valueOf(node: Node | null): YamlValue {
    if (node === null) return null;
    if (isAlias(node)) return this.#aliasValue(node);
    if (isScalar(node)) return json(this.scalarOf(node));
    if (isMap(node)) return this.#kept(node, () => this.#mapOf(node as YAMLMap<Node, Node | null>));
    if (isSeq(node)) return this.#kept(node, () => (node as YAMLSeq<Node | null>).items.map((item) => this.valueOf(item)));
    throw new YamlUnknownError('it holds something that is neither value, list nor mapping');
  }

  scalarOf(node: Node): YamlScalar {
    if (!isScalar(node)) return null;
    return resolveScalar(node.source ?? '', node.type === 'PLAIN' || node.type === undefined, node.tag);
  }

  textOf(node: Node | null): string {
    if (node === null || !isScalar(node)) return '';
    const value = this.scalarOf(node);
    if (value === null) return '';
    return typeof value === 'string' ? value : (node.source ?? '');
  }

  followed(node: Node | null): Node | null {
    return node !== null && isAlias(node) ? this.#targets.get(node)! : node;
  }

  #aliasValue(alias: Alias): YamlValue {
    return this.valueOf(this.#targets.get(alias)!);
  }

  #kept<T extends YamlValue>(node: Node, read: () => T): T {
    const known = this.#read.get(node);
    if (known !== undefined) return known as T;
    if (this.#read.has(node)) throw new YamlFaultError('an anchor stands within what it names');
    this.#read.set(node, undefined);
    const value = read();
    this.#read.set(node, value);
    return value;
  }

  #mapOf(map: YAMLMap<Node, Node | null>): YamlMap {
    const into = new Map<string, YamlValue>();
    for (const pair of map.items) {
      if (isMerge(pair)) this.#merge(pair.value, into);
      else into.set(this.#keyOf(pair.key), this.valueOf(pair.value));
    }
    return into;
  }

  #merge(value: Node | null, into: Map<string, YamlValue>): void {
    const target = this.followed(value);
    // Of several, those that stand first count most. Only the list itself may stand there, not an alias of one.
    const merged = value !== null && isSeq(value) ? [...(value as YAMLSeq<Node | null>).items].reverse().map((item) => this.followed(item)) : [target];
    for (const each of merged) {
      if (each === null || !isMap(each)) throw new YamlFaultError('<< takes a mapping or a list of mappings');
      for (const [key, inner] of this.valueOf(each) as YamlMap) into.set(key, inner);
    }
  }

  #keyOf(node: Node | null): string {
    const followed = this.followed(node);
    if (followed !== null && !isScalar(followed)) throw new YamlFaultError('a list or mapping stands in the place of a key, as {{...}} without quotes does');
    const key = followed === null ? null : this.scalarOf(followed);
    if (key === null) throw new YamlFaultError('a key is null');
    return String(key);
  }
}

function isMerge({ key }: Pair<Node, Node | null>): boolean {
  return isScalar(key) && key.source === '<<' && ((key.type === 'PLAIN' && key.tag === undefined) || key.tag === 'tag:yaml.org,2002:merge');
}

/** JSON has no infinite numbers. */
function json(value: YamlScalar): YamlScalar {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new YamlFaultError('a number is infinite or none');
  return value;
}

function unoverflown<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new YamlUnknownError('it is nested too deeply');
    throw error;
  }
}
