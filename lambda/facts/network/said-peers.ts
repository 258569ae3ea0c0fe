import { madeOnce } from '../../model/made-once.ts';
import { extentOf, type Extent } from './block-extent.ts';
import type { Family } from '../cidr/address-block.ts';
import { EVERYTHING, type Selector } from './label-selector.ts';
import type { Peer } from './policy.ts';
import { peerText } from './rule-faults.ts';
import { SayingsOfPeer, type Saying } from './said-ports.ts';

/** Many rules of one direction for the same pods, by peer. */
export class SaidPeers {
  #everybody: SayingsOfPeer | undefined;
  /** By the selectors of namespaces and of pods. */
  readonly #pods = new Map<SelectorKey, Map<SelectorKey, SayingsOfPeer>>();
  /** Blocks without exceptions, by size and first address; those with some by their text. */
  readonly #blocks: { readonly [F in Family]: Map<bigint, Map<bigint, SayingsOfPeer>> } = { IPv4: new Map(), IPv6: new Map() };
  readonly #excepting = new Map<string, SayingsOfPeer>();

  add(saying: Saying): void {
    const { everybody, peers } = saying.rule;
    if (everybody) (this.#everybody ??= new SayingsOfPeer()).add(saying);
    // What is not understood is the same as nothing.
    for (const peer of peers) if (peer.type !== 'other') this.#of(peer).add(saying);
  }

  /** Adds to a list what is said of the peer itself, and of all that hold it whatever there is in the cluster. `peer` absent: of everybody. */
  addAbout(peer: Peer | undefined, list: SayingsOfPeer[]): void {
    const add = (sayings: SayingsOfPeer | undefined): void => {
      if (sayings) list.push(sayings);
    };
    add(this.#everybody);
    if (peer?.type === 'pods') {
      const namespaces = keyOf(peer.namespaces);
      const pods = keyOf(peer.pods);
      this.#addPods(this.#pods.get(namespaces), pods, list);
      if (namespaces !== EVERYTHING) this.#addPods(this.#pods.get(EVERYTHING), pods, list);
    } else if (peer?.type === 'block') {
      if (peer.excepting) add(this.#excepting.get(peerText(peer)));
      const extent = extentOf(peer);
      // There are as many sizes as lengths of a prefix, at most.
      for (const [size, byFirst] of extent ? this.#blocks[extent.family] : []) {
        const first = extent!.first - (extent!.first % size);
        if (extent!.last < first + size) add(byFirst.get(first));
      }
    }
  }

  #addPods(byPods: ReadonlyMap<SelectorKey, SayingsOfPeer> | undefined, pods: SelectorKey, list: SayingsOfPeer[]): void {
    if (!byPods) return;
    const alike = byPods.get(pods);
    if (alike) list.push(alike);
    const all = pods === EVERYTHING ? undefined : byPods.get(EVERYTHING);
    if (all) list.push(all);
  }

  #of(peer: Exclude<Peer, { type: 'other' }>): SayingsOfPeer {
    if (peer.type === 'block') {
      const extent = peer.excepting ? undefined : extentOf(peer);
      return extent ? this.#ofBlock(extent) : keptIn(this.#excepting, peerText(peer));
    }
    const namespaces = keyOf(peer.namespaces);
    return keptIn(madeOnce(this.#pods, namespaces, () => new Map<SelectorKey, SayingsOfPeer>()), keyOf(peer.pods));
  }

  #ofBlock({ family, first, last }: Extent): SayingsOfPeer {
    const size = last - first + 1n;
    return keptIn(madeOnce(this.#blocks[family], size, () => new Map<bigint, SayingsOfPeer>()), first);
  }
}

/** Equal selectors of one snapshot are one object. */
type SelectorKey = Selector | typeof OWN;
const OWN = 'own';

function keyOf(selector: Selector | undefined): SelectorKey {
  return selector ?? OWN;
}

function keptIn<K>(known: Map<K, SayingsOfPeer>, key: K): SayingsOfPeer {
  return madeOnce(known, key, () => new SayingsOfPeer());
}
