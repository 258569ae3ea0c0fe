/** An answer of the SDK as the AWS CLI prints it: times as text (UTC, ISO 8601), nothing that is undefined, no metadata of the call. */
export function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, each]) => each !== undefined && name !== '$metadata')
      .map(([name, each]) => [name, plain(each)]),
  );
}
