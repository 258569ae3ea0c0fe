import { compareText } from '../../model/compare-text.ts';
import { mayBecome } from './aws-auth/fill-template.ts';

/** Names of users or groups, to be found by the templates that sessions fill in. */
export class NameIndex {
  readonly #sorted: readonly (readonly [name: string, text: string])[];

  /** Each name with what stands for it. */
  constructor(names: Iterable<readonly [name: string, text: string]>) {
    this.#sorted = [...names].sort(([a], [b]) => compareText(a, b));
  }

  /** What stands for the names that a template can be filled in to be. Only names that begin as it does are looked at. */
  fitting(template: string): readonly string[] {
    const [fixed = ''] = template.split('{{');
    const found: string[] = [];
    for (let at = this.#firstFrom(fixed); at < this.#sorted.length; at += 1) {
      const [name, text] = this.#sorted[at]!;
      if (!name.startsWith(fixed)) break;
      if (mayBecome(template, name)) found.push(text);
    }
    return found;
  }

  #firstFrom(prefix: string): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareText(this.#sorted[middle]![0], prefix) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
