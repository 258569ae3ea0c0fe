import type { Direction } from '../policy.ts';
import { classSetOf, eachClass, type ClassSet } from '../reachability/class-set.ts';
import { SetTable } from '../reachability/forms.ts';
import type { PortSet } from '../reachability/port-table.ts';
import type { Reachability } from '../reachability/reachability.ts';

/** What policies let through in one direction, over classes that two clusters share. Equal ones have equal numbers. */
export interface JointForm {
  /** No peer is in two parts. */
  readonly parts: readonly { readonly ports: PortSet; readonly peers: ClassSet }[];
}

/** Forms of either side, each once, so that what did not change is known by its number. */
export class JointForms {
  readonly sets = new SetTable();
  readonly #forms: JointForm[] = [{ parts: [] }];
  readonly #byKey = new Map<string, number>([['', NOTHING]]);

  get(number: number): JointForm {
    return this.#forms[number]!;
  }

  numberOf(parts: readonly { readonly ports: PortSet; readonly peers: ClassSet }[]): number {
    // The same set on two families' lanes is one part.
    const numbered = parts.map(({ ports, peers }) => ({ ports, set: this.sets.numberOf(peers) })).sort((a, b) => a.ports - b.ports || a.set - b.set);
    const key = numbered.map(({ ports, set }) => `${ports} ${set}`).join();
    let number = this.#byKey.get(key);
    if (number === undefined) {
      number = this.#forms.push({ parts: numbered.map(({ ports, set }) => ({ ports, peers: this.sets.get(set) })) }) - 1;
      this.#byKey.set(key, number);
    }
    return number;
  }
}

/** The form of who is not there. */
export const NOTHING = 0;

/**
 * Forms of one side's classes. `joint`: by class of that side the shared classes that are of it. Each profile and each set is translated once.
 */
export function formReader(forms: JointForms, joint: readonly (readonly number[])[]): (reading: Reachability, classNumber: number, direction: Direction) => number {
  const sets = new SetTable();
  const translated = new Map<number, ClassSet>();
  const known = new Map<Reachability, { readonly [D in Direction]: Map<number, number> }>();

  function translate(set: ClassSet): ClassSet {
    const number = sets.numberOf(set);
    let peers = translated.get(number);
    if (!peers) {
      const numbers: number[] = [];
      eachClass(set, (each) => {
        for (const number of joint[each] ?? []) numbers.push(number);
      });
      translated.set(number, (peers = classSetOf(numbers.sort((a, b) => a - b))));
    }
    return peers;
  }

  return (reading, classNumber, direction) => {
    let own = known.get(reading);
    if (!own) known.set(reading, (own = { ingress: new Map(), egress: new Map() }));
    const profile = reading.profiles.byClass[direction][classNumber]!;
    let form = own[direction].get(profile);
    if (form === undefined) {
      const parts = reading.profiles.all[profile]!.admission.map(({ ports, peers }) => ({ ports, peers: translate(peers) })).filter(({ peers }) => peers.at.length > 0);
      own[direction].set(profile, (form = forms.numberOf(parts)));
    }
    return form;
  };
}
