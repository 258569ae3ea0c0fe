import { describe, expect, test } from '@jest/globals';
import { assess } from '../../../lambda/assess/assess.ts';
import type { Check } from '../../../lambda/checks/define-check.ts';
import { vpcCniOnNodeRole } from '../../../lambda/checks/identity/vpc-cni-on-node-role.ts';
import { refused } from '../../../lambda/model/collected.ts';
import { snapshotOf, type GivenSources } from '../../snapshot-of.ts';
import { ROLE, account } from './identity-objects.ts';

function judged(check: Check, sources: GivenSources) {
  const { outcomes, findings } = assess(snapshotOf(sources), [check]);
  return { outcome: outcomes[0]!.outcome, unread: outcomes[0]!.unread.map(({ source }) => source), findings: findings.map(({ resource, key }) => `${resource.name}:${key}`) };
}

describe('the role of the VPC CNI is neither a finding nor a pass', () => {
  const awsNode = (nodeSelector: Record<string, string>) => ({ metadata: { namespace: 'kube-system', name: 'aws-node' }, spec: { template: { spec: { serviceAccountName: 'aws-node', nodeSelector, containers: [] } }, selector: {} } });
  const sources = { daemonSets: [awsNode({})], serviceAccounts: [account('kube-system/aws-node')], eksNodegroups: [{ nodegroupName: 'blue', nodeRole: `${ROLE}node` }] };

  test('where it may run nowhere', () => {
    expect(judged(vpcCniOnNodeRole, { ...sources, daemonSets: [awsNode({ pool: 'a' })] })).toEqual({ outcome: 'not-evaluated', unread: ['daemonSets'], findings: [] });
  });

  test('where what could give it one was not read', () => {
    for (const source of ['serviceAccounts', 'eksPodIdentityAssociations', 'eksNodegroups', 'nodes', 'deployments', 'daemonSets'] as const) {
      const { outcome, findings } = judged(vpcCniOnNodeRole, { ...sources, [source]: refused('forbidden', 'may not list') });
      expect([source, outcome, findings]).toEqual([source, 'not-evaluated', []]);
    }
  });
});
