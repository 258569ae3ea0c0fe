import type { Subject } from '../../lambda/facts/rbac/subject.ts';
import { UsageError } from '../usage-error.ts';

const KINDS: ReadonlyMap<string, Subject['kind']> = new Map([
  ['user', 'User'],
  ['group', 'Group'],
  ['serviceaccount', 'ServiceAccount'],
  ['sa', 'ServiceAccount'],
]);

/**
 * A subject as reports print it and people type it: `User alice`, `Group devs`, `ServiceAccount shop/web` (`sa shop/web`), with a space or a colon after the
 * kind; anything else is the name of a user. Throws a UsageError where a ServiceAccount has no namespace.
 */
export function askedSubject(words: readonly string[]): Subject {
  const text = words.join(' ');
  const match = /^([A-Za-z]+)[ :](.+)$/s.exec(text);
  const kind = match ? KINDS.get(match[1]!.toLowerCase()) : undefined;
  if (!kind) return { kind: 'User', name: text };
  const name = match![2]!;
  if (kind !== 'ServiceAccount') return { kind, name };
  const slash = name.indexOf('/');
  if (slash < 1 || slash === name.length - 1) throw new UsageError(`${JSON.stringify(text)}: a ServiceAccount has a namespace: ServiceAccount NAMESPACE/NAME`);
  return { kind, namespace: name.slice(0, slash), name: name.slice(slash + 1) };
}
