import { compareText } from '../../model/compare-text.ts';

/** Something that may come true: `acts as User alice`, `runs pods in shop`. Its number is its name's in this system. */
export type Proposition = number;
/** From one proposition, or from two together, follows another. */
export type RuleNumber = number;

const NONE = -1;
const NO_RULES: readonly RuleNumber[] = [];

/**
 * Horn rules with one or two premises. Propositions have a key that is theirs alone, and by which ties are broken, so that the order in which rules
 * come in changes nothing.
 */
export class RuleSystem {
  readonly #byKey = new Map<string, Proposition>();
  readonly #keys: string[] = [];
  /** Where there are any: most follow from little, or nothing follows from them. */
  readonly #from: (RuleNumber[] | undefined)[] = [];
  readonly #into: (RuleNumber[] | undefined)[] = [];
  readonly #first: Proposition[] = [];
  readonly #second: Proposition[] = [];
  readonly #then: Proposition[] = [];

  proposition(key: string): Proposition {
    let number = this.#byKey.get(key);
    if (number === undefined) {
      number = this.#keys.length;
      this.#byKey.set(key, number);
      this.#keys.push(key);
      this.#from.push(undefined);
      this.#into.push(undefined);
    }
    return number;
  }

  known(key: string): Proposition | undefined {
    return this.#byKey.get(key);
  }

  keyOf(proposition: Proposition): string {
    return this.#keys[proposition]!;
  }

  get size(): number {
    return this.#keys.length;
  }

  /** Adds that `then` follows from `first`, and from `second` with it where given. */
  add(then: Proposition, first: Proposition, second: Proposition = NONE): RuleNumber {
    const rule = this.#then.length;
    this.#then.push(then);
    this.#first.push(first);
    this.#second.push(second === first ? NONE : second);
    (this.#from[first] ??= []).push(rule);
    if (second !== NONE && second !== first) (this.#from[second] ??= []).push(rule);
    (this.#into[then] ??= []).push(rule);
    return rule;
  }

  premisesOf(rule: RuleNumber): readonly Proposition[] {
    const second = this.#second[rule]!;
    return second === NONE ? [this.#first[rule]!] : [this.#first[rule]!, second];
  }

  conclusionOf(rule: RuleNumber): Proposition {
    return this.#then[rule]!;
  }

  rulesFrom(proposition: Proposition): readonly RuleNumber[] {
    return this.#from[proposition] ?? NO_RULES;
  }

  rulesInto(proposition: Proposition): readonly RuleNumber[] {
    return this.#into[proposition] ?? NO_RULES;
  }

  isJoint(rule: RuleNumber): boolean {
    return this.#second[rule] !== NONE;
  }

  /** Order of propositions by key. */
  compare(a: Proposition, b: Proposition): number {
    return compareText(this.#keys[a]!, this.#keys[b]!);
  }
}
