/** What is known under a key; made, and known from then on, where it is not. */
export function madeOnce<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  let value = known.get(key);
  if (value === undefined) known.set(key, (value = make()));
  return value;
}
