/** A time of AWS's APIs, ISO 8601 or seconds since 1970, in milliseconds since then; undefined: no moment. */
export function momentOf(value: unknown): number | undefined {
  const moment = typeof value === 'number' ? value * 1000 : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isFinite(moment) ? moment : undefined;
}
