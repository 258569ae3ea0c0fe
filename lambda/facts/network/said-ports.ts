import type { NamespacedPolicy, PolicyPort, PolicyRule } from './policy.ts';

/** A rule, and the policy that it stands in. */
export interface Saying {
  readonly policy: NamespacedPolicy;
  readonly rule: PolicyRule;
}

/** Policies share rules that are written alike. */
export function areTwo(a: Saying, b: Saying): boolean {
  return a.rule !== b.rule || a.policy !== b.policy;
}

/** Of all who say one thing as many as it takes to name, for whomever asks, another rule and one of another policy. */
class Sayings {
  readonly #kept: Saying[] = [];

  add(saying: Saying): void {
    const [first, ...others] = this.#kept;
    if (!first) this.#kept.push(saying);
    else if (saying.policy !== first.policy ? others.every(({ policy }) => policy === first.policy) : others.length === 0) this.#kept.push(saying);
  }

  other(own: Saying): Saying | undefined {
    return this.#kept.find(({ policy }) => policy !== own.policy) ?? this.#kept.find((each) => areTwo(each, own));
  }
}

interface Range {
  readonly first: number;
  readonly last: number;
  readonly saying: Saying;
}

/** So many rules for one peer are looked through one by one. */
const FEW = 8;

/** Rules for one and the same peer. */
export class SayingsOfPeer {
  readonly #all: Saying[] = [];
  #index: SaidPorts | undefined;

  add(saying: Saying): void {
    this.#all.push(saying);
  }

  /** Some other rule that lets through on all of this port, one of another policy where there is one. `port` absent: on all there are. */
  other(own: Saying, port: PolicyPort | undefined): Saying | undefined {
    if (this.#all.length > FEW) return (this.#index ??= indexOf(this.#all)).other(own, port);
    let found: Saying | undefined;
    for (const saying of this.#all) {
      if (!areTwo(saying, own) || !says(saying.rule, port)) continue;
      if (saying.policy !== own.policy) return saying;
      found ??= saying;
    }
    return found;
  }
}

/** Whether a rule lets through on all of a port; absent: on all there are. */
export function says({ ports }: PolicyRule, asked: PolicyPort | undefined): boolean {
  if (ports.length === 0) return true;
  if (!asked) return false;
  // By index: asked of each rule for each port of others.
  for (let i = 0; i < ports.length; i++) if (holds(ports[i]!, asked)) return true;
  return false;
}

function holds({ protocol, port, endPort }: PolicyPort, asked: PolicyPort): boolean {
  if (protocol !== asked.protocol) return false;
  if (port === undefined || typeof port !== 'number' || typeof asked.port !== 'number') return port === undefined || (port === asked.port && endPort === asked.endPort);
  return port <= asked.port && (asked.endPort ?? asked.port) <= (endPort ?? port);
}

function indexOf(sayings: readonly Saying[]): SaidPorts {
  const index = new SaidPorts();
  for (const saying of sayings) index.add(saying);
  return index;
}

/** What many rules for one peer say, by port. */
class SaidPorts {
  readonly #all = new Sayings();
  readonly #byText = new Map<string, Sayings>();
  readonly #ranges = new Map<string, Range[]>();
  /** By protocol, sorted by where they begin: which of the ranges up to there reach farthest. Made when first asked. */
  readonly #farthest = new Map<string, readonly { readonly first: number; readonly reach: readonly Range[] }[]>();

  add(saying: Saying): void {
    const { ports } = saying.rule;
    if (ports.length === 0) this.#all.add(saying);
    for (const port of ports) {
      const text = portText(port);
      let known = this.#byText.get(text);
      if (!known) this.#byText.set(text, (known = new Sayings()));
      known.add(saying);
      if (typeof port.port !== 'number') continue;
      const range = { first: port.port, last: port.endPort ?? port.port, saying };
      const ranges = this.#ranges.get(port.protocol);
      if (ranges) ranges.push(range);
      else this.#ranges.set(port.protocol, [range]);
    }
  }

  other(own: Saying, port: PolicyPort | undefined): Saying | undefined {
    const found = this.#all.other(own);
    if (!port || (found && found.policy !== own.policy)) return found;
    const others = [found, this.#byText.get(portText({ protocol: port.protocol }))?.other(own), this.#byText.get(portText(port))?.other(own), this.#wider(own, port)];
    return others.find((each) => each !== undefined && each.policy !== own.policy) ?? others.find((each) => each !== undefined);
  }

  #wider(own: Saying, { protocol, port, endPort }: PolicyPort): Saying | undefined {
    if (typeof port !== 'number') return undefined;
    const sorted = this.#sorted(protocol);
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle]!.first <= port) low = middle + 1;
      else high = middle;
    }
    const reaching = (low === 0 ? [] : sorted[low - 1]!.reach).filter(({ last }) => last >= (endPort ?? port));
    return (reaching.find(({ saying }) => saying.policy !== own.policy) ?? reaching.find(({ saying }) => areTwo(saying, own)))?.saying;
  }

  #sorted(protocol: string): readonly { readonly first: number; readonly reach: readonly Range[] }[] {
    let sorted = this.#farthest.get(protocol);
    if (!sorted) {
      let reach: readonly Range[] = [];
      sorted = [...(this.#ranges.get(protocol) ?? [])].sort((a, b) => a.first - b.first).map((range) => ({ first: range.first, reach: (reach = farthestOf([...reach, range])) }));
      this.#farthest.set(protocol, sorted);
    }
    return sorted;
  }
}

/** The one that reaches farthest, the next one of another rule and the next one of another policy: whoever asks finds another's among them. */
function farthestOf(ranges: readonly Range[]): readonly Range[] {
  const byReach = [...ranges].sort((a, b) => b.last - a.last);
  const first = byReach[0]!;
  const ofRule = byReach.find(({ saying }) => areTwo(saying, first.saying));
  const ofPolicy = byReach.find(({ saying }) => saying.policy !== first.saying.policy);
  return [...new Set([first, ofRule, ofPolicy])].filter((range) => range !== undefined);
}

function portText({ protocol, port, endPort }: PolicyPort): string {
  return JSON.stringify([protocol, port, typeof port === 'number' && endPort === port ? undefined : endPort]);
}
