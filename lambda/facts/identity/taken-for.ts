import { NameIndex } from './name-index.ts';
import { canonicalSubject, subjectText, type Subject } from '../rbac/subject.ts';
import type { ClusterIdentities, MappedPrincipal } from './cluster-identity.ts';
import { isIdOfDeleted } from './gone-principal.ts';
import { GROUPS_OF_NODES } from './node-roles.ts';
import { policyRights } from './policy-rights.ts';
import { isServiceLinkedRole } from './service-linked-role.ts';

/** Somebody of IAM whom the cluster takes for a subject, or may. */
export interface TakenFor {
  readonly principal: MappedPrincipal;
  /** If its session is named so. */
  readonly bySession: boolean;
}

const MASTERS = 'system:masters';

/**
 * By the texts of subjects, who of IAM signs in as them. Left out: services of AWS, nodes in their own groups, who was deleted, and who may do everything anyway.
 */
export function takenFor({ principals }: Pick<ClusterIdentities, 'principals'>, subjects: readonly Subject[]): ReadonlyMap<string, readonly TakenFor[]> {
  const wanted = subjects.filter(({ kind, name }) => kind !== 'Group' || !GROUPS_OF_NODES.has(name));
  const texts = new Set(wanted.map(subjectText));
  const users = new NameIndex(wanted.filter(({ kind }) => kind !== 'Group').map((subject) => [userName(subject), subjectText(subject)]));
  const groups = new NameIndex(wanted.filter(({ kind }) => kind === 'Group').map((subject) => [subject.name, subjectText(subject)]));
  const found = new Map<string, TakenFor[]>();
  for (const principal of principals) {
    if (isServiceLinkedRole(principal.arn) || isIdOfDeleted(principal.arn)) continue;
    for (const [text, bySession] of subjectsOf(principal, texts, users, groups)) {
      if (mayDoAll(principal)) break;
      const known = found.get(text);
      if (known) known.push({ principal, bySession });
      else found.set(text, [{ principal, bySession }]);
    }
  }
  return found;
}

function subjectsOf({ username, groups: memberOf }: MappedPrincipal, texts: ReadonlySet<string>, users: NameIndex, groups: NameIndex): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  for (const text of [...fitting(username, users), ...memberOf.flatMap((group) => fitting(group, groups))]) found.set(text, true);
  const user = canonicalSubject({ kind: 'User', name: username });
  for (const text of [...(user ? [subjectText(user)] : []), ...memberOf.map((group) => `Group ${group}`)]) if (texts.has(text)) found.set(text, false);
  return found;
}

function fitting(template: string, names: NameIndex): readonly string[] {
  return template.includes('{{') ? names.fitting(template) : [];
}

function userName({ kind, namespace, name }: Subject): string {
  return kind === 'ServiceAccount' ? `system:serviceaccount:${namespace}:${name}` : name;
}

function mayDoAll(principal: MappedPrincipal): boolean {
  return principal.groups.includes(MASTERS) || policyRights(principal).some(({ power }) => power === 'cluster-admin');
}
