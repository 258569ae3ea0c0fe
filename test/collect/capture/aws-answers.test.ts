import { describe, expect, test } from '@jest/globals';
import { object, list, said, snapshotOfFiles, type Files } from './capture-of.ts';

const CLUSTER = {
  cluster: {
    name: 'shop',
    arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/shop',
    version: '1.34',
    resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ['0.0.0.0/0'], subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'], clusterSecurityGroupId: 'sg-2', vpcId: 'vpc-1' },
    certificateAuthority: { data: 'not-kept' },
  },
};
const addon = (addonName: string, clusterName = 'shop') => ({ addon: { addonName, clusterName, addonVersion: 'v1' } });
const ROLE = 'arn:aws:iam::111122223333:role/';

async function of(files: Files, source: Parameters<typeof said>[1]) {
  const snapshot = await snapshotOfFiles({ 'cluster.json': CLUSTER, ...files });
  const read = snapshot.sources[source];
  return read.ok ? (read.assumed ?? read.value) : `${read.reason.code}: ${read.reason.message}`;
}

describe('what the AWS CLI prints', () => {
  test('the cluster, without what nobody reads', async () => {
    const snapshot = await snapshotOfFiles({ 'any-name.json': CLUSTER });
    expect(said(snapshot, 'eksCluster')).toMatchObject({ name: 'shop', resourcesVpcConfig: { publicAccessCidrs: ['0.0.0.0/0'] } });
    expect(JSON.stringify(snapshot)).not.toContain('not-kept');
    expect(said(snapshot, 'pods')).toBe('not-in-capture: not in the capture');
  });

  test('--output yaml', async () => {
    const snapshot = await snapshotOfFiles({ 'c.yaml': 'cluster:\n  arn: arn:aws:eks:eu-west-1:111122223333:cluster/shop\n  name: shop\n  version: "1.34"\n' });
    expect(snapshot.cluster.name).toBe('shop');
  });

  test('things that are listed and described one by one: all of them, or the list is not known', async () => {
    const files = { 'l.json': { addons: ['a', 'b'] }, 'a.json': addon('a') };
    expect(await of(files, 'eksAddons')).toBe('not-in-capture: the capture lacks what aws eks describe-addon prints of b');
    expect(await of({ ...files, 'b.json': addon('b') }, 'eksAddons')).toMatchObject([{ addonName: 'a' }, { addonName: 'b' }]);
    expect(await of({ 'l.json': { addons: [] } }, 'eksAddons')).toEqual([]);
    expect(await of({}, 'eksAddons')).toBe('not-in-capture: not in the capture (what aws eks list-addons and describe-addon print)');
    expect(await of({ 'a.json': addon('a') }, 'eksAddons')).toBe('the capture has no output of aws eks list-addons; what is described in it is taken as all');
  });

  test('every kind of list', async () => {
    const lists = { fargateProfileNames: [], nodegroups: [], associations: [], identityProviderConfigs: [], accessEntries: [] };
    const snapshot = await snapshotOfFiles({ 'cluster.json': CLUSTER, ...Object.fromEntries(Object.entries(lists).map(([key, value]) => [`${key}.json`, { [key]: value }])) });
    for (const source of ['eksFargateProfiles', 'eksNodegroups', 'eksPodIdentityAssociations', 'eksIdentityProviderConfigs', 'eksAccessEntries', 'eksAssociatedAccessPolicies'] as const) {
      expect(snapshot.sources[source]).toEqual({ ok: true, value: [] });
    }
    expect(await of({ 'l.json': { associations: [{ associationId: 'a-1', namespace: 'shop' }] } }, 'eksPodIdentityAssociations')).toBe('not-in-capture: the capture lacks what aws eks describe-pod-identity-association prints of a-1');
    expect(await of({ 'l.json': { identityProviderConfigs: [{ type: 'oidc', name: 'x' }] }, 'd.json': { identityProviderConfig: { oidc: { identityProviderConfigName: 'x', clusterName: 'shop' } } } }, 'eksIdentityProviderConfigs')).toMatchObject([
      { oidc: { identityProviderConfigName: 'x' } },
    ]);
  });

  test('access policies are complete when each entry that can have some was asked for', async () => {
    const entries = { 'l.json': { accessEntries: [`${ROLE}admin`, `${ROLE}node`] }, 'n.json': { accessEntry: { principalArn: `${ROLE}node`, type: 'EC2_LINUX' } }, 'a.json': { accessEntry: { principalArn: `${ROLE}admin`, type: 'STANDARD' } } };
    const policies = { associatedAccessPolicies: [{ policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy' }], clusterName: 'shop', principalArn: `${ROLE}admin` };
    expect(await of(entries, 'eksAssociatedAccessPolicies')).toBe(`not-in-capture: the capture lacks what aws eks list-associated-access-policies prints of ${ROLE}admin`);
    expect(await of({ ...entries, 'p.json': policies }, 'eksAssociatedAccessPolicies')).toMatchObject([{ principalArn: `${ROLE}admin` }]);
    expect(await of({ 'p.json': policies }, 'eksAssociatedAccessPolicies')).toMatch(/taken as all$/);
  });

  test('an EC2 answer that lacks what the cluster uses was an answer to another question', async () => {
    expect(await of({ 'sg.json': { SecurityGroups: [{ GroupId: 'sg-1' }] } }, 'ec2SecurityGroups')).toBe('not-in-capture: what aws ec2 describe-security-groups printed lacks sg-2, which the cluster uses');
    expect(await of({ 'sg.json': { SecurityGroups: [{ GroupId: 'sg-1' }, { GroupId: 'sg-2' }] } }, 'ec2SecurityGroups')).toHaveLength(2);
    expect(await of({ 's.json': { Subnets: [] } }, 'ec2Subnets')).toBe('not-in-capture: what aws ec2 describe-subnets printed lacks subnet-1, which the cluster uses');
    expect(await of({ 'r.json': { RouteTables: [] } }, 'ec2RouteTables')).toEqual([]);
    expect(await of({}, 'ec2RouteTables')).toBe('not-in-capture: not in the capture (what aws ec2 describe-route-tables prints)');
  });

  test('insights and versions of EKS', async () => {
    const listed = { insights: [{ id: 'i-1', name: 'old APIs' }] };
    expect(await of({ 'l.json': listed }, 'eksInsights')).toBe('not-in-capture: the capture lacks what aws eks describe-insight prints of i-1');
    expect(await of({ 'l.json': listed, 'i.json': { insight: { id: 'i-1', name: 'old APIs', category: 'UPGRADE_READINESS' } } }, 'eksInsights')).toEqual([{ id: 'i-1', name: 'old APIs', category: 'UPGRADE_READINESS' }]);
    expect(await of({ 'v.json': { clusterVersions: [{ clusterVersion: '1.34', status: 'x' }] } }, 'eksClusterVersions')).toEqual([{ clusterVersion: '1.34' }]);
    expect(await of({}, 'eksClusterVersions')).toBe('not-in-capture: not in the capture (what aws eks describe-cluster-versions prints)');
  });

  test('launch templates are told apart by their version, and those that node groups use must be there', async () => {
    const group = { 'l.json': { nodegroups: ['n'] }, 'n.json': { nodegroup: { nodegroupName: 'n', clusterName: 'shop', launchTemplate: { id: 'lt-1', version: '3' } } } };
    const versions = (...numbers: number[]) => ({ LaunchTemplateVersions: numbers.map((VersionNumber) => ({ LaunchTemplateId: 'lt-1', VersionNumber, LaunchTemplateData: {} })) });
    expect(await of({ ...group, 'lt.json': versions(2) }, 'ec2LaunchTemplateVersions')).toBe('not-in-capture: what aws ec2 describe-launch-template-versions printed lacks lt-1:3, which the cluster uses');
    expect(await of({ ...group, 'lt.json': versions(2, 3) }, 'ec2LaunchTemplateVersions')).toEqual([2, 3].map((VersionNumber) => ({ LaunchTemplateId: 'lt-1', VersionNumber, LaunchTemplateData: {} })));
    expect(await of({ 'lt.json': { LaunchTemplateVersions: [{ LaunchTemplateId: 'lt-1' }] } }, 'ec2LaunchTemplateVersions')).toBe('unreadable: lt.json: it lacks LaunchTemplateId and VersionNumber');
    expect(await of(group, 'eksNodegroups')).toEqual([{ nodegroupName: 'n', launchTemplate: { id: 'lt-1', version: '3' } }]);
  });

  test('roles and policies, as one command prints them; less than the cluster uses is not taken for all', async () => {
    const cluster = { 'cluster.json': { cluster: { ...CLUSTER.cluster, roleArn: `${ROLE}cluster` } } };
    const policy = 'arn:aws:iam::111122223333:policy/P';
    const role = (name: string) => ({ Arn: `${ROLE}${name}`, RoleName: name, AssumeRolePolicyDocument: {}, AttachedManagedPolicies: [{ PolicyName: 'P', PolicyArn: policy }] });
    const details = { RoleDetailList: [role('cluster'), role('other')], Policies: [{ Arn: policy, PolicyVersionList: [] }], UserDetailList: [] };
    expect(await of({ ...cluster, 'd.json': details }, 'iamRoles')).toEqual([role('cluster'), role('other')]);
    expect(await of({ ...cluster, 'd.json': details }, 'iamPolicies')).toEqual([{ Arn: policy, PolicyVersionList: [] }]);
    expect(await of({ ...cluster, 'd.json': { ...details, RoleDetailList: [] } }, 'iamRoles')).toBe(`not-in-capture: what aws iam get-account-authorization-details printed lacks ${ROLE}cluster, which the cluster uses`);
    expect(await of({ ...cluster, 'd.json': { ...details, Policies: [] } }, 'iamPolicies')).toBe(`not-in-capture: what aws iam get-account-authorization-details printed lacks ${policy}, which the cluster uses`);
    expect(await of({ ...cluster, 'd.json': { ...details, Marker: 'x' } }, 'iamRoles')).toBe('unreadable: d.json: only one page of an answer that goes on; write it without --no-paginate and --max-items');
    expect(await of({ ...cluster, 'd.json': { Policies: [{ Arn: policy }] } }, 'iamPolicies')).toBe('unreadable: d.json: it lacks PolicyVersionList; write it with aws iam get-account-authorization-details');
    expect(await of(cluster, 'iamPolicies')).toBe('not-in-capture: not in the capture (what aws iam get-account-authorization-details prints)');
  });

  test('a page of an answer, an answer of another cluster, two answers that differ, a shape that cannot be', async () => {
    expect(await of({ 'l.json': { addons: [], nextToken: 'x' } }, 'eksAddons')).toBe('unreadable: l.json: only one page of an answer that goes on; write it without --no-paginate and --max-items');
    expect(await of({ 'l.json': { addons: ['a'] }, 'a.json': addon('a', 'web') }, 'eksAddons')).toBe('unreadable: a is of the cluster web, and the capture is of shop');
    expect(await of({ 'a.json': addon('a'), 'b.json': { addon: { addonName: 'a', addonVersion: 'v2' } } }, 'eksAddons')).toBe('unreadable: b.json: another version of a than elsewhere in the capture; leave the file that is not true out');
    expect((await snapshotOfFiles({ 'cluster.json': CLUSTER, 'a.json': { addon: [] } })).problems).toEqual(['a.json: its field "addon" is no object; it is left out']);
    expect(await of({ 'a.json': { addon: {} } }, 'eksAddons')).toBe('unreadable: a.json: it lacks addonName');
    for (const name of [null, [7], undefined]) expect(await of({ 'cluster.json': { cluster: { ...CLUSTER.cluster, name } }, 'namespaces.json': list() }, 'eksCluster')).toBe('unreadable: cluster.json: it lacks name');
    await expect(snapshotOfFiles({ 'cluster.json': { cluster: { ...CLUSTER.cluster, name: null } } })).rejects.toThrow('cluster.json: it lacks name');
    expect(await of({ 'a.json': { addons: [{}] } }, 'eksAddons')).toBe('unreadable: a.json: an entry of its list has no name');
  });

  test('kubectl version says more exactly what runs than EKS does', async () => {
    const version = { clientVersion: { major: '1', minor: '30' }, serverVersion: { major: '1', minor: '33+' } };
    expect(await of({ 'v.json': version }, 'kubernetesVersion')).toBe('1.33');
    expect(await of({ 'v.json': { clientVersion: { major: '1', minor: '30' } } }, 'kubernetesVersion')).toBe('1.34');
    const pods = await snapshotOfFiles({ 'pods.json': list(object('Pod', 'a/b')) });
    expect(said(pods, 'kubernetesVersion')).toBe('not-in-capture: not in the capture (what kubectl version -o json or aws eks describe-cluster prints)');
  });
});
