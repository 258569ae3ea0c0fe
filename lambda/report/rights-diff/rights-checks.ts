import type { Check } from '../../checks/define-check.ts';

/** Whose findings tell of rights and have another key than power and scope. */
const OTHERS: ReadonlySet<string> = new Set(['anonymous-access', 'privilege-escalation-path', 'aws-auth-system-masters', 'access-policy-unknown', 'named-role-bind', 'workload-role-privileged']);

/** Whether the findings of a check are rights of somebody. */
export function isAboutRights({ id, identity }: Pick<Check, 'id' | 'identity'>): boolean {
  return identity.key === 'power and scope' || OTHERS.has(id);
}
