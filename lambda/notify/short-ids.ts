const SHORTEST = 4;

/**
 * For every id the shortest beginning, of four characters or more, that no other of them shares. Ids are hex digits of equal length.
 */
export function shortIds(ids: Iterable<string>): ReadonlyMap<string, string> {
  const sorted = [...new Set(ids)].sort();
  const short = new Map<string, string>();
  sorted.forEach((id, index) => {
    // In sorted order the ids that share the longest beginning are neighbours.
    const shared = Math.max(sharedLength(id, sorted[index - 1]), sharedLength(id, sorted[index + 1]));
    short.set(id, id.slice(0, Math.max(SHORTEST, shared + 1)));
  });
  return short;
}

function sharedLength(a: string, b: string | undefined): number {
  if (b === undefined) return 0;
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}
