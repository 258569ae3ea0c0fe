/** A part of a whole, in per cent: only all is "all", and only none is "none". */
export function shareWords(part: number, of: number): string {
  if (of === 0) return '-';
  if (part === 0) return 'none';
  if (part >= of) return 'all';
  const share = (100 * part) / of;
  return share < 1 ? '<1%' : share > 99 ? '>99%' : `${Math.round(share)}%`;
}
