import { withoutSsoSuffix } from '../../rbac/subject.ts';
import { isIdOfDeleted } from '../gone-principal.ts';
import { mayBeSaidBySts, principalOf } from '../principal-arn.ts';
import type { AwsAuthMap } from './aws-auth-map.ts';
import { folded } from './mapping-fields.ts';

/** Something in aws-auth that does not do what it seems to. */
export interface AwsAuthSlip {
  /** Stable while the entry is there, wherever it stands. */
  readonly key: string;
  /** One sentence without a period. */
  readonly message: string;
  /** What of it is the same in every cluster. */
  readonly cause: string;
}

/** What the authenticator refuses, and what it takes and can never use, each once. */
export function awsAuthSlips({ roles, users, faults }: AwsAuthMap): readonly AwsAuthSlip[] {
  const slips = new Map<string, AwsAuthSlip>();
  const add = (key: string, message: string, cause: string): void => void slips.set(key, { key, message, cause });
  for (const { key, costs, message } of faults) {
    const lost = costs === 'key' ? `nothing of ${key} counts` : costs === 'entry' ? 'the entry does not count' : 'the rest of the entry counts without it';
    add(`${key}: ${costs === 'key' ? 'unreadable' : message}`, `${costs === 'key' ? message : `In ${key} ${message}`}: ${lost}`, costs === 'key' ? `${key} cannot be read` : message);
  }
  for (const { sso } of roles) {
    if (sso) add(`mapRoles: sso ${sso.accountID} ${sso.permissionSetName}`, `The sso entry for ${sso.permissionSetName} of account ${sso.accountID} maps nobody: EKS does not look at such entries`, 'sso entry');
  }
  const lists = [
    ['mapRoles', roles.filter(({ rolearn }) => rolearn !== '').map(({ rolearn }) => rolearn)],
    ['mapUsers', users.map(({ userarn }) => userarn)],
  ] as const;
  for (const [key, arns] of lists) {
    const seen = new Set<string>();
    for (const arn of arns) {
      const shown = withoutSsoSuffix(arn);
      if (seen.has(folded(arn))) add(`${key}: ${shown} again`, `${key} has ${shown} twice, of which one counts`, 'an ARN stands twice');
      else if (isIdOfDeleted(arn) || !mayBeSaidBySts(arn)) add(`${key}: ${shown} fits nobody`, `${key} has ${shown}, which fits nobody: ${whyNobody(arn)}`, `${whyNobody(arn)}`);
      seen.add(folded(arn));
    }
  }
  return [...slips.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function whyNobody(arn: string): string {
  if (isIdOfDeleted(arn)) return 'this is the id of somebody who was deleted';
  return principalOf(arn)?.kind === 'Role' ? 'the ARN of a role stands there without its path' : 'this is no ARN of a role, a user or an account';
}
