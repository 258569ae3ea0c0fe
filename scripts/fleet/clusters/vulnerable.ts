import { addDefaultAddOns } from '../add-ons.ts';
import { add, createCluster, kubectl, type Cluster, type ClusterSettings } from '../cluster.ts';
import { addEksDefinitions } from '../custom-resource-definitions.ts';
import { account, cronJob, deployment, service, statefulSet } from '../declare.ts';
import type { EksSide } from '../eks-side.ts';
import { runCluster } from '../fill.ts';
import { kubeObject, type Fields } from '../kube-object.ts';
import { addSystemObjects, namespace } from '../system-objects.ts';
import { securityGroupRule } from '../vpc-side.ts';
import { addEscapes } from './vulnerable-escapes.ts';
import { addCarelessRights } from './vulnerable-rights.ts';

const SETTINGS: ClusterSettings = {
  name: 'legacy',
  account: '777788889999',
  region: 'us-east-1',
  createdAt: '2022-08-09T17:05:00Z',
  capturedAt: '2026-11-19T06:00:00Z',
  nodeGroups: [
    { name: 'workers', os: 'linux', amiType: 'AL2023_x86_64_STANDARD', instanceType: 'm5.xlarge', nodes: ['a', 'b', 'c'], public: true },
    { name: 'windows', os: 'windows', amiType: 'WINDOWS_CORE_2022_x86_64', instanceType: 'm5.xlarge', nodes: ['a', 'b'] },
  ],
  vpcOctet: 16,
};
const MANAGED = kubectl('2022-08-10T08:00:00Z');

/** A cluster in which the known stories can happen again. Never install any of this. */
export function vulnerableCluster(): { readonly cluster: Cluster; readonly side: EksSide } {
  const cluster = createCluster(SETTINGS);
  addSystemObjects(cluster);
  addEksDefinitions(cluster);
  addDefaultAddOns(cluster, { networkPolicy: false });
  addAwsAuth(cluster);
  addWeb(cluster);
  addDashboard(cluster);
  addEscapes(cluster);
  addCarelessRights(cluster);
  return { cluster: runCluster(cluster, { policyController: false }), side: SIDE };
}

/** The only door in mode CONFIG_MAP: two of those who come through it are members of system:masters. */
function addAwsAuth(cluster: Cluster): void {
  const iam = `arn:aws:iam::${SETTINGS.account}`;
  const mapRoles = [
    `- rolearn: ${iam}:role/legacy-node`,
    '  username: system:node:{{EC2PrivateDNSName}}',
    '  groups:',
    '  - system:bootstrappers',
    '  - system:nodes',
    '  - eks:kube-proxy-windows',
    // For an agent on the nodes, by one who did not know who else is the node.
    '  - legacy:node-agents',
    `- rolearn: ${iam}:role/developers`,
    '  username: developer:{{SessionName}}',
    '  groups:',
    '  - system:masters',
    // A role has no path here; whoever wrote it thinks that auditors may look.
    `- rolearn: ${iam}:role/security/auditors`,
    '  username: auditor:{{SessionName}}',
    '- rolearn: arn:aws:iam::444455556666:role/consultant',
    '  username: consultant:{{SessionName}}',
    '',
  ];
  const mapUsers = [`- userarn: ${iam}:user/jenkins`, '  username: jenkins', '  groups:', '  - system:masters', ''];
  add(cluster, MANAGED, kubeObject('v1', 'ConfigMap', 'kube-system/aws-auth', { data: { mapRoles: mapRoles.join('\n'), mapUsers: mapUsers.join('\n'), mapAccounts: `- "${SETTINGS.account}"\n` } }));
}

/** Ordinary applications, with nothing around them. */
function addWeb(cluster: Cluster): void {
  add(
    cluster,
    MANAGED,
    namespace('web'),
    namespace('data'),
    deployment('web/frontend', { image: 'docker.io/library/nginx:1.21', name: 'nginx', replicas: 3, ports: { http: 80 } }),
    service('web/frontend', { http: 80 }, { type: 'LoadBalancer' }),
    statefulSet('data/mysql', { image: 'docker.io/library/mysql:8.0', name: 'mysql', ports: { mysql: 3306 } }),
    // "Just for the analysts": a database on the Internet.
    service('data/mysql', { mysql: 3306 }, { type: 'LoadBalancer' }),
    cronJob('data/backup', '0 1 * * *', { image: 'docker.io/library/mysql:8.0', name: 'backup', command: ['mysqldump', '--all-databases'] }),
    // CVE-2020-8554: whoever writes Services takes over other people's addresses.
    service('web/status', { http: 80 }, { externalIPs: ['198.51.100.77'] }),
  );
}

/** Tesla, 2018: the Kubernetes dashboard on the Internet, without a login, with all rights. */
function addDashboard(cluster: Cluster): void {
  const args = ['--enable-skip-login', '--disable-settings-authorizer', '--enable-insecure-login', '--insecure-port=9090'];
  add(
    cluster,
    MANAGED,
    namespace('kubernetes-dashboard'),
    account('kubernetes-dashboard/kubernetes-dashboard'),
    deployment('kubernetes-dashboard/kubernetes-dashboard', { image: 'docker.io/kubernetesui/dashboard:v2.7.0', name: 'kubernetes-dashboard', account: 'kubernetes-dashboard', ports: { http: 9090 }, args }),
    service('kubernetes-dashboard/kubernetes-dashboard', { http: 80 }, { ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 9090 }], type: 'LoadBalancer' }),
  );
}

const everyone: Fields = securityGroupRule(443, '0.0.0.0/0', 'temporary');

const SIDE: EksSide = {
  // Two halves of the Internet: no rule that looks for 0.0.0.0/0 sees them.
  vpcConfig: { publicAccess: true, privateAccess: false, publicCidrs: ['0.0.0.0/1', '128.0.0.0/1'] },
  authenticationMode: 'CONFIG_MAP',
  logTypes: [],
  customerKey: false,
  deletionProtection: false,
  addOns: {},
  accessEntries: [],
  podIdentities: { 'web/default': 'legacy-web' },
  // Everybody of the account may be a node.
  trust: { 'legacy-node': [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com', AWS: `arn:aws:iam::${SETTINGS.account}:root` }, Action: 'sts:AssumeRole' }] },
  securityGroupRules: [everyone],
  publicControlPlane: true,
  // Names and groups as the provider says them: one that says "system:masters" is believed.
  identityProvider: { identityProviderConfigName: 'single-sign-on', issuerUrl: 'https://login.example.com', clientId: 'kubernetes', usernameClaim: 'email', groupsClaim: 'groups' },
};
