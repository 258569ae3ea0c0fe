import { parseAddress, parseBlock } from '../../lambda/facts/cidr/address-block.ts';
import { setOfBlocks } from '../../lambda/facts/cidr/address-set.ts';
import { PUBLIC_ADDRESSES } from '../../lambda/facts/cidr/internet.ts';
import type { AskedEnd, ReachQuestion } from '../../lambda/facts/network/reach/reach-answer.ts';
import { UsageError } from '../usage-error.ts';

/** `internet`, an address or block, NAMESPACE, or NAMESPACE/NAME of a workload or a pod. */
export function askedEnd(text: string): AskedEnd {
  if (text === 'internet') return { type: 'addresses', text, set: PUBLIC_ADDRESSES };
  const address = parseAddress(text);
  const block = parseBlock(address ? `${text}/${address.family === 'IPv4' ? 32 : 128}` : text);
  if (block) return { type: 'addresses', text, set: setOfBlocks([block]) };
  const [namespace, name, ...more] = text.split('/');
  if (!namespace || name === '' || more.length > 0) throw new UsageError(`${JSON.stringify(text)} is neither internet nor an address, a block, NAMESPACE or NAMESPACE/NAME`);
  return name === undefined ? { type: 'namespace', namespace } : { type: 'named', namespace, name };
}

/** `443`, `udp/53`, `53/udp`. */
export function askedPort(text: string): NonNullable<ReachQuestion['port']> {
  const parts = text.split('/');
  const number = Number(parts.find((part) => /^[0-9]{1,5}$/.test(part)));
  const protocol = (parts.find((part) => !/^[0-9]/.test(part)) ?? 'TCP').toUpperCase();
  if (parts.length > 2 || !(number >= 1 && number <= 65_535) || !['TCP', 'UDP', 'SCTP'].includes(protocol)) throw new UsageError(`--port ${JSON.stringify(text)}: it is a number from 1 to 65535, with a protocol or without: 443, udp/53`);
  return { protocol, first: number, last: number };
}
