import type { V1Pod } from '@kubernetes/client-node';
import type { AddressSet } from '../cidr/address-set.ts';
import type { Family } from '../cidr/address-block.ts';
import { cutAddresses, type Atom } from './reachability/address-atoms.ts';
import { addressesOfPod, isFinished } from './reachability/live-endpoints.ts';

/**
 * Where pods of this cluster have their addresses: by family one out of the piece of the address space (cut at the edges of `blocks`) that most of them lie in.
 * A declared workload has no address yet; which one its next pod gets no policy can know, so it is judged by one like these.
 */
export function typicalAddresses(pods: readonly V1Pod[], blocks: readonly AddressSet[]): readonly string[] {
  return typicalOf(pods.filter((pod) => pod.spec?.hostNetwork !== true && !isFinished(pod)).map(addressesOfPod), blocks);
}

/** The same of the addresses of each pod. */
export function typicalOf(pods: Iterable<readonly string[]>, blocks: readonly AddressSet[]): readonly string[] {
  const atoms = cutAddresses(blocks);
  const counts: { readonly [F in Family]: Map<Atom, { readonly address: string; pods: number }> } = { IPv4: new Map(), IPv6: new Map() };
  for (const addresses of pods) {
    for (const address of addresses) {
      const at = atoms.of(address);
      if (!at) continue;
      const known = counts[at.family].get(at.atom);
      if (known) known.pods += 1;
      else counts[at.family].set(at.atom, { address, pods: 1 });
    }
  }
  return [counts.IPv4, counts.IPv6].flatMap((byAtom) => {
    const most = [...byAtom].sort(([a, x], [b, y]) => y.pods - x.pods || a - b)[0];
    return most ? [most[1].address] : [];
  });
}
