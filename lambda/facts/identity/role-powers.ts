import { objectsOf, written } from '../as-read.ts';
import { defineFact } from '../define-fact.ts';
import { documentsInForce, policiesOf } from './role-policies/role-allows.ts';
import { UNKNOWN_POWER, rolePower, type RolePower } from './role-policies/role-power.ts';
import { opensEntries } from './cluster-identities.ts';

/** What the roles of IAM that were read are good for, by ARN as it is written. */
export const rolePowers = defineFact({
  name: 'rolePowers',
  revision: 1,
  needs: ['eksCluster', 'iamRoles'],
  wants: ['iamPolicies'],
  fields: {
    eksCluster: ['arn', 'accessConfig.authenticationMode'],
    iamRoles: ['Arn', 'RolePolicyList', 'AttachedManagedPolicies', 'PermissionsBoundary'],
    iamPolicies: ['Arn', 'PolicyVersionList'],
  },
  derive({ eksCluster, iamRoles, iamPolicies }): ReadonlyMap<string, RolePower> {
    const managed = documentsInForce(iamPolicies.ok ? iamPolicies.value : []);
    const mode = eksCluster.accessConfig?.authenticationMode;
    const asked = { clusterArn: written(eksCluster.arn), entries: mode !== undefined && opensEntries(mode as never) };
    return new Map(
      objectsOf(iamRoles).map((role) => {
        const roleArn = written(role.Arn);
        const policies = policiesOf(role, managed);
        return [roleArn, policies ? rolePower(policies, { roleArn, ...asked }) : UNKNOWN_POWER] as const;
      }),
    );
  },
});
