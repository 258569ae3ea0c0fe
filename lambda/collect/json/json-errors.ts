/** What a reader was doing when the bytes turned out not to be JSON. */
export interface JsonFault {
  /** Bytes from the beginning of the input (after decompression), where the fault was seen. */
  readonly position: number;
  /** What would have been right there, in words. */
  readonly expected: string;
  /** What was there, in words; `the end of the input` where it was cut off. */
  readonly found: string;
  /** What was being read: `the header`, `item 12 of the list`, `the object`. */
  readonly reading: string;
}

/** The input is not JSON, or not an object or list of objects as Kubernetes and the AWS CLI print them. */
export class JsonSyntaxError extends Error {
  readonly position: number;
  readonly expected: string;
  readonly found: string;
  readonly reading: string;
  /** The input ended too early: a copy that was cut off. */
  readonly truncated: boolean;

  constructor({ position, expected, found, reading }: JsonFault) {
    const truncated = found === END_OF_INPUT;
    const what = truncated ? (reading === 'the input' ? 'the input is empty' : `the input ends inside ${reading}`) : `expected ${expected}, found ${found}, in ${reading}`;
    super(`not JSON after byte ${withCommas(position)} (${what})`);
    this.name = 'JsonSyntaxError';
    this.position = position;
    this.expected = expected;
    this.found = found;
    this.reading = reading;
    this.truncated = truncated;
  }
}

/** One object, or all of the input, is larger than the reader was allowed to take. */
export class TooLargeError extends Error {
  readonly position: number;
  readonly limit: number;

  constructor(what: string, position: number, limit: number) {
    super(`${what}, which begins at byte ${withCommas(position)}, is larger than ${withCommas(limit)} bytes`);
    this.name = 'TooLargeError';
    this.position = position;
    this.limit = limit;
  }
}

/** An item says no kind, and the list has not said its kind before its items: read again with `kindHint`. */
export class KindUnknownError extends Error {
  constructor() {
    super('the items say no kind, and the list says its kind only after them');
    this.name = 'KindUnknownError';
  }
}

export const END_OF_INPUT = 'the end of the input';

/** `10485760` as `10,485,760`. */
export function withCommas(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
