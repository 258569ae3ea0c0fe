import type * as k8s from '@kubernetes/client-node';
import { privilegeEscalationPath } from '../../../lambda/checks/rbac/privilege-escalation-path.ts';
import { PRIVATE_EKS_CLUSTER, type GivenSources } from '../../snapshot-of.ts';
import type { CheckCases } from '../check-cases.ts';
import { ROLE, account as iamAccount, awsAuth, eksCluster, entries, like, only, podRole, principal, webIdentityRole, type Entry } from '../identity/identity-objects.ts';
import { AGENT_ON, awsNode, vpcCniConfig } from '../network/objects.ts';
import { CLUSTER_ADMIN, account, bind, bindCluster, clusterRole, everywhere, group, role, rule, subject, user, within } from './rbac-objects.ts';

const RBAC = 'rbac.authorization.k8s.io';
const ALICE = subject('User alice');
const ADMIN = { resource: ALICE, key: 'cluster-admin' } as const;
const LINUX_NODES = { resource: ALICE, key: 'node/linux', severity: 'high' } as const;

const linux: Partial<k8s.V1Node> = { metadata: { name: 'n1', labels: { 'kubernetes.io/os': 'linux' } } };

function namespace(name: string, level?: string): Partial<k8s.V1Namespace> {
  return { metadata: { name, ...(level === undefined ? {} : { labels: { 'pod-security.kubernetes.io/enforce': level } }) } };
}

/** A ServiceAccount shop/boss that is cluster-admin by ClusterRoleBinding boss. */
const BOSS = {
  serviceAccounts: [{ metadata: { namespace: 'shop', name: 'boss' } }],
  clusterRoles: [CLUSTER_ADMIN],
  clusterRoleBindings: [bindCluster('boss', 'cluster-admin', account('shop', 'boss'))],
} satisfies GivenSources;

/** Its token of before Kubernetes 1.24. */
const WITH_TOKEN = { serviceAccounts: [{ metadata: { namespace: 'shop', name: 'boss' }, secrets: [{ name: 'boss-token-abcde' }] }] } satisfies GivenSources;

/** What alice holds in shop, or cluster-wide, beside that account. */
function inShop(...rules: k8s.V1PolicyRule[]): GivenSources {
  return { ...BOSS, ...within('shop', user('alice'), ...rules) };
}
function besideBoss(...rules: k8s.V1PolicyRule[]): GivenSources {
  const held = everywhere(user('alice'), ...rules);
  return { ...BOSS, clusterRoles: [...BOSS.clusterRoles, ...held.clusterRoles], clusterRoleBindings: [...BOSS.clusterRoleBindings, ...held.clusterRoleBindings] };
}

/** RoleBindings to the ClusterRole most are all that alice may make, in whatever namespace. */
function bindsInEach(...most: k8s.V1PolicyRule[]): GivenSources {
  const held = everywhere(user('alice'), rule('create', RBAC, 'rolebindings'), rule('bind', RBAC, 'clusterroles', 'most'));
  return { ...held, clusterRoles: [...held.clusterRoles, clusterRole('most', ...most)] };
}

function deployment(spec: Partial<k8s.V1PodSpec>): Partial<k8s.V1Deployment> {
  return {
    metadata: { namespace: 'shop', name: 'web' },
    spec: { selector: {}, template: { spec: { serviceAccountName: 'boss', containers: [{ name: 'web' }], ...spec } } },
  };
}

/** On the same nodes as the pods of shop. */
const BOSS_POD: Partial<k8s.V1Deployment> = {
  metadata: { namespace: 'ops', name: 'boss' },
  spec: { selector: {}, template: { spec: { serviceAccountName: 'boss', automountServiceAccountToken: false, containers: [{ name: 'boss' }] } } },
};
/** What alice holds in shop, where a pod runs, and an account that is cluster-admin elsewhere on the nodes. */
function beside(...rules: k8s.V1PolicyRule[]): GivenSources {
  const boss = { serviceAccounts: [{ metadata: { namespace: 'ops', name: 'boss' } }], clusterRoles: [CLUSTER_ADMIN], clusterRoleBindings: [bindCluster('boss', 'cluster-admin', account('ops', 'boss'))] };
  return { ...boss, ...within('shop', user('alice'), ...rules), deployments: [deployment({ serviceAccountName: 'web' }), BOSS_POD] };
}
/** One node group, by EKS's own launch template or by one with these metadata options. */
function nodesOf(amiType: string, options?: object): GivenSources {
  return {
    eksCluster: eksCluster('API'),
    namespaces: [namespace('shop', 'restricted'), namespace('ops')],
    nodes: [{ metadata: { name: 'n1', labels: { 'kubernetes.io/os': 'linux', 'eks.amazonaws.com/nodegroup': 'n' } } }],
    eksNodegroups: [{ nodegroupName: 'n', nodeRole: `${ROLE}nodes`, amiType, ...(options ? { launchTemplate: { id: 'lt-1', version: '3' } } : {}) }],
    ec2LaunchTemplateVersions: options ? [{ LaunchTemplateId: 'lt-1', VersionNumber: 3, LaunchTemplateData: { MetadataOptions: options } }] : [],
    iamRoles: [{ Arn: `${ROLE}nodes`, RoleName: 'nodes', RolePolicyList: [], AttachedManagedPolicies: [] }],
  } as GivenSources;
}

const NINE = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => `b${number}`);

const DEV = principal('Role', `${ROLE}dev`);
/** The IAM role dev by an access entry of these groups and policies, beside the account that is cluster-admin. */
function entered(entry: Omit<Entry, 'principalArn'>, name = 'dev'): GivenSources {
  return { ...BOSS, ...entries({ principalArn: `${ROLE}${name}`, ...entry }) };
}
const ownRole = (Statement: object): object => ({ Arn: `${ROLE}dev`, RoleName: 'dev', RolePolicyList: [{ PolicyName: 'p', PolicyDocument: { Statement } }], AttachedManagedPolicies: [] });
/** An entry of mapRoles for that role. */
function mapped(username: string, ...groups: readonly string[]): GivenSources {
  return awsAuth({ mapRoles: JSON.stringify([{ rolearn: `${ROLE}dev`, username, groups }]) });
}
const DEVS_IN_SHOP = within('shop', group('devs'), rule('create', '', 'pods'));
/** The account shop/runner has the role runner, which signs in as Group platform, who may rewrite any ClusterRole. */
const RUNNER: GivenSources = {
  serviceAccounts: [iamAccount('shop/runner', `${ROLE}runner`)],
  iamRoles: [webIdentityRole('runner', only('shop:runner'))],
  ...everywhere(group('platform'), rule('escalate,update', RBAC, 'clusterroles')),
  ...entries({ principalArn: `${ROLE}runner`, groups: ['platform'] }),
};
/** The same, alice holding this in shop beside it. */
function besideRunner(more: GivenSources, ...rules: k8s.V1PolicyRule[]): GivenSources {
  return { ...RUNNER, ...within('shop', user('alice'), ...rules), ...more };
}
/** What the cluster itself says of all of them. */
const PLATFORM = [{ resource: subject('Group platform'), key: 'cluster-admin', cause: 'ClusterRole ops' }] as const;
const RUNNER_ROLE = { resource: principal('Role', `${ROLE}runner`), key: 'cluster-admin', cause: 'ClusterRole ops' } as const;
const RUNNER_ACCOUNT = { resource: subject('ServiceAccount shop/runner'), key: 'cluster-admin', cause: 'ClusterRole ops' } as const;

/** The account shop/runner has a role with this policy, and alice may do this in shop. */
function powerful(policy: object, more: object = {}, ...rules: k8s.V1PolicyRule[]): GivenSources {
  const role = { ...webIdentityRole('runner', only('shop:runner')), RolePolicyList: [{ PolicyName: 'p', PolicyDocument: { Statement: policy } }], AttachedManagedPolicies: [], ...more };
  return { serviceAccounts: [iamAccount('shop/runner', `${ROLE}runner`)], iamRoles: [role], ...within('shop', user('alice'), ...(rules.length > 0 ? rules : [rule('create', '', 'pods')])) } as GivenSources;
}
const ACCOUNT_ADMIN = { Effect: 'Allow', Action: 'iam:*', Resource: '*' };
const RUNNER_LINK = 'IAM role runner of account 111122223333 of ServiceAccount shop/runner';
const AWS_ACCOUNT = { resource: ALICE, key: 'privileged-iam-role' } as const;
const POD_IDENTITY = { eksPodIdentityAssociations: [{ namespace: 'shop', serviceAccount: 'runner', roleArn: `${ROLE}runner` }], iamRoles: [podRole('runner')], serviceAccounts: [iamAccount('shop/runner')] };
const RUNNER_POD = deployment({ serviceAccountName: 'runner', automountServiceAccountToken: false });

const ADDON_MANAGER: GivenSources = { clusterRoles: [CLUSTER_ADMIN], clusterRoleBindings: [bindCluster('eks:addon-cluster-admin', 'cluster-admin', user('eks:addon-manager'))] };
const AGGREGATION: GivenSources = {
  clusterRoles: [clusterRole('system:controller:clusterrole-aggregation-controller', rule('escalate,get,list,patch,update,watch', RBAC, 'clusterroles'))],
  clusterRoleBindings: [bindCluster('system:controller:clusterrole-aggregation-controller', 'system:controller:clusterrole-aggregation-controller', account('kube-system', 'clusterrole-aggregation-controller'))],
};

/** Bob may bind anything in shop, and devs may make bindings here. */
function halves(namespace: string): GivenSources {
  return {
    roles: [role('shop', 'bind', rule('bind', RBAC, 'clusterroles')), role(namespace, 'bindings', rule('create', RBAC, 'rolebindings'))],
    roleBindings: [bind('shop', 'bind', 'Role bind', user('bob')), bind(namespace, 'bindings', 'Role bindings', group('devs'))],
  };
}
const SESSION = 'arn:aws:sts::111122223333:assumed-role/dev';

const READS_AWS_AUTH = { ...PRIVATE_EKS_CLUSTER, accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' } };
const AWS_AUTH = [{ metadata: { namespace: 'kube-system', name: 'aws-auth' } }];

export const cases = {
  check: privilegeEscalationPath,
  pass: [
    { name: 'nobody but the account itself', sources: BOSS },
    { name: 'cluster-admin by a binding: a right, not a way', sources: { clusterRoles: [CLUSTER_ADMIN], clusterRoleBindings: [bindCluster('ops', 'cluster-admin', user('alice'))] } },
    { name: 'pods, but only read', sources: inShop(rule('get,list,watch', '', 'pods')) },
    { name: 'pods of another namespace', sources: { ...BOSS, ...within('web', user('alice'), rule('create', '', 'pods')) } },
    { name: 'an account that is not there, by its token', sources: { ...inShop(rule('create', '', 'serviceaccounts/token')), serviceAccounts: [] } },
    { name: 'create with names: a create has none', sources: inShop(rule('create', '', 'pods', 'web')) },
    { name: 'pods/* is literal', sources: { ...inShop(rule('create', '', 'pods/*')), deployments: [deployment({})] } },
    { name: 'tokens of another account', sources: inShop(rule('create', '', 'serviceaccounts/token', 'web')) },
    { name: 'commands where no pod has the account', sources: inShop(rule('create', '', 'pods/exec')) },
    { name: 'commands in pods without a token', sources: { ...inShop(rule('create', '', 'pods/exec')), deployments: [deployment({ automountServiceAccountToken: false })] } },
    {
      name: 'commands by get, where create is asked too',
      sources: { ...inShop(rule('get', '', 'pods/exec')), deployments: [deployment({})], kubernetesVersion: '1.35' },
    },
    { name: 'Secrets created, none read', sources: inShop(rule('create', '', 'secrets')) },
    { name: 'Secrets read, none created', sources: inShop(rule('get', '', 'secrets')) },
    { name: 'a token that never expires, and another Secret read', sources: { ...inShop(rule('get', '', 'secrets', 'boss-token-fghij,tls')), ...WITH_TOKEN } },
    { name: 'a token that never expires, of another namespace', sources: { ...BOSS, ...within('web', user('alice'), rule('get', '', 'secrets')), ...WITH_TOKEN } },
    { name: 'a Secret that such an account may mount', sources: { ...inShop(rule('get', '', 'secrets')), serviceAccounts: [{ metadata: { namespace: 'shop', name: 'boss' }, secrets: [{ name: 'boss-tls' }] }] } },
    { name: 'bind without a binding to write', sources: inShop(rule('bind', RBAC, 'clusterroles,roles')) },
    { name: 'bindings without bind', sources: inShop(rule('create', RBAC, 'rolebindings')) },
    { name: 'ClusterRoleBindings in a RoleBinding', sources: inShop(rule('create,update', RBAC, 'clusterrolebindings'), rule('bind', RBAC, 'clusterroles')) },
    { name: 'bind in each namespace what belongs to none', sources: { ...bindsInEach(rule('get', '', 'nodes/proxy')), nodes: [linux] } },
    { name: 'bind of one harmless role', sources: { ...besideBoss(rule('create', RBAC, 'clusterrolebindings'), rule('bind', RBAC, 'clusterroles', 'view')) } },
    { name: 'escalate without update', sources: inShop(rule('escalate', RBAC, 'roles')) },
    { name: 'escalate on ClusterRoles in a RoleBinding', sources: inShop(rule('escalate,update', RBAC, 'clusterroles')) },
    { name: 'impersonation of users in a RoleBinding', sources: inShop(rule('impersonate', '', 'users,groups')) },
    { name: 'constrained impersonation of masters', sources: besideBoss(rule('impersonate:user-info', 'authentication.k8s.io', 'users,groups', 'system:masters')) },
    { name: 'the group masters without a user', sources: besideBoss(rule('impersonate', '', 'groups', 'system:masters')) },
    { name: 'another user by name', sources: besideBoss(rule('impersonate', '', 'users', 'bob')) },
    { name: 'nodes/proxy in a RoleBinding', sources: { ...inShop(rule('create', '', 'nodes/proxy')), nodes: [linux], deployments: [deployment({})] } },
    { name: 'webhooks in a RoleBinding', sources: inShop(rule('*', 'admissionregistration.k8s.io', 'mutatingwebhookconfigurations')) },
    { name: 'a webhook by name that is not there', sources: besideBoss(rule('update', 'admissionregistration.k8s.io', 'mutatingwebhookconfigurations', 'gone')) },
    { name: 'volumes without pods', sources: { ...besideBoss(rule('create', '', 'persistentvolumes')), nodes: [linux] } },
    {
      name: 'pods where pod security keeps them from the node',
      sources: { ...within('web', user('alice'), rule('create', '', 'pods')), namespaces: [namespace('web', 'baseline')], nodes: [linux] },
    },
    { name: 'pods where nothing is known of the namespace', sources: { ...within('web', user('alice'), rule('create', '', 'pods')), nodes: [linux] } },
    {
      name: 'pods in a cluster of Fargate alone',
      sources: {
        ...within('web', user('alice'), rule('create', '', 'pods')),
        namespaces: [namespace('web')],
        nodes: [{ metadata: { name: 'f', labels: { 'kubernetes.io/os': 'linux', 'eks.amazonaws.com/compute-type': 'fargate' } } }],
      },
    },
    { name: 'a namespace that is patched, and no pods', sources: { ...within('web', user('alice'), rule('patch', '', 'namespaces')), namespaces: [namespace('web', 'restricted')], nodes: [linux] } },
    {
      name: 'another namespace is patched than pods are run in',
      sources: {
        roles: [role('web', 'ops', rule('create', '', 'pods')), role('api', 'ops', rule('patch', '', 'namespaces'))],
        roleBindings: [bind('web', 'ops', 'Role ops', user('alice')), bind('api', 'ops', 'Role ops', user('alice'))],
        namespaces: [namespace('web', 'restricted'), namespace('api', 'restricted')],
        nodes: [linux],
      },
    },
    { name: 'aws-auth of a cluster that does not read it', sources: { ...within('kube-system', user('alice'), rule('update', '', 'configmaps')), awsAuth: AWS_AUTH } },
    { name: 'aws-auth created where it is', sources: { ...within('kube-system', user('alice'), rule('create', '', 'configmaps')), awsAuth: AWS_AUTH, eksCluster: READS_AWS_AUTH } },
    {
      name: 'certificates approved: EKS issues none for clients',
      sources: besideBoss(
        rule('create,get', 'certificates.k8s.io', 'certificatesigningrequests'),
        rule('update', 'certificates.k8s.io', 'certificatesigningrequests/approval'),
        rule('approve', 'certificates.k8s.io', 'signers'),
      ),
    },
    {
      name: 'a default of Kubernetes',
      sources: {
        clusterRoles: [clusterRole('system:controller:clusterrole-aggregation-controller', rule('escalate,get,list,patch,update,watch', RBAC, 'clusterroles'))],
        clusterRoleBindings: [
          bindCluster(
            'system:controller:clusterrole-aggregation-controller',
            'system:controller:clusterrole-aggregation-controller',
            account('kube-system', 'clusterrole-aggregation-controller'),
          ),
        ],
        serviceAccounts: [{ metadata: { namespace: 'kube-system', name: 'clusterrole-aggregation-controller' } }],
      },
    },
    { name: 'IAM: an access policy that is a right already', sources: entered({ policies: { AmazonEKSClusterAdminPolicy: [] } }) },
    { name: 'IAM: a policy that reads what is harmless', sources: entered({ policies: { AmazonEKSViewPolicy: [] } }) },
    { name: 'IAM: a policy of other namespaces', sources: entered({ policies: { AmazonEKSEditPolicy: ['web', 's*p*x'] } }) },
    { name: 'IAM: system:masters, a right', sources: { ...BOSS, ...mapped('dev', 'system:masters') } },
    { name: 'IAM: a group that is cluster-admin by a binding, a right', sources: { ...entered({ groups: ['ops'] }), clusterRoleBindings: [bindCluster('ops', 'cluster-admin', group('ops'))] } },
    { name: 'IAM: a role that only a service of AWS can take', sources: entered({ policies: { AmazonEKSEditPolicy: [] } }, 'aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS') },
    { name: 'IAM: two halves of a right in two namespaces', sources: { ...BOSS, ...mapped('bob', 'devs'), ...halves('web') } },
    { name: 'IAM: the name of a session fits no user with colons', sources: { ...BOSS, ...within('shop', user('system:boss'), rule('get', '', 'pods')), ...mapped('{{SessionName}}') } },
    {
      name: 'IAM: an entry that is older than its role, which EKS does not take for the one that it was made for',
      sources: {
        ...entered({ policies: { AmazonEKSEditPolicy: [] } }),
        eksAccessEntries: [{ principalArn: `${ROLE}dev`, type: 'STANDARD', createdAt: '2026-03-02T09:34:00Z' }],
        iamRoles: [{ Arn: `${ROLE}dev`, RoleName: 'dev', CreateDate: '2026-05-01T00:00:00Z' }],
      },
    },
    { name: 'IAM: nodes, as nodes sign in', sources: { ...ADDON_MANAGER, ...mapped('system:node:{{EC2PrivateDNSName}}', 'system:bootstrappers', 'system:nodes') } },
    { name: 'IAM: somebody beside the defaults of EKS', sources: { ...ADDON_MANAGER, ...mapped('eks:addon-manager-of-mine') } },
    { name: 'IAM: the role of an account that is given it', sources: powerful(ACCOUNT_ADMIN, {}, rule('get', '', 'pods')) },
    { name: 'IAM: impersonation, which has no token of the account', sources: powerful(ACCOUNT_ADMIN, {}, rule('impersonate', '', 'serviceaccounts')) },
    { name: 'IAM: tokens of another account', sources: powerful(ACCOUNT_ADMIN, {}, rule('create', '', 'serviceaccounts/token', 'web')) },
    { name: 'IAM: a role whose trust policy names another account', sources: powerful(ACCOUNT_ADMIN, { AssumeRolePolicyDocument: webIdentityRole('runner', only('web:runner')).AssumeRolePolicyDocument }) },
    { name: 'IAM: a role that writes into other roles, and those and it are bounded', sources: powerful({ Effect: 'Allow', Action: 'iam:PutRolePolicy', Resource: '*' }, { PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/bounds' } }) },
    { name: 'IAM: somebody who rules his AWS account, by what was given to him there', sources: { ...entered({ policies: { AmazonEKSViewPolicy: [] } }), iamRoles: [ownRole({ Effect: 'Allow', Action: 'iam:*', Resource: '*' })] } as GivenSources },
    { name: 'IAM: somebody who may make entries and has every right by one', sources: { ...entered({ policies: { AmazonEKSClusterAdminPolicy: [] } }), iamRoles: [ownRole({ Effect: 'Allow', Action: '*', Resource: '*' })] } as GivenSources },
    { name: 'metadata service: nodes that answer no pods', sources: { ...beside(rule('create', '', 'pods/exec')), ...nodesOf('AL2023_x86_64_STANDARD') } },
    { name: 'metadata service: a policy that keeps pods from it', sources: { ...beside(rule('create', '', 'pods/exec')), ...nodesOf('AL2_x86_64'), daemonSets: [awsNode(AGENT_ON)], vpcCniConfig: [vpcCniConfig('true')], networkPolicies: [{ metadata: { namespace: 'shop', name: 'deny' }, spec: { podSelector: {}, policyTypes: ['Egress'] } }] } as GivenSources },
    { name: 'metadata service: a hop limit of a launch template', sources: { ...beside(rule('create', '', 'pods/exec')), ...nodesOf('AL2_x86_64', { HttpTokens: 'required', HttpPutResponseHopLimit: 1 }) } },
    { name: 'metadata service: reached, and nothing on the nodes that is worth it', sources: { ...inShop(rule('create', '', 'pods/exec')), ...nodesOf('AL2_x86_64'), deployments: [deployment({ serviceAccountName: 'web' })] } },
    { name: 'IAM: everything but rights', sources: powerful({ Effect: 'Allow', NotAction: ['iam:*', 'eks:*'], Resource: '*' }) },
    { name: 'IAM: an administrator who is denied it', sources: powerful([{ Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny', Action: ['iam:*', 'eks:*'], Resource: '*' }]) },
    {
      name: 'IAM: Pod Identity, by a token of the account alone',
      sources: { ...powerful(ACCOUNT_ADMIN, {}, rule('create', '', 'serviceaccounts/token')), ...POD_IDENTITY, iamRoles: [{ ...podRole('runner'), RolePolicyList: [{ PolicyName: 'p', PolicyDocument: { Statement: ACCOUNT_ADMIN } }] }] } as GivenSources,
    },
    { name: 'pods in kube-system, where nobody is more: a right', sources: within('kube-system', user('alice'), rule('create', '', 'pods')) },
  ],
  fail: [
    {
      name: 'pod create by nine bindings to nine roles, of which none takes it away alone',
      sources: {
        nodes: [linux],
        namespaces: [namespace('shop')],
        roles: NINE.map((name) => role('shop', name, rule('create', '', 'pods'))),
        roleBindings: NINE.map((name) => bind('shop', name, `Role ${name}`, user('alice'))),
      },
      findings: [{ ...LINUX_NODES, cause: NINE.map((name) => `Role shop/${name}`).join(' + ') }],
    },
    {
      name: 'pod create',
      sources: inShop(rule('create', '', 'pods')),
      findings: [
        {
          ...ADMIN,
          message: 'User alice can become cluster-admin: User alice runs pods as any account in shop, by RoleBinding shop/ops to Role shop/ops',
          cause: 'Role shop/ops',
        },
      ],
    },
    { name: 'a controller by name, whose template may name another account', sources: { ...inShop(rule('patch', 'apps', 'deployments', 'web')), deployments: [deployment({})] }, findings: [ADMIN] },
    { name: 'a controller of apps alone', sources: inShop(rule('create', 'apps', 'daemonsets')), findings: [ADMIN] },
    { name: 'exec', sources: { ...inShop(rule('create', '', 'pods/exec')), deployments: [deployment({})] }, findings: [ADMIN] },
    { name: 'exec as */exec', sources: { ...inShop(rule('create', '', '*/exec')), deployments: [deployment({})] }, findings: [ADMIN] },
    { name: 'exec by get before 1.35', sources: { ...inShop(rule('get', '', 'pods/exec')), deployments: [deployment({})], kubernetesVersion: '1.34' }, findings: [ADMIN] },
    { name: 'token request', sources: inShop(rule('create', '', 'serviceaccounts/token')), findings: [ADMIN] },
    { name: 'token request by name', sources: inShop(rule('create', '', 'serviceaccounts/token', 'boss')), findings: [ADMIN] },
    { name: 'impersonation of an account that is not there', sources: { ...inShop(rule('impersonate', '', 'serviceaccounts')), serviceAccounts: [] }, findings: [ADMIN] },
    { name: 'impersonation of any user', sources: { clusterRoles: [CLUSTER_ADMIN, clusterRole('ops', rule('impersonate', '', 'users'))], clusterRoleBindings: [bindCluster('bob', 'cluster-admin', user('bob')), bindCluster('ops', 'ops', user('alice'))] }, findings: [ADMIN] },
    { name: 'impersonation of masters with a user', sources: besideBoss(rule('impersonate', '', 'users', 'nobody'), rule('impersonate', '', 'groups', 'system:masters')), findings: [ADMIN] },
    {
      name: 'impersonation of masters with an account of one namespace',
      sources: {
        ...besideBoss(rule('impersonate', '', 'groups')),
        ...within('web', user('alice'), rule('impersonate', '', 'serviceaccounts', 'x')),
      },
      findings: [ADMIN],
    },
    { name: 'bind', sources: besideBoss(rule('create', RBAC, 'clusterrolebindings'), rule('bind', RBAC, 'clusterroles')), findings: [{ ...ADMIN, cause: 'ClusterRole ops' }] },
    {
      name: 'bind in each namespace what is every right there: the cluster is more',
      sources: bindsInEach(rule('*', '*', '*')),
      findings: [{ resource: ALICE, key: 'namespace/kube-system', severity: 'critical', message: 'User alice can take over kube-system: User alice binds ClusterRoles to itself (most) in every namespace, by ClusterRoleBinding ops to ClusterRole ops' }],
    },
    { name: 'bind in a namespace, then its accounts', sources: inShop(rule('create', RBAC, 'rolebindings'), rule('bind', RBAC, 'clusterroles', 'cluster-admin')), findings: [ADMIN] },
    { name: 'bind by joining a binding that is there', sources: besideBoss(rule('patch', RBAC, 'clusterrolebindings', 'boss'), rule('bind', RBAC, 'clusterroles')), findings: [ADMIN] },
    { name: 'escalate', sources: besideBoss(rule('escalate,update', RBAC, 'clusterroles')), findings: [ADMIN] },
    { name: 'escalate on the Role that one is bound to', sources: inShop(rule('escalate,patch', RBAC, 'roles')), findings: [ADMIN] },
    {
      name: 'a token that never expires, read',
      sources: { ...inShop(rule('list', '', 'secrets')), ...WITH_TOKEN },
      findings: [{ ...ADMIN, message: 'User alice can become cluster-admin: User alice reads tokens of ServiceAccounts that never expire out of Secrets in shop, by RoleBinding shop/ops to Role shop/ops' }],
    },
    { name: 'the same by its name', sources: { ...inShop(rule('get', '', 'secrets', 'boss-token-abcde')), ...WITH_TOKEN }, findings: [ADMIN] },
    { name: 'and cluster-wide', sources: { ...besideBoss(rule('get', '', 'secrets', 'boss-token-abcde')), ...WITH_TOKEN }, findings: [ADMIN] },
    { name: 'Secrets created and read', sources: inShop(rule('create,get', '', 'secrets')), findings: [ADMIN] },
    {
      name: 'nodes/proxy by get, then an account on the nodes',
      sources: { ...besideBoss(rule('get', '', 'nodes/proxy')), nodes: [linux], deployments: [deployment({})] },
      findings: [ADMIN],
    },
    { name: 'nodes/proxy', sources: { ...everywhere(user('alice'), rule('create', '', 'nodes/proxy')), nodes: [linux] }, findings: [LINUX_NODES] },
    { name: 'webhooks', sources: besideBoss(rule('update', 'admissionregistration.k8s.io', 'mutatingwebhookconfigurations')), findings: [ADMIN] },
    {
      name: 'a webhook by name that is there',
      sources: { ...besideBoss(rule('update', 'admissionregistration.k8s.io', 'mutatingwebhookconfigurations', 'mesh')), mutatingWebhookConfigurations: [{ metadata: { name: 'mesh' } }] },
      findings: [ADMIN],
    },
    { name: 'API services', sources: besideBoss(rule('create', 'apiregistration.k8s.io', 'apiservices')), findings: [ADMIN] },
    {
      name: 'pods, and a namespace without pod security',
      sources: { ...within('web', user('alice'), rule('create', '', 'pods')), namespaces: [namespace('web')], nodes: [linux] },
      findings: [{ ...LINUX_NODES, cause: 'Role web/ops' }],
    },
    {
      name: 'pods, and a namespace whose pod security may be switched off',
      sources: { ...within('web', user('alice'), rule('create', '', 'pods'), rule('patch', '', 'namespaces', 'web')), namespaces: [namespace('web', 'restricted')], nodes: [linux] },
      findings: [LINUX_NODES],
    },
    {
      name: 'commands in a privileged pod',
      sources: { ...within('shop', user('alice'), rule('create', '', 'pods/exec')), nodes: [linux], deployments: [deployment({ containers: [{ name: 'web', securityContext: { privileged: true } }] })] },
      findings: [LINUX_NODES],
    },
    {
      name: 'volumes, and pods under pod security',
      sources: {
        ...everywhere(user('alice'), rule('create', '', 'persistentvolumes')),
        ...within('web', user('alice'), rule('create', '', 'pods')),
        namespaces: [namespace('web', 'restricted')],
        nodes: [linux],
      },
      findings: [LINUX_NODES],
    },
    { name: 'aws-auth', sources: { ...within('kube-system', user('alice'), rule('patch', '', 'configmaps', 'aws-auth')), awsAuth: AWS_AUTH, eksCluster: READS_AWS_AUTH }, findings: [ADMIN] },
    { name: 'aws-auth where it is not there yet', sources: { ...within('kube-system', user('alice'), rule('create', '', 'configmaps')), eksCluster: READS_AWS_AUTH }, findings: [ADMIN] },
    {
      name: 'a default of Kubernetes that somebody may impersonate',
      sources: {
        clusterRoles: [clusterRole('system:controller:clusterrole-aggregation-controller', rule('escalate,get,list,patch,update,watch', RBAC, 'clusterroles'))],
        clusterRoleBindings: [
          bindCluster(
            'system:controller:clusterrole-aggregation-controller',
            'system:controller:clusterrole-aggregation-controller',
            account('kube-system', 'clusterrole-aggregation-controller'),
          ),
        ],
        ...within('kube-system', user('alice'), rule('impersonate', '', 'serviceaccounts', 'clusterrole-aggregation-controller')),
      },
      findings: [ADMIN, { resource: subject('ServiceAccount kube-system/clusterrole-aggregation-controller'), key: 'cluster-admin', cause: 'defaults alone' }],
    },
    {
      name: 'IAM: a default of EKS that somebody is mapped to',
      sources: { ...ADDON_MANAGER, ...mapped('eks:addon-manager') },
      findings: [
        {
          resource: DEV,
          key: 'cluster-admin',
          cause: 'IAM role dev of account 111122223333 in aws-auth',
          message: 'IAM role dev of account 111122223333 can become cluster-admin: IAM role dev of account 111122223333 signs in as User eks:addon-manager, by aws-auth',
        },
      ],
    },
    {
      name: 'IAM: a default of Kubernetes that somebody is mapped to by its name',
      sources: { ...AGGREGATION, ...mapped('system:serviceaccount:kube-system:clusterrole-aggregation-controller') },
      findings: [
        { resource: DEV, key: 'cluster-admin', cause: 'IAM role dev of account 111122223333 in aws-auth' },
        { resource: subject('ServiceAccount kube-system/clusterrole-aggregation-controller'), key: 'cluster-admin' },
      ],
    },
    {
      name: 'a system namespace, through an account of another',
      sources: {
        roles: [role('shop', 'ops', rule('create', '', 'serviceaccounts/token')), role('kube-system', 'deployer', rule('create', '', 'pods'))],
        roleBindings: [bind('shop', 'ops', 'Role ops', user('alice')), bind('kube-system', 'deployer', 'Role deployer', account('shop', 'deployer'))],
        serviceAccounts: [{ metadata: { namespace: 'shop', name: 'deployer' } }],
      },
      findings: [{ resource: ALICE, key: 'namespace/kube-system' }],
    },
    {
      name: 'two identities, each of which does one half',
      sources: {
        ...BOSS,
        serviceAccounts: [...BOSS.serviceAccounts, { metadata: { namespace: 'web', name: 'writer' } }],
        roles: [role('web', 'ops', rule('create', '', 'serviceaccounts/token')), role('shop', 'reader', rule('get', '', 'secrets')), role('shop', 'writer', rule('create', '', 'secrets'))],
        roleBindings: [
          bind('web', 'ops', 'Role ops', user('alice')),
          bind('shop', 'reader', 'Role reader', user('alice')),
          bind('shop', 'writer', 'Role writer', account('web', 'writer')),
        ],
      },
      findings: [{ ...ADMIN, cause: 'Role web/ops' }],
    },
    {
      name: 'IAM: by the group of an access entry, with the cause of the group',
      sources: { ...entered({ groups: ['devs'] }), ...DEVS_IN_SHOP },
      findings: [
        { resource: subject('Group devs'), key: 'cluster-admin', cause: 'Role shop/ops' },
        {
          resource: DEV,
          key: 'cluster-admin',
          cause: 'Role shop/ops',
          message: 'IAM role dev of account 111122223333 can become cluster-admin: IAM role dev of account 111122223333 signs in as Group devs, by its access entry',
        },
      ],
    },
    {
      name: 'IAM: by an access policy',
      sources: entered({ policies: { AmazonEKSEditPolicy: [] } }),
      findings: [{ resource: DEV, key: 'cluster-admin', cause: 'access policy AmazonEKSEditPolicy' }],
    },
    {
      name: 'IAM: by an access policy of namespaces that begin so',
      sources: entered({ policies: { AmazonEKSEditPolicy: ['sh*'] } }),
      findings: [{ resource: DEV, key: 'cluster-admin', cause: 'access policy AmazonEKSEditPolicy' }],
    },
    {
      name: 'IAM: half of a right by the user, the other half by a group',
      sources: { ...BOSS, ...mapped('bob', 'devs'), ...halves('shop') },
      findings: [{ resource: DEV, key: 'cluster-admin', cause: 'Role shop/bind' }],
    },
    {
      name: 'IAM: by aws-auth, as a user',
      sources: { ...inShop(rule('create', '', 'pods')), ...mapped('alice') },
      findings: [{ resource: DEV, key: 'cluster-admin', cause: 'Role shop/ops' }, { ...ADMIN, cause: 'Role shop/ops' }],
    },
    {
      name: 'IAM: as a user whom the name of the session makes',
      sources: { ...BOSS, ...within('shop', user(`${SESSION}/alice`), rule('create', '', 'pods')), ...entries({ principalArn: `${ROLE}dev`, username: `${SESSION}/{{SessionName}}` }) },
      findings: [
        {
          resource: DEV,
          key: 'cluster-admin',
          message: `IAM role dev of account 111122223333 can become cluster-admin: IAM role dev of account 111122223333 may sign in as User ${SESSION}/alice, by its access entry and the name of its session`,
        },
        { resource: subject(`User ${SESSION}/alice`), key: 'cluster-admin' },
      ],
    },
    {
      name: 'IAM: a group whose name the session makes',
      sources: { ...BOSS, ...DEVS_IN_SHOP, ...mapped('dev', '{{SessionName}}') },
      findings: [{ resource: subject('Group devs'), key: 'cluster-admin' }, { resource: DEV, key: 'cluster-admin' }],
    },
    {
      name: 'IAM: an account whose role signs in with more power',
      sources: RUNNER,
      findings: [
        ...PLATFORM,
        RUNNER_ROLE,
        {
          ...RUNNER_ACCOUNT,
          message: 'ServiceAccount shop/runner can become cluster-admin: ServiceAccount shop/runner takes IAM role runner of account 111122223333',
        },
      ],
    },
    {
      name: 'IAM: pods, then the role of their account',
      sources: besideRunner({}, rule('create', '', 'pods')),
      findings: [...PLATFORM, RUNNER_ROLE, { ...ADMIN, cause: 'Role shop/ops' }, RUNNER_ACCOUNT],
    },
    {
      name: 'IAM: not by impersonating the account',
      sources: besideRunner({}, rule('impersonate', '', 'serviceaccounts')),
      findings: [...PLATFORM, RUNNER_ROLE, RUNNER_ACCOUNT],
    },
    {
      name: 'IAM: a token for an account that the role names, and nothing in the cluster does',
      sources: besideRunner({ serviceAccounts: [iamAccount('shop/runner')] }, rule('create', '', 'serviceaccounts/token', 'runner')),
      findings: [...PLATFORM, RUNNER_ROLE, ADMIN],
    },
    {
      name: 'IAM: any token, where the role lets in every account',
      sources: { ...besideRunner({ serviceAccounts: [iamAccount('web/x')], iamRoles: [webIdentityRole('runner', like('*'))] }), ...within('web', user('alice'), rule('create', '', 'pods')) },
      findings: [...PLATFORM, RUNNER_ROLE, { ...ADMIN, cause: 'Role web/ops' }],
    },
    {
      name: 'IAM: a role in system:masters, where the entry is what can be taken back',
      sources: { ...RUNNER, clusterRoles: [], clusterRoleBindings: [], ...awsAuth({ mapRoles: JSON.stringify([{ rolearn: `${ROLE}runner`, username: 'runner', groups: ['system:masters'] }]) }), eksAccessEntries: [] },
      findings: [{ ...RUNNER_ACCOUNT, cause: RUNNER_LINK }],
    },
    {
      name: 'IAM: the role of the nodes signs in with more power',
      sources: {
        ...everywhere(group('platform'), rule('escalate,update', RBAC, 'clusterroles')),
        ...within('web', user('alice'), rule('create', '', 'pods')),
        ...entries({ principalArn: `${ROLE}nodes`, groups: ['platform'] }),
        eksNodegroups: [{ nodegroupName: 'n', nodeRole: `${ROLE}path/nodes`, amiType: 'AL2023_x86_64_STANDARD' }],
        namespaces: [namespace('web')],
        nodes: [linux],
      },
      findings: [...PLATFORM, { ...RUNNER_ROLE, resource: principal('Role', `${ROLE}nodes`) }, { ...ADMIN, cause: 'Role web/ops' }, { ...LINUX_NODES, cause: 'Role web/ops' }],
    },
    {
      name: 'IAM: a role that rules its AWS account',
      sources: powerful(ACCOUNT_ADMIN),
      findings: [
        { ...AWS_ACCOUNT, message: 'User alice can take over an AWS account: User alice runs pods as any account in shop, by RoleBinding shop/ops to Role shop/ops' },
      ],
    },
    { name: 'IAM: a role that writes into itself', sources: powerful({ Effect: 'Allow', Action: 'iam:Put*', Resource: `${ROLE}runner` }), findings: [AWS_ACCOUNT] },
    { name: 'IAM: a role that decides whom roles let in', sources: powerful({ Effect: 'Allow', Action: 'iam:UpdateAssumeRolePolicy', Resource: '*' }), findings: [AWS_ACCOUNT] },
    { name: "IAM: AWS's own administrator's policy", sources: powerful([], { AttachedManagedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }] }), findings: [ADMIN, AWS_ACCOUNT, { ...RUNNER_ACCOUNT, cause: RUNNER_LINK }] },
    {
      name: 'IAM: a role that may make entries of this cluster',
      sources: { ...powerful({ Effect: 'Allow', Action: ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'], Resource: '*' }), eksCluster: eksCluster('API') },
      findings: [{ ...ADMIN, cause: 'Role shop/ops' }, { ...RUNNER_ACCOUNT, cause: RUNNER_LINK }],
    },
    {
      name: 'IAM: somebody with a policy to look, whose role may make entries of this cluster',
      sources: { ...entered({ policies: { AmazonEKSViewPolicy: [] } }), iamRoles: [ownRole({ Effect: 'Allow', Action: 'eks:*', Resource: '*' })] } as GivenSources,
      findings: [
        {
          resource: DEV,
          key: 'cluster-admin',
          message: 'IAM role dev of account 111122223333 can become cluster-admin: may let itself into the cluster with every right, by its IAM policies',
          cause: 'policies of IAM role dev of account 111122223333',
        },
      ],
    },
    {
      name: 'metadata service: commands in a pod, whose node runs another',
      sources: { ...beside(rule('create', '', 'pods/exec')), ...nodesOf('AL2_x86_64') },
      findings: [{ ...ADMIN, cause: 'Role shop/ops' }],
    },
    {
      name: 'metadata service: the same by a launch template, in a pod of its own making that may be nothing',
      sources: { ...beside(rule('create', '', 'pods')), ...nodesOf('AL2023_x86_64_STANDARD', { HttpTokens: 'required', HttpPutResponseHopLimit: 2 }), namespaces: [namespace('shop', 'restricted')] },
      findings: [ADMIN],
    },
    {
      name: 'metadata service: a pod in the network of its node, whatever the hop limit is',
      sources: { ...beside(rule('create', '', 'pods/exec')), ...nodesOf('AL2023_x86_64_STANDARD'), deployments: [deployment({ serviceAccountName: 'web', hostNetwork: true }), BOSS_POD] },
      findings: [ADMIN],
    },
    {
      name: 'metadata service: a role of the nodes that rules its AWS account',
      sources: {
        ...inShop(rule('create', '', 'pods/exec')),
        ...nodesOf('AL2_x86_64'),
        deployments: [deployment({ serviceAccountName: 'web' })],
        iamRoles: [{ Arn: `${ROLE}nodes`, RoleName: 'nodes', RolePolicyList: [{ PolicyName: 'p', PolicyDocument: { Statement: ACCOUNT_ADMIN } }], AttachedManagedPolicies: [] }],
      } as GivenSources,
      findings: [AWS_ACCOUNT],
    },
    {
      name: 'IAM: commands in a pod that has its role by Pod Identity, and no token',
      sources: { ...besideRunner(POD_IDENTITY, rule('create', '', 'pods/exec')), deployments: [RUNNER_POD] },
      findings: [...PLATFORM, RUNNER_ROLE, { ...ADMIN, cause: 'Role shop/ops' }, RUNNER_ACCOUNT],
    },
    {
      name: 'IAM: the role that Pod Identity changes the first one for',
      sources: {
        ...RUNNER,
        serviceAccounts: [iamAccount('shop/first')],
        eksPodIdentityAssociations: [{ namespace: 'shop', serviceAccount: 'first', roleArn: `${ROLE}first`, targetRoleArn: `${ROLE}runner` }],
        iamRoles: [
          podRole('first'),
          { Arn: `${ROLE}runner`, RoleName: 'runner', AssumeRolePolicyDocument: { Statement: { Effect: 'Allow', Principal: { AWS: `${ROLE}first` }, Action: ['sts:AssumeRole', 'sts:TagSession'] } } },
        ],
      },
      findings: [...PLATFORM, RUNNER_ROLE, { ...RUNNER_ACCOUNT, resource: subject('ServiceAccount shop/first') }],
    },
    {
      name: 'a group, and not its members too',
      sources: { ...BOSS, ...within('shop', group('system:serviceaccounts:web'), rule('create', '', 'pods')), ...{ clusterRoles: [CLUSTER_ADMIN, clusterRole('odd', rule('get', '', 'secrets'))] } },
      findings: [{ resource: subject('Group system:serviceaccounts:web'), key: 'cluster-admin' }],
    },
  ],
} satisfies CheckCases;
