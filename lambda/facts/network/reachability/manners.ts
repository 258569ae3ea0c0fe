import type { Direction } from '../policy.ts';
import type { EndpointClass } from './classes.ts';
import type { ContainerPort } from './endpoint.ts';
import { NumberLists } from './number-lists.ts';
import type { PortSet, PortTable } from './port-table.ts';

/** What besides its policies decides about a class in one direction. Equal ones have equal numbers. */
export interface Manner {
  readonly number: number;
  /** Connections that it can have: of all ports, in the families that it has addresses of. */
  readonly lane: PortSet;
  readonly closed: boolean;
  /** For an ingress, which asks the class itself for them. */
  readonly namedPorts: readonly ContainerPort[];
}

/** Each manner once: there are few, however many classes. */
export class Manners {
  readonly #table: PortTable;
  readonly #keys = new NumberLists();
  readonly #known = new Map<number, Manner>();
  /** Equal ones of classes are one object. */
  readonly #ports = new Map<readonly ContainerPort[], number>();

  constructor(table: PortTable) {
    this.#table = table;
  }

  of({ families, namedPorts: named }: EndpointClass, direction: Direction, closed: boolean): Manner {
    const namedPorts = direction === 'ingress' ? named : NO_PORTS;
    const lane = families.length === 1 ? this.#table.lanes[families[0]!] : this.#table.all;
    const number = this.#keys.add(this.#keys.add(this.#numberOf(namedPorts), closed ? 1 : 0), lane);
    let manner = this.#known.get(number);
    if (!manner) this.#known.set(number, (manner = { number, lane, closed, namedPorts }));
    return manner;
  }

  #numberOf(ports: readonly ContainerPort[]): number {
    if (ports.length === 0) return 0;
    let number = this.#ports.get(ports);
    if (number === undefined) this.#ports.set(ports, (number = this.#ports.size + 1));
    return number;
  }
}

const NO_PORTS: readonly ContainerPort[] = [];
