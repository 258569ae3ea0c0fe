import type { IamRole } from '../../model/eks.ts';
import { momentOf } from './moment-of.ts';
import { principalOf } from './principal-arn.ts';

/** Unique ids of roles and users: what IAM shows in place of the name of somebody who was deleted. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
const UNIQUE_ID = /(?:^|\/)(?:AROA|AIDA)[A-Z0-9]{12,}$/;

/** Whether an ARN, or what stands in place of one, names by its id somebody who was deleted. */
export function isIdOfDeleted(arn: string): boolean {
  return UNIQUE_ID.test(arn);
}

export interface Entered {
  readonly arn: string;
  /** When its access entry was made; ISO 8601, or seconds since 1970. */
  readonly createdAt?: string | number;
}

/**
 * Why an access entry lets nobody in. EKS keeps the id of who it was made for: of one who was deleted and made anew under the same ARN it takes no notice.
 * `roleOf`: roles by what the authenticator compares. https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 */
export function whyOrphaned({ arn, createdAt }: Entered, roleOf: ReadonlyMap<string, Pick<IamRole, 'CreateDate'>>): 'deleted' | 'made-anew' | undefined {
  if (isIdOfDeleted(arn)) return 'deleted';
  const role = roleOf.get(principalOf(arn)?.compared ?? '');
  const [entered, made] = [momentOf(createdAt), momentOf(role?.CreateDate)];
  return entered !== undefined && made !== undefined && made > entered ? 'made-anew' : undefined;
}

/** Roles as `whyOrphaned` asks for them. */
export function rolesByPrincipal<R extends Pick<IamRole, 'Arn'>>(roles: readonly R[]): ReadonlyMap<string, R> {
  return new Map(roles.flatMap((role) => {
    const compared = typeof role.Arn === 'string' ? principalOf(role.Arn)?.compared : undefined;
    return compared === undefined ? [] : [[compared, role] as const];
  }));
}
