import type { Evidence, Json } from '../model/violation.ts';

/** Evidence as lines for a person: the name of each fact in words, its value on one line. Lists that were cut say how long they are. */
export function evidenceLines(evidence: Evidence): readonly { readonly name: string; readonly value: string }[] {
  return Object.entries(evidence).map(([name, value]) => ({ name: nameWords(name), value: valueWords(value) }));
}

/** publicAccessCidrs -> public access cidrs. */
function nameWords(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function valueWords(value: Json): string {
  if (typeof value === 'string') return value === '' ? '""' : value;
  if (value === null || typeof value !== 'object') return value === null ? 'none' : value === true ? 'yes' : value === false ? 'no' : String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(nested).join(', ');
  const entries = Object.entries(value as { readonly [key: string]: Json });
  const { first, total } = value as { readonly [key: string]: Json };
  if (entries.length === 2 && Array.isArray(first) && typeof total === 'number') return `${first.map(nested).join(', ')} and ${total - first.length} more`;
  return entries.map(([name, inner]) => `${nameWords(name)} ${nested(inner)}`).join(', ') || 'none';
}

function nested(value: Json): string {
  const words = valueWords(value);
  return value !== null && typeof value === 'object' ? `(${words})` : words;
}
