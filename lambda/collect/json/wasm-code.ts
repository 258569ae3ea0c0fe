/** Writes code of a WebAssembly function behind `out`; `labels` are those of the blocks around it, innermost first. https://webassembly.github.io/spec/core/binary/ */
export type Code = (out: number[], labels: readonly string[]) => void;

const I32 = 0x7f;
const V128 = 0x7b;
const EMPTY_BLOCK = 0x40;

const op = (...bytes: readonly number[]): Code => (out) => void out.push(...bytes);

export function seq(...parts: readonly Code[]): Code {
  return (out, labels) => {
    for (const part of parts) part(out, labels);
  };
}

/** Branches to its label leave it. */
export const block = (label: string, ...body: readonly Code[]): Code => scope(0x02, label, body);
/** Branches to its label begin it anew; its end leaves it. */
export const loop = (label: string, ...body: readonly Code[]): Code => scope(0x03, label, body);
export const when = (condition: Code, ...body: readonly Code[]): Code => seq(condition, scope(0x04, '', body));
export const go = (label: string): Code => (out, labels) => void out.push(0x0c, depthOf(label, labels));
export const goIf = (label: string, condition: Code): Code => seq(condition, (out, labels) => void out.push(0x0d, depthOf(label, labels)));
/** The value of the module's function of this number. */
export const call = (index: number, ...parameters: readonly Code[]): Code => seq(...parameters, op(0x10, index));
export const giveBack = (value: Code): Code => seq(value, op(0x0f));

function scope(opcode: number, label: string, body: readonly Code[]): Code {
  return (out, labels) => {
    out.push(opcode, EMPTY_BLOCK);
    seq(...body)(out, [label, ...labels]);
    out.push(0x0b);
  };
}

function depthOf(label: string, labels: readonly string[]): number {
  const depth = labels.indexOf(label);
  if (depth < 0) throw new Error(`no block is called ${label}`);
  return depth;
}

export const get = (local: number): Code => op(0x20, local);
export const set = (local: number, value: Code): Code => seq(value, op(0x21, local));
/** Sets, and gives the value. */
export const tee = (local: number, value: Code): Code => seq(value, op(0x22, local));
export const int = (value: number): Code => op(0x41, ...signed(value));
const byte = (char: string): Code => int(char.charCodeAt(0));

export const loadByte = (address: Code, offset = 0): Code => seq(address, op(0x2d, 0, ...unsigned(offset)));
export const loadInt = (address: Code, offset = 0): Code => seq(address, op(0x28, 0, ...unsigned(offset)));
export const storeByte = (address: Code, value: Code): Code => seq(address, value, op(0x3a, 0, 0));
export const storeInt = (address: Code, value: Code, offset = 0): Code => seq(address, value, op(0x36, 0, ...unsigned(offset)));
/** 16 bytes. */
export const loadBytes = (address: Code, offset = 0): Code => seq(address, op(0xfd, 0, 0, ...unsigned(offset)));
export const storeBytes = (address: Code, value: Code): Code => seq(address, value, op(0xfd, 11, 0, 0));
/** Many bytes from one place to another. */
export const copyBytes = (to: Code, from: Code, length: Code): Code => seq(to, from, length, op(0xfc, 10, 0, 0));
/** 16 times the same byte. */
export const bytesOf = (value: number): Code => op(0xfd, 12, ...new Array<number>(16).fill(value));

const binary = (...opcode: readonly number[]) => (a: Code, b: Code): Code => seq(a, b, op(...opcode));
export const equal = binary(0x46);
export const differ = binary(0x47);
export const above = binary(0x4b);
export const below = binary(0x49);
export const notBelow = binary(0x4f);
export const add = binary(0x6a);
export const subtract = binary(0x6b);
export const multiply = binary(0x6c);
export const both = binary(0x71);
export const either = binary(0x72);
export const xor = binary(0x73);
export const shiftLeft = binary(0x74);
export const shiftRight = binary(0x76);
export const not = (value: Code): Code => seq(value, op(0x45));
export const is = (value: Code, char: string): Code => equal(value, byte(char));
export const isNot = (value: Code, char: string): Code => differ(value, byte(char));
/** How many of the lowest bits are 0. */
export const trailingZeros = (value: Code): Code => seq(value, op(0x68));

/** Byte by byte: all bits set where it is so. */
export const bytesEqual = binary(0xfd, 35);
export const bytesBelow = binary(0xfd, 38);
export const bytesEither = binary(0xfd, 80);
/** A bit for each of 16 bytes, the first one's lowest: its highest bit. */
export const highBits = (value: Code): Code => seq(value, op(0xfd, 100));

export interface WasmFunction {
  readonly name: string;
  /** The first locals. */
  readonly parameters: number;
  /** How many locals of 32 bits come behind them, how many of 16 bytes behind those, and how many of 32 bits at the end. */
  readonly ints: number;
  readonly vectors: number;
  readonly moreInts?: number;
  readonly body: Code;
}

/** The bytes of a module that imports its memory as `env.memory` and exports functions from integers to an integer. */
export function moduleOf(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const each = (write: (one: WasmFunction, index: number) => readonly number[]): readonly number[] => [functions.length, ...functions.flatMap(write)];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, each(({ parameters }) => [0x60, parameters, ...new Array<number>(parameters).fill(I32), 1, I32])),
    ...section(2, [1, ...text('env'), ...text('memory'), 0x02, 0x00, 1]),
    ...section(3, each((_one, index) => [index])),
    ...section(7, each(({ name }, index) => [...text(name), 0x00, index])),
    ...section(10, each(bodyOf)),
  ]);
}

function bodyOf({ ints, vectors, moreInts = 0, body }: WasmFunction): readonly number[] {
  const code = [3, ...unsigned(ints), I32, ...unsigned(vectors), V128, ...unsigned(moreInts), I32];
  body(code, []);
  code.push(0x0b);
  return [...unsigned(code.length), ...code];
}

function text(value: string): readonly number[] {
  return [value.length, ...[...value].map((char) => char.charCodeAt(0))];
}

function section(id: number, content: readonly number[]): readonly number[] {
  return [id, ...unsigned(content.length), ...content];
}

/** LEB128. */
function unsigned(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest];
}

function signed(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest < -64 || rest > 63; rest >>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest & 0x7f];
}
