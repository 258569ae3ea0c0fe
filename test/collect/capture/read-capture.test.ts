import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { KINDS, KUBERNETES_SOURCES } from '../../../lambda/model/kinds.ts';
import { UNIDENTIFIED, list, object, readFiles, readSources, said, snapshotOfFiles } from './capture-of.ts';

const CRD = KUBERNETES_SOURCES.filter((source) => !KINDS[source].builtIn && KINDS[source].group !== 'admissionregistration.k8s.io');
const FEATURES = ['mutatingAdmissionPolicies', 'mutatingAdmissionPolicyBindings'];

describe('forms of files', () => {
  test('Lists and single objects, JSON and YAML, compressed or not, in a directory and one below', async () => {
    const snapshot = await snapshotOfFiles({
      'pods.json': list(object('Pod', 'shop/a'), object('Pod', 'shop/b')),
      'b/services.yaml': 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata: {name: web, namespace: shop}\n',
      'namespaces.json.gz': gzipSync(JSON.stringify(list(object('Namespace', 'kube-system'), object('Namespace', 'shop')))),
      'two.yml': '# two\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: x, namespace: shop}\n---\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: y, namespace: shop}\n',
      'node.json': object('Node', 'n1'),
      'notes.md': 'not a part of it',
      '.DS_Store': Buffer.from([0, 1, 2]),
    });
    expect(said(snapshot, 'pods')).toEqual(['shop/a', 'shop/b']);
    expect(said(snapshot, 'services')).toEqual(['shop/web']);
    expect(said(snapshot, 'namespaces')).toEqual(['kube-system', 'shop']);
    expect(said(snapshot, 'serviceAccounts')).toEqual(['shop/x', 'shop/y']);
    expect(said(snapshot, 'nodes')).toEqual(['n1']);
    expect(snapshot.problems).toEqual([]);
    expect(snapshot.observedAt).toBe('2026-11-21T06:00:00.000Z');
    // Of single objects nobody knows whether they are all.
    expect(readSources(snapshot, true).filter((source) => KINDS[source as 'pods']?.builtIn)).toEqual(['nodes', 'serviceAccounts']);
  });

  test('a List whose kind stands behind items that say none is read as what it says', async () => {
    const snapshot = await snapshotOfFiles({ 'x.json': '{"items":[{"metadata":{"name":"a","namespace":"shop"}}],"apiVersion":"v1","kind":"PodList"}' });
    expect(said(snapshot, 'pods')).toEqual(['shop/a']);
    expect(snapshot.problems).toEqual([]);
  });

  test('the path may be one file', async () => {
    const { withCapture, PLAN, NOW } = await import('./capture-of.ts');
    const { readCapture } = await import('../../../lambda/collect/capture/read-capture.ts');
    const read = await withCapture({ 'pods.json': list(object('Pod', 'shop/a')) }, (directory) => readCapture(`${directory}/pods.json`, { plan: PLAN, now: NOW }));
    expect(read.ok && read.snapshot.cluster).toEqual({ id: 'name:pods', label: 'pods' });
  });

  test('values are trimmed: no environment, no data of ConfigMaps, no annotations, no Secret', async () => {
    const secret = 'hunter2-hunter2';
    const snapshot = await snapshotOfFiles({
      'pods.json': list(object('Pod', 'shop/a', { spec: { containers: [{ name: 'c', image: 'i', env: [{ name: 'PASSWORD', value: secret }], args: [secret] }] } })),
      'secrets.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: shop}\ndata: {a: ${secret}}\n`,
      'configmaps.json': list(object('ConfigMap', 'kube-system/amazon-vpc-cni', { data: { 'some-other-key': secret } }), object('ConfigMap', 'shop/x', { data: { a: secret } })),
      'deployment.json': { ...object('Deployment', 'shop/d', {}, 'apps/v1'), metadata: { name: 'd', namespace: 'shop', annotations: { a: secret } } },
    });
    expect(JSON.stringify(snapshot)).not.toContain(secret);
    expect(snapshot.problems).toEqual(['secrets.yaml: holds Secrets. Nothing of them was kept; leave them out of captures']);
  });
});

describe('absent is not empty', () => {
  test('a built-in kind without a file is refused; one that a CRD defines is assumed not to be there, and that is said', async () => {
    const snapshot = await snapshotOfFiles({ 'pods.json': list(object('Pod', 'shop/a')), 'version.json': { serverVersion: { major: '1', minor: '35+' } } });
    expect(readSources(snapshot)).toEqual(['kubernetesVersion', 'pods']);
    expect(said(snapshot, 'services')).toBe('not-in-capture: not in the capture');
    expect(readSources(snapshot, true)).toEqual([...CRD, ...FEATURES].sort());
    expect(snapshot.sources.ciliumNetworkPolicies).toEqual({
      ok: true,
      value: [],
      assumed: 'the capture holds neither ciliumnetworkpolicies.cilium.io nor the list of custom resource definitions; taken as not installed',
    });
  });

  test('a list of CRDs tells: what it names is missing, what it does not name is not there', async () => {
    const snapshot = await snapshotOfFiles({ 'crds.json': list(object('CustomResourceDefinition', 'ciliumnetworkpolicies.cilium.io', {}, 'apiextensions.k8s.io/v1')) });
    expect(said(snapshot, 'ciliumNetworkPolicies')).toBe('not-in-capture: not in the capture, and the cluster has the kind');
    expect(snapshot.sources.gateways).toEqual({ ok: true, value: [] });
  });

  test('a kind behind a feature is taken as off before it is on by default, and refused from then on or where the version is not known', async () => {
    const pods = list(object('Pod', 'shop/a'));
    const of = async (minor: string) => said(await snapshotOfFiles({ 'pods.json': pods, 'version.json': { serverVersion: { major: '1', minor } } }), 'mutatingAdmissionPolicies');
    expect(await of('35')).toEqual([]);
    expect(await of('36')).toBe('not-in-capture: not in the capture');
    expect(said(await snapshotOfFiles({ 'pods.json': pods }), 'mutatingAdmissionPolicies')).toBe('not-in-capture: not in the capture');
  });

  test('an empty List counts for the kind that it or its file name says', async () => {
    const snapshot = await snapshotOfFiles({
      'networkpolicies.networking.k8s.io.json': list(),
      'prod-netpol.yaml': 'apiVersion: v1\nitems: []\nkind: List\n',
      'a.json': { kind: 'IngressList', apiVersion: 'networking.k8s.io/v1', items: null },
      'clusternetworkpolicies.networking.k8s.aws.json': list(),
      'deploy.json.gz': gzipSync(JSON.stringify(list())),
    });
    expect(readSources(snapshot)).toEqual(['deployments', 'eksClusterNetworkPolicies', 'ingresses', 'networkPolicies']);
    expect(snapshot.problems).toEqual([]);
  });

  test.each(['list.json', 'pods-and-services.json', 'clusternetworkpolicies.json', 'secrets.json'])('an empty List in %s counts for nothing, and that is an error', async (name) => {
    const snapshot = await snapshotOfFiles({ [name]: list(), 'nodes.json': list(object('Node', 'n')) });
    expect(readSources(snapshot)).toEqual(['nodes']);
    expect(snapshot.problems).toEqual([`${name}: an empty list, and neither it nor the file's name says of what; name the file after the kind, for example pods.json`]);
  });

  test.each([
    ['services.json', list(object('Node', 'n')), 'nodes'],
    ['prod-svc.yaml', { apiVersion: 'v1', kind: 'NodeList', items: [{ metadata: { name: 'n' } }] }, 'nodes'],
    ['services.json', list(object('Node', 'n'), object('Lease', 'a/l', {}, 'coordination.k8s.io/v1'), object('NetworkPolicy', 'a/p', {}, 'crd.projectcalico.org/v1')), 'Lease, networkpolicies.crd.projectcalico.org, nodes'],
  ])('a list in %s that holds another kind is read as what it is, and said', async (name, file, holds) => {
    const snapshot = await snapshotOfFiles({ [name]: file });
    expect(said(snapshot, 'nodes')).toEqual(['n']);
    expect(said(snapshot, 'services')).toBe('not-in-capture: not in the capture');
    expect(snapshot.problems).toEqual([`${name}: its name says services, and it holds ${holds}. They are read as what they are; no file of the capture lists services`]);
  });

  test.each([
    ['where one of the kinds is what the name says', { 'services.json': list(object('Node', 'n'), object('Service', 'a/s')) }],
    ['where the kind is in another file', { 'services.json': list(object('Node', 'n')), 'svc.json': list() }],
    ['where the name says no kind', { 'all.json': list(object('Node', 'n')) }],
    ['of single objects: `node-exporter.yaml` is a name like any other', { 'node-exporter.yaml': object('DaemonSet', 'a/node-exporter', {}, 'apps/v1') }],
  ])('nothing is said %s', async (_where, files) => {
    expect((await snapshotOfFiles(files)).problems).toEqual([]);
  });

  test('a ConfigMap of kube-system is not there only where those of kube-system were listed', async () => {
    const auth = object('ConfigMap', 'kube-system/aws-auth');
    expect(said(await snapshotOfFiles({ 'a.json': auth }), 'awsAuth')).toEqual(['kube-system/aws-auth']);
    expect(said(await snapshotOfFiles({ 'a.json': auth }), 'vpcCniConfig')).toBe('not-in-capture: not in the capture');
    expect(said(await snapshotOfFiles({ 'a.json': list(auth) }), 'vpcCniConfig')).toBe('not-in-capture: not in the capture');
    expect(said(await snapshotOfFiles({ 'a.json': list(auth, object('ConfigMap', 'kube-system/coredns')) }), 'vpcCniConfig')).toEqual([]);
    expect(said(await snapshotOfFiles({ 'a.json': list(object('ConfigMap', 'shop/coredns')), 'nodes.json': list() }), 'vpcCniConfig')).toBe('not-in-capture: not in the capture');
    expect(said(await snapshotOfFiles({ 'a.json': object('ConfigMap', 'shop/aws-auth'), 'nodes.json': list() }), 'awsAuth')).toBe('not-in-capture: not in the capture');
  });

  test('a page of a list that goes on is not the list', async () => {
    const snapshot = await snapshotOfFiles({ 'pods.json': { apiVersion: 'v1', kind: 'PodList', metadata: { continue: 'abc' }, items: [object('Pod', 'shop/a')] } });
    expect(said(snapshot, 'pods')).toBe('unreadable: pods.json: only one page of a list that goes on; write it with kubectl get, which follows all pages');
    expect(snapshot.problems).toHaveLength(1);
  });
});

describe('who the cluster is', () => {
  const describeCluster = (name: string) => ({ cluster: { name, arn: `arn:aws:eks:eu-west-1:111122223333:cluster/${name}`, version: '1.34' } });
  const kubeSystem = list({ ...object('Namespace', 'kube-system'), metadata: { name: 'kube-system', uid: 'u-1' } });

  test('the ARN that EKS says, with the uid of kube-system; else that uid; else the directory', async () => {
    const arn = 'arn:aws:eks:eu-west-1:111122223333:cluster/shop';
    const whole = await snapshotOfFiles({ 'a.json': describeCluster('shop'), 'ns.json': kubeSystem });
    expect(whole.cluster).toEqual({ id: arn, label: 'prod', arn, account: '111122223333', region: 'eu-west-1', name: 'shop', uid: 'u-1' });
    expect(said(whole, 'kubernetesVersion')).toBe('1.34');
    expect((await snapshotOfFiles({ 'ns.json': kubeSystem })).cluster).toEqual({ id: 'uid:u-1', label: 'prod', uid: 'u-1' });
    expect((await snapshotOfFiles({ 'ns.json': list(object('Namespace', 'shop')) })).cluster).toEqual({ id: 'name:prod', label: 'prod' });
  });

  test.each([
    ['neither an ARN nor the uid of kube-system', { 'ns.json': list(object('Namespace', 'kube-system')) }, [UNIDENTIFIED]],
    ['an ARN that is none', { 'a.json': { cluster: { name: 'shop', arn: 'shop' } } }, [UNIDENTIFIED]],
    ['an empty uid', { 'ns.json': list({ ...object('Namespace', 'kube-system'), metadata: { name: 'kube-system', uid: '' } }) }, [UNIDENTIFIED]],
    ['an ARN', { 'a.json': describeCluster('shop') }, []],
    ['the uid of kube-system', { 'ns.json': kubeSystem }, []],
  ])('a capture with %s: known by its name alone is said, and only then', async (_what, files, problems) => {
    const read = await readFiles(files);
    expect(read.ok && read.snapshot.problems).toEqual(problems);
  });

  test('two clusters in one directory are none', async () => {
    const read = await readFiles({ 'a.json': describeCluster('shop'), 'b.json': describeCluster('web') });
    expect(read).toMatchObject({ ok: false, reason: { code: 'unreadable', message: expect.stringContaining('describes several clusters') as unknown } });
  });
});

describe('namespaces that were asked for', () => {
  const files = {
    'namespaces.json': list({ ...object('Namespace', 'kube-system'), metadata: { name: 'kube-system', uid: 'u-1' } }, object('Namespace', 'shop'), object('Namespace', 'web')),
    'pods.json': list(object('Pod', 'shop/a'), object('Pod', 'web/b')),
    'clusterroles.json': list(object('ClusterRole', 'view', {}, 'rbac.authorization.k8s.io/v1')),
    'cm.json': object('ConfigMap', 'kube-system/aws-auth'),
  };

  test('objects of others are dropped, and nothing is said of those', async () => {
    const snapshot = await snapshotOfFiles(files, { namespaces: ['shop'] });
    expect(snapshot.namespaces).toEqual(['shop']);
    expect(said(snapshot, 'pods')).toEqual(['shop/a']);
    expect(said(snapshot, 'namespaces')).toEqual(['shop']);
    expect(said(snapshot, 'clusterRoles')).toEqual(['view']);
    expect(said(snapshot, 'awsAuth')).toEqual(['kube-system/aws-auth']);
    expect(snapshot.cluster.id).toBe('uid:u-1');
  });

  test('one that is not there is a problem, not a clean namespace', async () => {
    const snapshot = await snapshotOfFiles(files, { namespaces: ['shop', 'shpo'] });
    expect(snapshot.problems).toEqual(['there is no namespace "shpo" in this capture']);
  });

  test('where none is there, nothing was audited: as with a live cluster', async () => {
    expect(await readFiles(files, { namespaces: ['shpo', 'wbe'] })).toEqual({
      ok: false,
      reason: { code: 'not-configured', message: 'none of the namespaces that were asked for is in this capture: shpo, wbe' },
      problems: ['there is no namespace "shpo" in this capture', 'there is no namespace "wbe" in this capture'],
      cluster: 'uid:u-1',
    });
  });

  test('without a list of namespaces the objects tell: only of a capture of other namespaces', async () => {
    const { 'namespaces.json': _namespaces, ...rest } = files;
    expect((await snapshotOfFiles(rest, { namespaces: ['shop', 'shpo'] })).problems).toEqual(['nothing in this capture is of the namespace "shpo"']);
    expect(await readFiles(rest, { namespaces: ['shpo'] })).toMatchObject({ ok: false, reason: { message: 'none of the namespaces that were asked for is in this capture: shpo' }, cluster: 'name:prod' });
    expect((await snapshotOfFiles({ 'pods.json': list(), 'cm.json': files['cm.json'] }, { namespaces: ['empty'] })).problems).toEqual([]);
  });
});
