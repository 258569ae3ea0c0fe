import { addressText, type Family } from '../../cidr/address-block.ts';
import { FAMILIES, type AddressSet } from '../../cidr/address-set.ts';
import { PUBLIC_ADDRESSES } from '../../cidr/internet.ts';

/** Addresses that no block tells apart: one of them, and how many there are. */
export interface AddressPiece {
  readonly family: Family;
  readonly address: string;
  readonly size: number;
}

/** The Internet, cut at the edges of blocks. In O(n log n) of their intervals. */
export function publicPieces(blocks: readonly AddressSet[]): readonly AddressPiece[] {
  return piecesOf(PUBLIC_ADDRESSES, blocks);
}

/** A set of addresses, cut at the edges of blocks. */
export function piecesOf(whole: AddressSet, blocks: readonly AddressSet[]): readonly AddressPiece[] {
  return FAMILIES.flatMap((family) => {
    const edges = [...new Set(blocks.flatMap((set) => set[family].flatMap(({ first, last }) => [first, last + 1n])))].sort((a, b) => (a < b ? -1 : 1));
    const pieces: AddressPiece[] = [];
    let next = 0;
    for (const { first, last } of whole[family]) {
      while (next < edges.length && edges[next]! <= first) next++;
      for (let from = first; from <= last; ) {
        const end = next < edges.length && edges[next]! <= last ? edges[next++]! : last + 1n;
        pieces.push({ family, address: addressText(family, from), size: Number(end - from) });
        from = end;
      }
    }
    return pieces;
  });
}
