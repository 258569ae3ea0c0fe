import { controllerOnNodeRole } from '../../../lambda/checks/identity/controller-on-node-role.ts';
import type { GivenSources } from '../../snapshot-of.ts';
import type { CheckCases } from '../check-cases.ts';
import { ROLE, account, accountResource, eksCluster } from './identity-objects.ts';

interface Runs {
  readonly image?: string;
  readonly args?: readonly string[];
  readonly command?: readonly string[];
  readonly env?: readonly object[];
  readonly annotations?: Record<string, string>;
}

const BALANCERS = 'public.ecr.aws/eks/aws-load-balancer-controller:v3.5.0';
const OPTIONAL = [{ name: 'AWS_ACCESS_KEY_ID', valueFrom: { secretKeyRef: { name: 'aws-secret', key: 'key_id', optional: true } } }];

/** The account infra/controller runs this, on nodes of a node group. */
function running({ annotations, image = BALANCERS, ...container }: Runs, more: GivenSources = {}): GivenSources {
  const template = { metadata: { annotations }, spec: { serviceAccountName: 'controller', containers: [{ name: 'sidecar', image: 'example.com/proxy:1' }, { name: 'controller', image, ...container }] } };
  return {
    eksCluster: eksCluster('API'),
    deployments: [{ metadata: { namespace: 'infra', name: 'controller' }, spec: { template } }] as unknown as NonNullable<GivenSources['deployments']>,
    serviceAccounts: [account('infra/controller')],
    eksNodegroups: [{ nodegroupName: 'n', nodeRole: `${ROLE}node` }],
    ...more,
  };
}
const statement = (Action: unknown, Resource: unknown = '*') => ({ Effect: 'Allow', Action, Resource });
/** It has a role of its own, with these statements. */
function having(runs: Runs, ...statements: readonly object[]): GivenSources {
  const iamRoles = [{ Arn: `${ROLE}own`, RoleName: 'own', RolePolicyList: [{ PolicyName: 'p', PolicyDocument: { Statement: statements } }], AttachedManagedPolicies: [] }];
  return running(runs, { serviceAccounts: [account('infra/controller', `${ROLE}own`)], iamRoles });
}
const NODE = { resource: accountResource('infra/controller'), key: 'node-role' } as const;
const WHOLE = { resource: accountResource('infra/controller'), key: 'whole-services' } as const;

export const cases = {
  check: controllerOnNodeRole,
  pass: [
    { name: 'a role of its own with some actions', sources: having({}, statement(['ec2:Describe*', 'elasticloadbalancing:CreateLoadBalancer']), statement('ec2:*', 'arn:aws:ec2:*:*:security-group/*')) },
    { name: 'a whole service that it needs nothing of', sources: having({}, statement('s3:*')) },
    { name: 'a role by Pod Identity', sources: running({}, { eksPodIdentityAssociations: [{ namespace: 'infra', serviceAccount: 'controller', roleArn: `${ROLE}own` }], iamRoles: [] }) },
    { name: 'a role that rules its account is told as that', sources: having({}, statement('*')) },
    { name: 'other credentials', sources: running({ env: [{ name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: '/token' }] }) },
    { name: 'a role that kube2iam gives it', sources: running({ annotations: { 'iam.amazonaws.com/role': 'own' } }) },
    { name: 'its name in another registry', sources: running({ image: 'example.com/aws-load-balancer-controller:1' }) },
    { name: 'ExternalDNS for another cloud', sources: running({ image: 'registry.k8s.io/external-dns/external-dns:v0.22.0', args: ['--provider=cloudflare'] }) },
    { name: 'what needs nothing of AWS', sources: running({ image: 'registry.k8s.io/metrics-server/metrics-server:v0.9.0' }) },
    { name: 'Auto Mode alone, whose nodes give pods nothing', sources: running({}, { eksNodegroups: [], nodes: [{ metadata: { name: 'a', labels: { 'eks.amazonaws.com/compute-type': 'auto' } } }] }) },
    { name: 'an account that is not there', sources: running({}, { serviceAccounts: [] }) },
  ],
  fail: [
    {
      name: 'no role',
      sources: running({}),
      findings: [
        {
          ...NODE,
          message: 'ServiceAccount infra/controller, which the AWS Load Balancer Controller runs as, has no IAM role: it works by that of its node',
          cause: 'controller without a role of its own',
        },
      ],
    },
    { name: 'no role, from a registry of EKS', sources: running({ image: '602401143452.dkr.ecr.eu-west-1.amazonaws.com/eks/aws-ebs-csi-driver:v1.64.0' }), findings: [{ ...NODE, message: 'ServiceAccount infra/controller, which the EBS CSI driver runs as, has no IAM role: it works by that of its node' }] },
    {
      name: 'no role, and a Secret that need not be there',
      sources: running({ env: OPTIONAL }),
      findings: [{ ...NODE, message: 'ServiceAccount infra/controller, which the AWS Load Balancer Controller runs as, has no IAM role: it works by that of its node, or by a key in a Secret that may be there' }],
    },
    { name: 'no role, told the cloud by its command', sources: running({ image: 'registry.k8s.io/autoscaling/cluster-autoscaler:v1.36.1', command: ['./cluster-autoscaler', '--cloud-provider=aws'] }), findings: [NODE] },
    { name: 'no role, told the cloud by its arguments', sources: running({ image: 'registry.k8s.io/external-dns/external-dns:v0.22.0', args: ['--provider=aws'] }), findings: [NODE] },
    {
      name: 'the role of nodes',
      sources: running({}, { serviceAccounts: [account('infra/controller', `${ROLE}path/node`)] }),
      findings: [{ ...NODE, message: 'ServiceAccount infra/controller, which the AWS Load Balancer Controller runs as, has the role of nodes: IAM role path/node of account 111122223333', cause: 'controller with the role of nodes' }],
    },
    {
      name: 'whole services',
      sources: having({}, statement(['ec2:*', 'elasticloadbalancing:*', 's3:*'])),
      findings: [
        {
          ...WHOLE,
          message: 'ServiceAccount infra/controller, which the AWS Load Balancer Controller runs as, may take every action of ec2 and elasticloadbalancing, by IAM role own of account 111122223333',
          cause: 'IAM role own of account 111122223333: every action of ec2 and elasticloadbalancing',
        },
      ],
    },
    { name: 'all but IAM', sources: having({}, { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }), findings: [WHOLE] },
  ],
} satisfies CheckCases;
