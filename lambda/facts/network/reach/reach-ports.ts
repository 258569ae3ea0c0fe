import { LANES, type PortInterval, type PortSet, type PortTable } from '../reachability/port-table.ts';
import type { ReachPorts } from './reach-answer.ts';

/** A set of ports as people are told of it: a port that one family lets through is let through. */
export function portsOf(table: PortTable, set: PortSet): ReachPorts {
  const lanes = LANES.map((family) => table.read(set, family));
  if (lanes.some(({ ports, other }) => other && ports.length === 3 && ports.every(({ first, last }) => first === 1 && last === 65_535))) return { all: true };
  return { all: false, ports: joined(table, lanes.flatMap(({ ports }) => ports)) };
}

/** Whether protocols other than TCP, UDP and SCTP are in it. */
export function hasOtherProtocols(table: PortTable, set: PortSet): boolean {
  return LANES.some((family) => table.read(set, family).other);
}

function joined(table: PortTable, ports: readonly PortInterval[]): readonly PortInterval[] {
  return table.read(table.of(ports), 'IPv4').ports;
}
