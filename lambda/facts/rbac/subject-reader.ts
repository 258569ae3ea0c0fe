import { subjectText, type Subject } from './subject.ts';

/** Whom bindings name: one object for all that name him. */
export interface BoundSubject {
  readonly text: string;
  readonly subject: Subject;
  /** Counted from 0, in the order in which bindings name them first. */
  readonly number: number;
}

/** What stands in `subjects` of a binding as whoever reads it wants to see it; undefined: nobody. */
export type ReadSubject = (subject: unknown, bindingNamespace?: string) => Subject | undefined;

const NOBODY: readonly BoundSubject[] = [];
/** Up to so many, each is compared with those before it. */
const FEW = 8;

/** Reads the subjects of bindings, each of them once: a subject that a thousand bindings name is one object. */
export class SubjectReader {
  readonly #readSubject: ReadSubject;
  /** By how they are written: kind, namespace and name. */
  readonly #asWritten = new Map<string, BoundSubject>();
  /** Those that were met in another spelling than their own, by their text. */
  readonly #respelt = new Map<string, BoundSubject>();
  #count = 0;

  constructor(readSubject: ReadSubject) {
    this.#readSubject = readSubject;
  }

  /** Without repeats, in their order. */
  read(subjects: unknown, bindingNamespace?: string): readonly BoundSubject[] {
    if (!Array.isArray(subjects) || subjects.length === 0) return NOBODY;
    const bound: BoundSubject[] = [];
    const seen = subjects.length > FEW ? new Set<BoundSubject>() : undefined;
    for (const raw of subjects as readonly unknown[]) {
      const subject = this.#one(raw, bindingNamespace);
      if (!subject || (seen ? seen.has(subject) : bound.includes(subject))) continue;
      seen?.add(subject);
      bound.push(subject);
    }
    return bound;
  }

  #one(raw: unknown, bindingNamespace: string | undefined): BoundSubject | undefined {
    const as = asWritten(raw, bindingNamespace);
    if (as === undefined) return undefined;
    const known = this.#asWritten.get(as);
    if (known) return known;
    const subject = this.#readSubject(raw, bindingNamespace);
    if (!subject) return undefined;
    const text = subjectText(subject);
    const bound = this.#inOwnSpelling(text) ?? { text: text === as ? as : text, subject, number: this.#count };
    if (bound.number === this.#count) {
      this.#count += 1;
      if (text !== as) this.#respelt.set(text, bound);
    }
    this.#asWritten.set(as, bound);
    return bound;
  }

  #inOwnSpelling(text: string): BoundSubject | undefined {
    const bound = this.#asWritten.get(text);
    return bound?.text === text ? bound : this.#respelt.get(text);
  }
}

/** All that a subject is read from; undefined: it can be nobody. */
function asWritten(raw: unknown, bindingNamespace: string | undefined): string | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const { kind, name = '', namespace } = raw as { kind?: unknown; name?: unknown; namespace?: unknown };
  if (typeof name !== 'string' || typeof kind !== 'string') return undefined;
  if (kind === 'User' || kind === 'Group') return `${kind} ${name}`;
  if (kind !== 'ServiceAccount') return undefined;
  return `${kind} ${typeof namespace === 'string' && namespace !== '' ? namespace : (bindingNamespace ?? '')}/${name}`;
}
