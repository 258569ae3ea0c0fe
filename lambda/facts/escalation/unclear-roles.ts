import { compareText } from '../../model/compare-text.ts';
import type { Unread } from '../../model/derived.ts';
import { principalText } from '../identity/principal-arn.ts';
import type { RolePower } from '../identity/role-policies/role-power.ts';
import { unsaid } from '../unsaid.ts';
import type { IamRoles } from './iam-roles.ts';

/** Whether more may follow from a role than is known; undefined: nothing was read of it. */
export function isUnclear(power: RolePower | undefined): boolean {
  return power === undefined || power.account === 'unknown' || power.cluster === 'unknown';
}

/** What is not known of roles that accounts which are there, or nodes, lead to: ways may go on from there. */
export function unclearRoles({ ofAccounts, ofNodes, powers, arns }: IamRoles, accounts: ReadonlyMap<string, ReadonlySet<string>>): readonly Unread[] {
  const unclear = new Set<string>();
  const untold: string[] = [];
  for (const [namespace, byName] of ofAccounts) {
    for (const [name, { inside, byToken, unclear: mayHaveMore }] of byName) {
      if (accounts.get(namespace)?.has(name) !== true) continue;
      if (mayHaveMore) untold.push(`${namespace}/${name}`);
      for (const role of [...inside, ...byToken]) if (isUnclear(powers.get(role))) unclear.add(role);
    }
  }
  for (const role of [...ofNodes.values()].flatMap((roles) => [...roles])) if (isUnclear(powers.get(role))) unclear.add(role);
  return [
    ...some([...unclear].map((role) => principalText(arns.get(role) ?? role)), (roles) => unsaid('iamPolicies', `what ${roles} may do depends on conditions, or on policies that were not read`)),
    ...some(untold, (names) => unsaid('iamRoles', `whether a role lets in ServiceAccount ${names} is not known`)),
  ];
}

function some(names: readonly string[], say: (names: string) => Unread): readonly Unread[] {
  const [first] = [...names].sort(compareText);
  return first === undefined ? [] : [say(`${first}${names.length > 1 ? ` and ${names.length - 1} more` : ''}`)];
}
