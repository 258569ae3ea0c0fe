import { compareText } from '../../model/compare-text.ts';

/** Something that may come true: `acts as User alice`, `runs pods in shop`. Its number is its own in this system. */
export type Proposition = number;
/** From one proposition, or from two together, follows another. */
export type RuleNumber = number;

const NONE = -1;

/** By proposition, rules: those of one stand together in `rules`, from `starts[proposition]` to before `starts[proposition + 1]`. */
export interface RuleIndex {
  readonly starts: Int32Array;
  readonly rules: Int32Array;
}

/**
 * Horn rules with one or two premises. Propositions have a key that is theirs alone, and by which ties are broken, so that the order in which rules
 * come in changes nothing.
 */
export class RuleSystem {
  /** Keys are made when somebody asks: most never are. */
  readonly #keyOf: (proposition: Proposition) => string;
  readonly #keys: (string | undefined)[] = [];
  readonly #first: Proposition[] = [];
  readonly #second: Proposition[] = [];
  readonly #then: Proposition[] = [];
  #from: RuleIndex | undefined;
  #into: RuleIndex | undefined;

  constructor(keyOf: (proposition: Proposition) => string) {
    this.#keyOf = keyOf;
  }

  /** A new proposition; numbers are counted from 0. */
  propose(): Proposition {
    this.#from = this.#into = undefined;
    return this.#keys.push(undefined) - 1;
  }

  keyOf(proposition: Proposition): string {
    return (this.#keys[proposition] ??= this.#keyOf(proposition));
  }

  get size(): number {
    return this.#keys.length;
  }

  /** Adds that `then` follows from `first`, and from `second` with it where given. */
  add(then: Proposition, first: Proposition, second: Proposition = NONE): RuleNumber {
    this.#from = this.#into = undefined;
    this.#then.push(then);
    this.#first.push(first);
    return this.#second.push(second === first ? NONE : second) - 1;
  }

  premisesOf(rule: RuleNumber): readonly Proposition[] {
    const second = this.#second[rule]!;
    return second === NONE ? [this.#first[rule]!] : [this.#first[rule]!, second];
  }

  /** The first premise, and the only one where a rule is not joint. */
  premiseOf(rule: RuleNumber): Proposition {
    return this.#first[rule]!;
  }

  conclusionOf(rule: RuleNumber): Proposition {
    return this.#then[rule]!;
  }

  rulesFrom(proposition: Proposition): readonly RuleNumber[] {
    return rulesAt(this.from, proposition);
  }

  rulesInto(proposition: Proposition): readonly RuleNumber[] {
    return rulesAt(this.into, proposition);
  }

  /** Rules by their premises. Put in order when rules are first asked for, once for all. */
  get from(): RuleIndex {
    return (this.#from ??= indexed(this.size, [this.#first, this.#second]));
  }

  /** Rules by their conclusions. */
  get into(): RuleIndex {
    return (this.#into ??= indexed(this.size, [this.#then]));
  }

  isJoint(rule: RuleNumber): boolean {
    return this.#second[rule] !== NONE;
  }

  /** Order of propositions by key. */
  compare(a: Proposition, b: Proposition): number {
    return compareText(this.keyOf(a), this.keyOf(b));
  }
}

function rulesAt({ starts, rules }: RuleIndex, proposition: Proposition): readonly RuleNumber[] {
  const found: RuleNumber[] = [];
  for (let at = starts[proposition]!; at < starts[proposition + 1]!; at += 1) found.push(rules[at]!);
  return found;
}

/** Rules by the propositions that stand for them in one of these columns; of one proposition in their order. */
function indexed(propositions: number, columns: readonly (readonly Proposition[])[]): RuleIndex {
  const starts = new Int32Array(propositions + 2);
  let entries = 0;
  for (const column of columns) {
    for (const proposition of column) {
      if (proposition === NONE) continue;
      starts[proposition + 2]! += 1;
      entries += 1;
    }
  }
  for (let at = 2; at < starts.length; at += 1) starts[at]! += starts[at - 1]!;
  // Filled from its start on, that of a proposition ends where that of the next one begins.
  const rules = new Int32Array(entries);
  const count = columns[0]!.length;
  for (let rule = 0; rule < count; rule += 1) {
    for (const column of columns) {
      const proposition = column[rule]!;
      if (proposition === NONE) continue;
      rules[starts[proposition + 1]!] = rule;
      starts[proposition + 1]! += 1;
    }
  }
  return { starts, rules };
}
