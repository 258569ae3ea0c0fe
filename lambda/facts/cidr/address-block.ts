import ipaddr from 'ipaddr.js';

export type Family = 'IPv4' | 'IPv6';

/** Bits of an address. */
export const ADDRESS_BITS: { readonly [F in Family]: number } = { IPv4: 32, IPv6: 128 };

/** The addresses of one CIDR block, first and last included. */
export interface AddressBlock {
  readonly family: Family;
  readonly prefix: number;
  readonly first: bigint;
  readonly last: bigint;
}

/**
 * A CIDR block, or `undefined` where the text is none. Bits after the prefix are ignored, as EC2 and Kubernetes do. Leading zeros, hexadecimal,
 * fewer than four parts and zones are refused: programs read them differently.
 */
export function parseBlock(text: unknown): AddressBlock | undefined {
  if (typeof text !== 'string') return undefined;
  const slash = text.indexOf('/');
  if (slash < 0 || !/^(0|[1-9]\d{0,2})$/.test(text.slice(slash + 1))) return undefined;
  const address = parseAddress(text.slice(0, slash));
  if (!address) return undefined;
  const bits = ADDRESS_BITS[address.family];
  const prefix = Number(text.slice(slash + 1));
  if (prefix > bits) return undefined;
  const size = 1n << BigInt(bits - prefix);
  const first = address.value - (address.value % size);
  return { family: address.family, prefix, first, last: first + size - 1n };
}

/** An address as a number, or `undefined` where the text is none. */
export function parseAddress(text: string): { readonly family: Family; readonly value: bigint } | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return { family: 'IPv4', value: numberOf(ipaddr.IPv4.parse(text).toByteArray()) };
  if (text.includes('%') || !text.includes(':') || !ipaddr.IPv6.isValid(text)) return undefined;
  return { family: 'IPv6', value: numberOf(ipaddr.IPv6.parse(text).toByteArray()) };
}

/** An address as it is written, from its number. */
export function addressText(family: Family, value: bigint): string {
  const bytes = Array.from({ length: ADDRESS_BITS[family] / 8 }, (_, i) => Number((value >> BigInt(ADDRESS_BITS[family] - 8 * (i + 1))) & 255n));
  return ipaddr.fromByteArray(bytes).toString();
}

function numberOf(bytes: readonly number[]): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return value;
}
