import { extentOf } from './block-extent.ts';
import { EVERYTHING } from './label-selector.ts';
import type { Peer, PolicyPort, PolicyRule } from './policy.ts';
import { peerText } from './rule-faults.ts';
import { SaidPeers } from './said-peers.ts';
import { areTwo, says, type Saying, type SayingsOfPeer } from './said-ports.ts';

/** So many rules are looked through one by one: to index them takes longer. */
const FEW = 8;

/** Rules of one direction for the same pods. */
export class SaidRules {
  readonly #all: Saying[] = [];
  #index: SaidPeers | undefined;
  #about: { readonly peer: Peer | undefined; readonly list: readonly SayingsOfPeer[] } | undefined;

  add(saying: Saying): void {
    this.#all.push(saying);
  }

  /**
   * Another rule that lets through to all of this peer on all of this port, whatever there is in the cluster; one of another policy where there is one. `peer` absent: to
   * everybody; `port` absent: on all there are.
   */
  other(own: Saying, peer: Peer | undefined, port: PolicyPort | undefined): Saying | undefined {
    let found: Saying | undefined;
    if (this.#all.length <= FEW) {
      // By index: asked of each peer of each rule.
      for (let i = 0; i < this.#all.length; i++) {
        const saying = this.#all[i]!;
        if (!areTwo(saying, own) || !isAbout(saying.rule, peer) || !says(saying.rule, port)) continue;
        if (saying.policy !== own.policy) return saying;
        found ??= saying;
      }
      return found;
    }
    for (const sayings of this.#sayingsAbout(peer)) {
      const one = sayings.other(own, port);
      if (one && one.policy !== own.policy) return one;
      found ??= one;
    }
    return found;
  }

  /** Asked of one peer for each of its ports. */
  #sayingsAbout(peer: Peer | undefined): readonly SayingsOfPeer[] {
    if (!this.#about || this.#about.peer !== peer) {
      const list: SayingsOfPeer[] = [];
      this.#index ??= indexOf(this.#all);
      this.#index.addAbout(peer, list);
      this.#about = { peer, list };
    }
    return this.#about.list;
  }
}

function indexOf(sayings: readonly Saying[]): SaidPeers {
  const index = new SaidPeers();
  for (const saying of sayings) index.add(saying);
  return index;
}

/** Whether a rule names all that the peer means, whatever there is in the cluster. */
function isAbout({ everybody, peers }: PolicyRule, peer: Peer | undefined): boolean {
  if (everybody || peer === undefined) return everybody;
  for (let i = 0; i < peers.length; i++) if (holds(peers[i]!, peer)) return true;
  return false;
}

function holds(wide: Peer, peer: Peer): boolean {
  if (wide.type === 'pods') return peer.type === 'pods' && (wide.namespaces === peer.namespaces || wide.namespaces === EVERYTHING) && (wide.pods === peer.pods || wide.pods === EVERYTHING);
  if (wide.type !== 'block' || peer.type !== 'block') return false;
  if (wide.excepting) return peer.excepting && peerText(wide) === peerText(peer);
  const [around, inner] = [extentOf(wide), extentOf(peer)];
  return around !== undefined && inner !== undefined && around.family === inner.family && around.first <= inner.first && inner.last <= around.last;
}
