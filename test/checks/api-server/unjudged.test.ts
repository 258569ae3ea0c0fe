import { describe, expect, test } from '@jest/globals';
import { assess } from '../../../lambda/assess/assess.ts';
import { apiEndpointOpenToInternet } from '../../../lambda/checks/api-server/api-endpoint-open-to-internet.ts';
import { apiServerSecurityGroupOpen } from '../../../lambda/checks/api-server/api-server-security-group-open.ts';
import { controlPlaneAuditLogOff } from '../../../lambda/checks/api-server/control-plane-audit-log-off.ts';
import { controlPlaneSubnetPublic } from '../../../lambda/checks/api-server/control-plane-subnet-public.ts';
import { clusterDeletionProtectionOff } from '../../../lambda/checks/api-server/cluster-deletion-protection-off.ts';
import { legacyAuthenticationMode } from '../../../lambda/checks/api-server/legacy-authentication-mode.ts';
import type { Check } from '../../../lambda/checks/define-check.ts';
import { TEST_CLUSTER, snapshotOf, type GivenSources } from '../../snapshot-of.ts';
import { inVpc, publicTo } from './eks-cluster.ts';

function outcomeOf(check: Check, sources: GivenSources) {
  return assess(snapshotOf(sources), [check]).outcomes[0]!;
}

describe('what cannot be judged is no pass', () => {
  test('a malformed block beside harmless ones', () => {
    expect(outcomeOf(apiEndpointOpenToInternet, { eksCluster: publicTo('198.51.100.0/24', '0.0.0.0/o') })).toMatchObject({
      outcome: 'not-evaluated',
      reason: 'eksCluster: publicAccessCidrs holds "0.0.0.0/o", which is no address block',
    });
  });

  test('a malformed block beside everywhere leaves a finding that cannot resolve', () => {
    expect(outcomeOf(apiEndpointOpenToInternet, { eksCluster: publicTo('0.0.0.0/0', 'office') })).toMatchObject({
      outcome: 'fail',
      unread: [{ source: 'eksCluster', reason: { code: 'not-understood' } }],
    });
  });

  test.each([apiEndpointOpenToInternet, apiServerSecurityGroupOpen, clusterDeletionProtectionOff, controlPlaneAuditLogOff, controlPlaneSubnetPublic, legacyAuthenticationMode])(
    'a shortened description of the cluster: $id',
    (check) => {
      const { outcome, reason, findings } = outcomeOf(check, { eksCluster: { name: 'test', arn: TEST_CLUSTER.arn } });
      expect({ outcome, findings }).toEqual({ outcome: 'not-evaluated', findings: 0 });
      expect(reason).toContain('take the whole answer of aws eks describe-cluster');
    },
  );

  test('a security group of the control plane that was not read', () => {
    expect(outcomeOf(apiServerSecurityGroupOpen, { eksCluster: inVpc({ clusterSecurityGroupId: 'sg-1' }), ec2SecurityGroups: [{ GroupId: 'sg-2' }] })).toMatchObject({
      outcome: 'not-evaluated',
      reason: 'ec2SecurityGroups: security group sg-1 of the control plane is not among those read',
    });
  });

  test('a subnet whose route table was not read', () => {
    expect(outcomeOf(controlPlaneSubnetPublic, { eksCluster: inVpc({ subnetIds: ['subnet-a'], vpcId: 'vpc-1' }) })).toMatchObject({
      outcome: 'not-evaluated',
      reason: 'ec2RouteTables: neither a route table of subnet subnet-a nor the main one of its VPC is among those read',
    });
  });
});
