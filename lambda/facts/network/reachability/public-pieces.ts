import { addressText, type Family } from '../../cidr/address-block.ts';
import { FAMILIES, type AddressSet } from '../../cidr/address-set.ts';
import { PUBLIC_ADDRESSES } from '../../cidr/internet.ts';

/** Public addresses that no block tells apart: one of them, and how many there are. */
export interface PublicPiece {
  readonly family: Family;
  readonly address: string;
  readonly size: number;
}

/** The Internet, cut at the edges of blocks. In O(n log n) of their intervals. */
export function publicPieces(blocks: readonly AddressSet[]): readonly PublicPiece[] {
  return FAMILIES.flatMap((family) => {
    const edges = [...new Set(blocks.flatMap((set) => set[family].flatMap(({ first, last }) => [first, last + 1n])))].sort((a, b) => (a < b ? -1 : 1));
    const pieces: PublicPiece[] = [];
    let next = 0;
    for (const { first, last } of PUBLIC_ADDRESSES[family]) {
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
