import type { EksCluster, IamRole } from '../../model/eks.ts';
import { objectsOf, textOf, written } from '../as-read.ts';
import { otherIssuers } from './open-roles.ts';
import type { ServiceAccountRoles } from './service-account-role.ts';

/** By role the issuers of other clusters that its trust policy names. Those of which it lets in everybody are found as that. */
export function clustersByRole({ identity }: EksCluster, roles: readonly IamRole[], { open }: ServiceAccountRoles): ReadonlyMap<string, readonly string[]> {
  const issuer = (textOf(identity?.oidc?.issuer) ?? '').replace(/^https:\/\//, '');
  if (issuer === '') return new Map();
  const openToAll = new Set(open.flatMap(({ roleArn, to }) => (to.kind === 'any-of-issuer' ? [`${roleArn} ${to.issuer}`] : [])));
  return new Map(
    objectsOf(roles).map(({ Arn, AssumeRolePolicyDocument: document }) => {
      const roleArn = written(Arn);
      return [roleArn, document ? otherIssuers(document, issuer).filter((other) => !openToAll.has(`${roleArn} ${other}`)) : []];
    }),
  );
}
