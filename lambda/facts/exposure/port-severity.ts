import type { Severity } from '../../model/severity.ts';

/** What the web is served on: open to the Internet, it is mostly meant to be. */
const WEB_PORTS: ReadonlySet<number> = new Set([80, 443]);

/** Ports of databases, queues, remote shells and administration, by the registrations of IANA and their makers. */
const SENSITIVE_PORTS: ReadonlySet<number> = new Set([
  22, 23, 135, 139, 445, 1433, 1521, 2049, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 4194, 5432, 5601, 5672, 5900, 5984, 5985, 5986, 6379, 6443,
  7001, 7199, 7474, 7687, 8086, 8500, 8529, 9042, 9092, 9200, 9300, 10250, 10255, 10259,
  11211, 11434, 15672, 16686, 26257, 27017, 27018, 28015, 50000, 61616,
]);

/** By the ports outside and those of the containers: a database behind 443 is a database. */
export function exposedPortSeverity(outside: readonly number[], containers: readonly number[]): Severity {
  if ([...outside, ...containers].some((port) => SENSITIVE_PORTS.has(port))) return 'high';
  return outside.every((port) => WEB_PORTS.has(port)) ? 'info' : 'medium';
}
