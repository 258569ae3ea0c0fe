import type { ContainerPort } from './endpoint.ts';

export interface NumberedPorts {
  readonly number: number;
  /** Sorted. */
  readonly ports: readonly ContainerPort[];
}

export const NO_PORTS: NumberedPorts = { number: 0, ports: [] };

/** Ports of containers that some policy names, each set of them once. */
export class NamedPortsTable {
  readonly #names: ReadonlySet<string>;
  readonly #known = new Map<string, NumberedPorts>();

  constructor(names: ReadonlySet<string>) {
    this.#names = names;
  }

  of(ports: readonly ContainerPort[]): NumberedPorts {
    if (this.#names.size === 0 || ports.length === 0) return NO_PORTS;
    if (ports.length === 1 && !this.#names.has(ports[0]!.name)) return NO_PORTS;
    const used = ports.filter(({ name }) => this.#names.has(name));
    if (used.length === 0) return NO_PORTS;
    if (used.length > 1) used.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
    const text = used.length === 1 ? orderOf(used[0]!) : used.map(orderOf).join();
    let known = this.#known.get(text);
    if (!known) this.#known.set(text, (known = { number: this.#known.size + 1, ports: used }));
    return known;
  }
}

/** JSON keeps the parts apart whatever they hold. */
function orderOf({ name, protocol, port }: ContainerPort): string {
  return JSON.stringify([name, protocol, port]);
}
