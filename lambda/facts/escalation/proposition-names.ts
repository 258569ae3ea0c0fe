import type { Deed } from './deeds.ts';
import { keyOf, type Meaning } from './meaning.ts';
import type { Proposition } from './rule-system.ts';

type ByPlace = Map<string | undefined, Proposition>;

/**
 * Which proposition says what. Those that are most of all are found by their kind and their place, without a text being made of them; the others by their
 * keys.
 */
export class PropositionNames {
  readonly #byKind = new Map<string, ByPlace>();
  readonly #byKey = new Map<string, Proposition>();

  get(meaning: Meaning): Proposition | undefined {
    if (meaning.is === 'deed') return isUnlimited(meaning.deed) ? this.deed(meaning.deed, meaning.namespace) : this.#byKey.get(keyOf(meaning));
    const place = placeOf(meaning);
    return place === ELSEWHERE ? this.#byKey.get(keyOf(meaning)) : this.#byKind.get(meaning.is)?.get(place);
  }

  /** Of a deed without limits alone. */
  deed(deed: Deed, namespace: string | undefined): Proposition | undefined {
    return isUnlimited(deed) ? this.#byKind.get(deed.kind)?.get(namespace) : undefined;
  }

  set(meaning: Meaning, proposition: Proposition): void {
    const place = meaning.is === 'deed' ? (isUnlimited(meaning.deed) ? meaning.namespace : ELSEWHERE) : placeOf(meaning);
    if (place === ELSEWHERE) {
      this.#byKey.set(keyOf(meaning), proposition);
      return;
    }
    const kind = meaning.is === 'deed' ? meaning.deed.kind : meaning.is;
    let byPlace = this.#byKind.get(kind);
    if (!byPlace) this.#byKind.set(kind, (byPlace = new Map()));
    byPlace.set(place, proposition);
  }
}

/** What is told apart by more than a kind and one text. */
const ELSEWHERE = Symbol('by its key');

function placeOf(meaning: Exclude<Meaning, { is: 'deed' }>): string | undefined | typeof ELSEWHERE {
  switch (meaning.is) {
    case 'identity':
    case 'default-part':
      return meaning.subject;
    case 'unread':
    case 'unread-iam':
      return meaning.source;
    case 'accounts':
    case 'named-accounts':
    case 'inside-pods':
    case 'everything':
    case 'bound-to-some-role':
    case 'control':
      return meaning.namespace;
    default:
      return ELSEWHERE;
  }
}

/** Who has every right by a binding is said once, wherever that stands. */
function isUnlimited({ kind, name, joining }: Deed): boolean {
  return kind !== 'admin' && name === undefined && joining === undefined;
}
