/**
 * What a request says of one condition key. `unsaid`: it may be there or not, with any value; `some`: it is there, its value is not known.
 * Undefined: the request does not have it.
 */
export type ContextValue = readonly string[] | 'unsaid' | 'some' | undefined;

/** The condition keys of one request. Names of keys ignore case, names of tags in them too. */
export class RequestContext {
  readonly #values: ReadonlyMap<string, ContextValue>;
  readonly #isUnsaid: (key: string) => boolean;

  /** `isUnsaid` is asked of keys that are not given, in lower case. */
  constructor(values: Iterable<readonly [string, ContextValue]>, isUnsaid: (key: string) => boolean = () => false) {
    this.#values = new Map([...values].map(([key, value]) => [key.toLowerCase(), value]));
    this.#isUnsaid = isUnsaid;
  }

  valueOf(key: string): ContextValue {
    const lower = key.toLowerCase();
    return this.#values.has(lower) ? this.#values.get(lower) : this.#isUnsaid(lower) ? 'unsaid' : undefined;
  }
}
