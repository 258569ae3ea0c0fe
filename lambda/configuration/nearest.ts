/** What a person may have meant: up to three of the known words that begin so, hold it, or are two typing errors away. */
export function nearest(typed: string, known: readonly string[]): readonly string[] {
  const word = typed.toLowerCase();
  const limit = Math.max(2, Math.floor(word.length / 5));
  return known
    .map((candidate) => ({ candidate, distance: candidate.includes(word) && word.length > 2 ? 0 : editDistance(word, candidate, limit) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Levenshtein's distance; anything over the limit is limit + 1. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return Math.min(row[b.length]!, limit + 1);
}
