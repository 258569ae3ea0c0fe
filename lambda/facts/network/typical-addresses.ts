import type { V1Pod } from '@kubernetes/client-node';
import { EVERY } from '../../model/fields.ts';
import { textOf } from '../as-read.ts';
import type { AddressSet } from '../cidr/address-set.ts';
import type { Family } from '../cidr/address-block.ts';
import { cutAddresses, type AddressAtoms, type Atom } from './reachability/address-atoms.ts';

/** No template says where those are that a controller made, which are nearly all. Of one address only: pods of EKS have no more (https://docs.aws.amazon.com/eks/latest/userguide/cni-ipv6.html). */
export const POD_ADDRESS_FIELDS: readonly string[] = ['spec.hostNetwork', 'status.podIP'].map((path) => `${EVERY}${path}`);

/** A piece of the address space counts that holds one of so many pods: where a single one happens to be changes no answer, and no subnet of a few is left out. */
const ONE_OF = 16;

/**
 * Where pods of this cluster have their addresses: by family one out of each piece of the address space (cut at the edges of `blocks`) in which many of them lie, sorted by piece.
 * A declared workload has no address yet; which one its next pod gets no policy can know, so it may be any like these.
 */
export function typicalAddresses(pods: readonly V1Pod[], blocks: readonly AddressSet[]): readonly string[] {
  const counts = new AddressCounts(cutAddresses(blocks));
  // No loop of our own: there are more pods than anything else, and the engine takes as long to translate one anew while it runs as it would have run.
  pods.forEach(({ spec, status }) => {
    const address = spec?.hostNetwork === true ? undefined : textOf(status?.podIP);
    if (address !== undefined) counts.add(address);
  });
  return counts.typical();
}

/** The same of the addresses of each pod. */
export function typicalOf(pods: Iterable<readonly string[]>, blocks: readonly AddressSet[]): readonly string[] {
  const counts = new AddressCounts(cutAddresses(blocks));
  for (const addresses of pods) for (const address of addresses) counts.add(address);
  return counts.typical();
}

/** How many addresses lie in a piece, and the first of them. */
interface Count {
  readonly address: string;
  pods: number;
}

class AddressCounts {
  readonly #atoms: AddressAtoms;
  readonly #counts: { readonly [F in Family]: Map<Atom, Count> } = { IPv4: new Map(), IPv6: new Map() };
  /** By the first three parts of an IPv4 address, where no block divides the 256 that have them: pods have theirs from few subnets, and most need not be read. */
  readonly #undivided = new Map<string, Count | undefined>();

  constructor(atoms: AddressAtoms) {
    this.#atoms = atoms;
  }

  add(address: string): void {
    const last = lastPartAt(address);
    const start = last > 1 ? address.slice(0, last - 1) : undefined;
    const known = start === undefined ? undefined : this.#undivided.get(start);
    if (known) {
      known.pods += 1;
      return;
    }
    const count = this.#count(address);
    if (count && start !== undefined && !this.#undivided.has(start)) this.#undivided.set(start, this.#isUndivided(start) ? count : undefined);
  }

  #count(address: string): Count | undefined {
    const at = this.#atoms.of(address);
    if (!at) return undefined;
    let count = this.#counts[at.family].get(at.atom);
    if (count) count.pods += 1;
    else this.#counts[at.family].set(at.atom, (count = { address, pods: 1 }));
    return count;
  }

  #isUndivided(start: string): boolean {
    const first = this.#atoms.of(`${start}.0`);
    return first?.family === 'IPv4' && first.atom === this.#atoms.of(`${start}.255`)?.atom;
  }

  typical(): readonly string[] {
    return [this.#counts.IPv4, this.#counts.IPv6].flatMap((byAtom) => {
      let all = 0;
      for (const { pods } of byAtom.values()) all += pods;
      const sorted = [...byAtom].sort(([a], [b]) => a - b).map(([, count]) => count);
      const many = sorted.filter(({ pods }) => pods * ONE_OF >= all);
      const most = sorted.reduce((a: Count | undefined, b) => (a && a.pods >= b.pods ? a : b), undefined);
      return (many.length > 0 || !most ? many : [most]).map(({ address }) => address);
    });
  }
}

/** Where a text's last part begins, if behind a dot it ends as an IPv4 address does, with up to 255 in decimal and without leading zeros; else 0. */
function lastPartAt(text: string): number {
  let value = 0;
  let unit = 1;
  for (let i = text.length - 1; i >= 0 && unit <= 1000; i--) {
    const character = text.charCodeAt(i);
    if (character === DOT) return unit > 1 && value <= 255 && (unit === 10 || value >= unit / 10) ? i + 1 : 0;
    if (character < ZERO || character > NINE) return 0;
    value += (character - ZERO) * unit;
    unit *= 10;
  }
  return 0;
}

const [DOT, ZERO, NINE] = [46, 48, 57];
