import { YamlFaultError } from './yaml-fault-error.ts';

/** What a scalar of YAML is after its tag and, where it stands bare, its looks are read. */
export type YamlScalar = null | boolean | number | string;

/** https://yaml.org/type/ with the spellings that go-yaml v2 knows (resolve.go of go.yaml.in/yaml/v2). */
const WORDS: ReadonlyMap<string, YamlScalar> = new Map<string, YamlScalar>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
]);

const CORE = 'tag:yaml.org,2002:';
const TIMESTAMP = /^\d{4}-\d{1,2}-\d{1,2}(?:$|[Tt ])/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
/** Underscores are left out before. Go reads a leading 0 as octal, and takes the prefixes of its own literals. */
const INTEGERS = [/^[-+]?(?:0|[1-9]\d*)$/, /^[-+]?0[oO]?[0-7]+$/, /^[-+]?0[xX][\da-fA-F]+$/, /^[-+]?0[bB][01]+$/];
const BASE64 = /^(?:[\dA-Za-z+/]{4})*(?:[\dA-Za-z+/]{2}==|[\dA-Za-z+/]{3}=)?$/;

/**
 * The value of a scalar. `bare`: it was written without quotes. `tag`: as written, with its prefix resolved; undefined: none.
 * Throws YamlFaultError where go-yaml refuses the whole document.
 */
export function resolveScalar(text: string, bare: boolean, tag: string | undefined): YamlScalar {
  if (tag === undefined) return bare ? implied(text) : text;
  if (tag === '!') return implied(text);
  if (!tag.startsWith(CORE)) return text;
  switch (tag.slice(CORE.length)) {
    case 'binary':
      return decoded(text);
    case 'bool':
      return demanded(implied(text), 'boolean', text, tag);
    case 'int':
      return whole(demanded(implied(text), 'number', text, tag), text, tag);
    case 'float':
      return demanded(implied(text), 'number', text, tag);
    case 'null':
      if (implied(text) !== null) throw refusal(text, tag);
      return null;
    case 'timestamp':
      if (!TIMESTAMP.test(text)) throw refusal(text, tag);
      return text;
    default:
      return text;
  }
}

function implied(text: string): YamlScalar {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  // A date is a text to whoever reads values of any type.
  if (!/^[-+.\d]/.test(text) || TIMESTAMP.test(text)) return text;
  if (text.startsWith('.')) return FLOAT.test(text) ? Number(text) : text;
  const plain = text.replaceAll('_', '');
  if (INTEGERS.some((form) => form.test(plain)) || FLOAT.test(plain)) return numberOf(plain);
  return text;
}

/** Of a number only that it is one matters, and that it is not infinite. */
function numberOf(plain: string): number {
  const value = Number(plain);
  return Number.isNaN(value) ? 0 : value;
}

function demanded<T extends 'boolean' | 'number'>(value: YamlScalar, type: T, text: string, tag: string): YamlScalar {
  if (typeof value !== type) throw refusal(text, tag);
  return value;
}

function whole(value: YamlScalar, text: string, tag: string): YamlScalar {
  if (!INTEGERS.some((form) => form.test(text.replaceAll('_', '')))) throw refusal(text, tag);
  return value;
}

function decoded(text: string): string {
  const base64 = text.replaceAll(/[\r\n]/g, '');
  if (!BASE64.test(base64)) throw new YamlFaultError('a !!binary value is no base64');
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
}

function refusal(text: string, tag: string): YamlFaultError {
  return new YamlFaultError(`"${text.slice(0, 40)}" is no !!${tag.slice(CORE.length)}`);
}
