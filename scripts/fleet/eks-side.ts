import { addAccessEntries } from './access-entries.ts';
import { clusterArn, type ClusterSettings } from './cluster.ts';
import type { Fields, Labels } from './kube-object.ts';
import { minutesAfter, stableHex, stableUid } from './stable.ts';

/** The AWS side of one cluster, as its owner set it. */
export interface EksSide {
  readonly vpcConfig: { readonly publicAccess: boolean; readonly privateAccess: boolean; readonly publicCidrs: readonly string[] };
  readonly authenticationMode: 'API' | 'API_AND_CONFIG_MAP' | 'CONFIG_MAP';
  readonly logTypes: readonly string[];
  readonly customerKey: boolean;
  readonly deletionProtection: boolean;
  readonly addOns: Readonly<Record<string, { readonly version: string; readonly configuration?: string }>>;
  readonly accessEntries: readonly AccessEntry[];
  /** `namespace/account` to the name of an IAM role. */
  readonly podIdentities: Labels;
  /** Statements of the trust policies of roles that are not as they should be, by the name of the role; null: somebody deleted it. */
  readonly trust?: Readonly<Record<string, readonly Fields[] | null>>;
  readonly securityGroupRules: readonly Fields[];
  /** The control plane has an interface in the public subnet. */
  readonly publicControlPlane?: boolean;
  /** An OpenID Connect provider besides IAM. */
  readonly identityProvider?: Fields;
}

export interface AccessEntry {
  readonly principal: string;
  readonly type?: 'STANDARD' | 'EC2_LINUX' | 'EC2_WINDOWS';
  readonly username?: string;
  readonly groups?: readonly string[];
  /** Access policy to its namespaces; none: the whole cluster. */
  readonly policies?: Readonly<Record<string, readonly string[]>>;
}

/** File name to what the AWS CLI prints. */
export type CliAnswers = Map<string, Fields>;

const LOG_TYPES = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

/** When standard and extended support end. https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html */
const CLUSTER_VERSIONS: readonly Fields[] = [
  { clusterVersion: '1.35', clusterType: 'eks', defaultVersion: true, status: 'standard-support', versionStatus: 'STANDARD_SUPPORT', endOfStandardSupportDate: '2027-03-27T00:00:00+00:00', endOfExtendedSupportDate: '2028-03-27T00:00:00+00:00' },
  { clusterVersion: '1.34', clusterType: 'eks', defaultVersion: false, status: 'standard-support', versionStatus: 'STANDARD_SUPPORT', endOfStandardSupportDate: '2026-12-02T00:00:00+00:00', endOfExtendedSupportDate: '2027-12-02T00:00:00+00:00' },
];

export function awsAnswers(settings: ClusterSettings, side: EksSide): CliAnswers {
  const answers: CliAnswers = new Map();
  answers.set('describe-cluster', { cluster: describeCluster(settings, side) });
  addAddOns(answers, settings, side);
  addAccessEntries(answers, settings, side);
  addNodeGroups(answers, settings);
  addPodIdentities(answers, settings, side);
  answers.set('list-fargate-profiles', { fargateProfileNames: [] });
  addIdentityProvider(answers, settings, side);
  answers.set('list-insights', { insights: [] });
  answers.set('describe-cluster-versions', { clusterVersions: CLUSTER_VERSIONS });
  return answers;
}

function addIdentityProvider(answers: CliAnswers, settings: ClusterSettings, { identityProvider }: EksSide): void {
  const name = String(identityProvider?.['identityProviderConfigName']);
  answers.set('list-identity-provider-configs', { identityProviderConfigs: identityProvider ? [{ type: 'oidc', name }] : [] });
  if (!identityProvider) return;
  const identityProviderConfigArn = `${clusterArn(settings).replace(':cluster/', ':identityproviderconfig/')}/oidc/${name}/${stableUid(`${settings.name}/${name}`)}`;
  answers.set(`describe-identity-provider-config-${name}`, {
    identityProviderConfig: { oidc: { ...identityProvider, identityProviderConfigArn, clusterName: settings.name, tags: {}, status: 'ACTIVE' } },
  });
}

export function vpcIds({ name }: ClusterSettings): { readonly vpc: string; readonly clusterGroup: string; readonly extraGroup: string; subnet(index: number): string } {
  const id = (kind: string, seed: string): string => `${kind}-0${stableHex(`${name}/${seed}`, 16)}`;
  return { vpc: id('vpc', 'vpc'), clusterGroup: id('sg', 'cluster'), extraGroup: id('sg', 'extra'), subnet: (index) => id('subnet', `subnet-${String(index)}`) };
}

/** Without `https://`, as IAM writes it. */
export function oidcIssuer({ name, region }: ClusterSettings): string {
  return `oidc.eks.${region}.amazonaws.com/id/${stableHex(`${name}/oidc`, 32).toUpperCase()}`;
}

function describeCluster(settings: ClusterSettings, side: EksSide): Fields {
  const { name, region, account, createdAt } = settings;
  const ids = vpcIds(settings);
  const on = LOG_TYPES.filter((type) => side.logTypes.includes(type));
  const off = LOG_TYPES.filter((type) => !side.logTypes.includes(type));
  return {
    name,
    arn: clusterArn(settings),
    createdAt,
    version: '1.35',
    endpoint: `https://${stableHex(`${name}/endpoint`, 32).toUpperCase()}.gr7.${region}.eks.amazonaws.com`,
    roleArn: `arn:aws:iam::${account}:role/${name}-cluster`,
    resourcesVpcConfig: {
      subnetIds: (side.publicControlPlane ? [0, 4] : [0, 1]).map(ids.subnet),
      securityGroupIds: [ids.extraGroup],
      clusterSecurityGroupId: ids.clusterGroup,
      vpcId: ids.vpc,
      endpointPublicAccess: side.vpcConfig.publicAccess,
      endpointPrivateAccess: side.vpcConfig.privateAccess,
      publicAccessCidrs: side.vpcConfig.publicCidrs,
    },
    kubernetesNetworkConfig: { serviceIpv4Cidr: '172.20.0.0/16', ipFamily: 'ipv4', elasticLoadBalancing: { enabled: false } },
    logging: {
      clusterLogging: [...(on.length > 0 ? [{ types: on, enabled: true }] : []), ...(off.length > 0 ? [{ types: off, enabled: false }] : [])],
    },
    identity: { oidc: { issuer: `https://${oidcIssuer(settings)}` } },
    status: 'ACTIVE',
    certificateAuthority: { data: Buffer.from('an example, no certificate').toString('base64') },
    platformVersion: 'eks.6',
    tags: { team: 'platform' },
    ...(side.customerKey ? { encryptionConfig: [{ resources: ['secrets'], provider: { keyArn: `arn:aws:kms:${region}:${account}:key/${stableUid(`${name}/key`)}` } }] } : {}),
    accessConfig: { bootstrapClusterCreatorAdminPermissions: side.authenticationMode === 'CONFIG_MAP', authenticationMode: side.authenticationMode },
    upgradePolicy: { supportType: 'STANDARD' },
    deletionProtection: side.deletionProtection,
  };
}

function addAddOns(answers: CliAnswers, settings: ClusterSettings, side: EksSide): void {
  const names = Object.keys(side.addOns).sort();
  answers.set('list-addons', { addons: names });
  for (const name of names) {
    const { version, configuration } = side.addOns[name]!;
    answers.set(`describe-addon-${name}`, {
      addon: {
        addonName: name,
        clusterName: settings.name,
        status: 'ACTIVE',
        addonVersion: version,
        health: { issues: [] },
        addonArn: `${clusterArn(settings).replace(':cluster/', ':addon/')}/${name}/${stableUid(`${settings.name}/${name}`)}`,
        createdAt: minutesAfter(settings.createdAt, 15),
        modifiedAt: minutesAfter(settings.createdAt, 17),
        tags: {},
        ...(configuration === undefined ? {} : { configurationValues: configuration }),
      },
    });
  }
}

function addNodeGroups(answers: CliAnswers, settings: ClusterSettings): void {
  const { name, account, createdAt, nodeGroups } = settings;
  const ids = vpcIds(settings);
  answers.set('list-nodegroups', { nodegroups: nodeGroups.map((group) => group.name) });
  for (const group of nodeGroups) {
    const size = group.nodes.length;
    answers.set(`describe-nodegroup-${group.name}`, {
      nodegroup: {
        nodegroupName: group.name,
        nodegroupArn: `${clusterArn(settings).replace(':cluster/', ':nodegroup/')}/${group.name}/${stableUid(`${name}/${group.name}`)}`,
        clusterName: name,
        version: '1.35',
        releaseVersion: '1.35.2-20261105',
        createdAt,
        modifiedAt: minutesAfter(createdAt, 12),
        status: 'ACTIVE',
        capacityType: 'ON_DEMAND',
        scalingConfig: { minSize: 2, maxSize: 10, desiredSize: size },
        instanceTypes: [group.instanceType],
        subnets: group.public ? [ids.subnet(4)] : [2, 3].map(ids.subnet),
        amiType: group.amiType,
        nodeRole: `arn:aws:iam::${account}:role/${name}-node`,
        labels: {},
        diskSize: 80,
        health: { issues: [] },
        updateConfig: { maxUnavailable: 1 },
        tags: {},
      },
    });
  }
}

function addPodIdentities(answers: CliAnswers, settings: ClusterSettings, side: EksSide): void {
  const { name, account, createdAt } = settings;
  const associations = Object.entries(side.podIdentities).map(([place, role]) => {
    const [namespace, serviceAccount] = place.split('/') as [string, string];
    const associationId = `a-${stableHex(`${name}/${place}`, 17)}`;
    const associationArn = `${clusterArn(settings).replace(':cluster/', ':podidentityassociation/')}/${associationId}`;
    return { clusterName: name, namespace, serviceAccount, associationArn, associationId, role };
  });
  answers.set('list-pod-identity-associations', { associations: associations.map(({ role: _role, ...summary }) => summary) });
  for (const { role, ...association } of associations) {
    const roleArn = `arn:aws:iam::${account}:role/${role}`;
    answers.set(`describe-pod-identity-association-${association.namespace}-${association.serviceAccount}`, {
      association: { ...association, roleArn, tags: {}, createdAt: minutesAfter(createdAt, 25), modifiedAt: minutesAfter(createdAt, 25), disableSessionTags: false },
    });
  }
}
