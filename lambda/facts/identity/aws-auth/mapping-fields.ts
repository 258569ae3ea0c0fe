import type { YamlMap, YamlValue } from './yaml-value.ts';

/** Told of a value of the wrong type, with the field that it stands in. */
export type WrongType = (field: string, wanted: string) => void;

/**
 * What Go's encoding/json does when it fills a struct: names of fields in any case; where several spellings stand, they are taken in the order of their code units,
 * each over the one before; a value of the wrong type is an error and changes nothing; null leaves a text as it is and empties a list.
 * https://pkg.go.dev/encoding/json#Unmarshal
 */
export class MappingFields {
  readonly #map: YamlMap;
  readonly #wrong: WrongType;

  constructor(map: YamlMap, wrong: WrongType) {
    this.#map = map;
    this.#wrong = wrong;
  }

  text(field: string): string {
    let kept = '';
    for (const value of this.#spellings(field)) {
      if (typeof value === 'string') kept = value;
      else if (value !== null) this.#wrong(field, 'a text');
    }
    return kept;
  }

  texts(field: string): readonly string[] {
    let kept: string[] = [];
    for (const value of this.#spellings(field)) {
      if (value === null) kept = [];
      else if (Array.isArray(value)) kept = this.#filled(field, value as readonly YamlValue[], kept);
      else this.#wrong(field, 'a list');
    }
    return kept;
  }

  /** Undefined: it is not there, or null. */
  mapping<T>(field: string, read: (fields: MappingFields) => T): T | undefined {
    const merged = new Map<string, YamlValue>();
    let there = false;
    for (const value of this.#spellings(field)) {
      if (value === null) {
        there = false;
        merged.clear();
      } else if (value instanceof Map) {
        there = true;
        for (const [name, inner] of value as YamlMap) merged.set(name, inner);
      } else {
        // The struct is made before its value is found to be none.
        there = true;
        this.#wrong(field, 'a mapping');
      }
    }
    return there ? read(new MappingFields(merged, (inner, wanted) => this.#wrong(`${field}.${inner}`, wanted))) : undefined;
  }

  /** A list is filled in place: where an item is null or of the wrong type, what stood there before stays. */
  #filled(field: string, items: readonly YamlValue[], before: readonly string[]): string[] {
    return items.map((item, index) => {
      if (typeof item === 'string') return item;
      if (item !== null) this.#wrong(field, 'texts alone');
      return before[index] ?? '';
    });
  }

  #spellings(field: string): readonly YamlValue[] {
    const wanted = folded(field);
    const names = [...this.#map.keys()].filter((name) => name.length === field.length && folded(name) === wanted);
    return names.sort().map((name) => this.#map.get(name)!);
  }
}

/** Simple case folding, character by character: the Kelvin sign is a k, and ß is no ss. */
export function folded(text: string): string {
  let out = '';
  for (const character of text) {
    const upper = character.toUpperCase();
    out += upper.length === character.length ? upper.toLowerCase() : character;
  }
  return out;
}
