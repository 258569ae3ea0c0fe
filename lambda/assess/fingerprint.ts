import { hash } from 'node:crypto';
import type { Violation } from '../model/violation.ts';

const HEX_DIGITS = 32;

function digest(parts: readonly string[]): string {
  // JSON keeps the parts apart whatever they hold.
  return hash('sha256', JSON.stringify(parts), 'hex').slice(0, HEX_DIGITS);
}

/** Identity of a finding: 128 bits in hex of (cluster, check, resource, key). */
export function fingerprintOf(cluster: string, check: string, { resource, key }: Pick<Violation, 'resource' | 'key'>): string {
  // The version of an API is not identity: an object does not change when it is read through another one.
  const group = resource.apiVersion.includes('/') ? resource.apiVersion.slice(0, resource.apiVersion.indexOf('/')) : '';
  return digest([cluster, check, group, resource.kind, resource.namespace ?? '', resource.name, key]);
}

/** Identity of an item: 128 bits in hex of (check, cause). Names no cluster. */
export function itemOf(check: string, cause: string): string {
  return digest([check, cause]);
}
