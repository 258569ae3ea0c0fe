interface Nameable {
  readonly metadata?: { readonly name?: unknown; readonly namespace?: unknown } | null;
}

/** Longest name in a message, in UTF-16 units. */
const NAME_CAP = 150;

/** Why an object cannot be told from others; undefined: it can. */
export function objectFault(object: unknown): string | undefined {
  const { metadata } = (object ?? {}) as Nameable;
  if (typeof metadata !== 'object' || metadata === null) return 'it has no metadata';
  if (typeof metadata.name !== 'string' || metadata.name === '') return 'it has no name';
  return metadata.namespace === undefined || typeof metadata.namespace === 'string' ? undefined : 'its namespace is no text';
}

/** `namespace/name`, as far as an object says them. */
export function objectName(object: unknown): string {
  const { metadata } = (object ?? {}) as Nameable;
  const name = typeof metadata?.name === 'string' ? metadata.name : 'without a name';
  const whole = typeof metadata?.namespace === 'string' ? `${metadata.namespace}/${name}` : name;
  return whole.length > NAME_CAP ? `${whole.slice(0, NAME_CAP - 1)}…` : whole;
}
