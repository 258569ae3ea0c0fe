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

export interface Address {
  readonly family: Family;
  readonly value: bigint;
}

/** An address as a number, or `undefined` where the text is none. */
export function parseAddress(text: string): Address | undefined {
  const plain = plainIpv4(text);
  if (plain !== undefined) return { family: 'IPv4', value: BigInt(plain) };
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

/** Four decimal parts without leading zeros, as Kubernetes takes them; undefined: it is none. */
export function plainIpv4(text: string): number | undefined {
  let value = 0;
  let part = -1;
  let parts = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 46) {
      if (part < 0) return undefined;
      value = value * 256 + part;
      part = -1;
      parts++;
    } else if (code >= 48 && code <= 57) {
      if (part === 0) return undefined;
      part = part < 0 ? code - 48 : part * 10 + code - 48;
      if (part > 255) return undefined;
    } else return undefined;
  }
  return parts === 3 && part >= 0 ? value * 256 + part : undefined;
}
