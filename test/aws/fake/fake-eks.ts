import { fault, page, said, type Call, type Said } from './call.ts';
import { CLUSTER_VERSIONS, clusterArn, type FakeEksCluster, type Fields } from './fake-data.ts';

/** `aws eks`'s operations by method and path. https://docs.aws.amazon.com/eks/latest/APIReference/API_Operations.html */
export function eksOperation(method: string, path: string): { readonly operation: string; readonly parameters: readonly (readonly [string, string])[] } | undefined {
  for (const [verb, template, operation] of ROUTES) {
    const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
    const match = new RegExp(`^${template.replaceAll(/\{\w+\}/g, '([^/]+)')}$`).exec(path);
    if (verb === method && match) return { operation, parameters: names.map((name, index) => [name, decodeURIComponent(match[index + 1]!)]) };
  }
  return undefined;
}

const ROUTES: readonly (readonly [string, string, string])[] = [
  ['GET', '/clusters', 'ListClusters'],
  ['GET', '/clusters/{cluster}', 'DescribeCluster'],
  ['GET', '/cluster-versions', 'DescribeClusterVersions'],
  ['GET', '/clusters/{cluster}/addons', 'ListAddons'],
  ['GET', '/clusters/{cluster}/addons/{id}', 'DescribeAddon'],
  ['GET', '/clusters/{cluster}/access-entries', 'ListAccessEntries'],
  ['GET', '/clusters/{cluster}/access-entries/{id}', 'DescribeAccessEntry'],
  ['GET', '/clusters/{cluster}/access-entries/{id}/access-policies', 'ListAssociatedAccessPolicies'],
  ['GET', '/clusters/{cluster}/node-groups', 'ListNodegroups'],
  ['GET', '/clusters/{cluster}/node-groups/{id}', 'DescribeNodegroup'],
  ['GET', '/clusters/{cluster}/fargate-profiles', 'ListFargateProfiles'],
  ['GET', '/clusters/{cluster}/fargate-profiles/{id}', 'DescribeFargateProfile'],
  ['GET', '/clusters/{cluster}/pod-identity-associations', 'ListPodIdentityAssociations'],
  ['GET', '/clusters/{cluster}/pod-identity-associations/{id}', 'DescribePodIdentityAssociation'],
  ['GET', '/clusters/{cluster}/identity-provider-configs', 'ListIdentityProviderConfigs'],
  ['POST', '/clusters/{cluster}/identity-provider-configs/describe', 'DescribeIdentityProviderConfig'],
  ['POST', '/clusters/{cluster}/insights', 'ListInsights'],
  ['GET', '/clusters/{cluster}/insights/{id}', 'DescribeInsight'],
];

/** Lists: the field of the answer, and what is in it of each thing. */
const LISTS: Readonly<Record<string, { readonly field: string; readonly of: (cluster: FakeEksCluster) => readonly unknown[] | undefined }>> = {
  ListAddons: { field: 'addons', of: ({ addons }) => addons?.map(({ addonName }) => addonName) },
  ListAccessEntries: { field: 'accessEntries', of: ({ accessEntries }) => accessEntries?.map(({ principalArn }) => principalArn) },
  ListNodegroups: { field: 'nodegroups', of: ({ nodegroups }) => nodegroups?.map(({ nodegroupName }) => nodegroupName) },
  ListFargateProfiles: { field: 'fargateProfileNames', of: ({ fargateProfiles }) => fargateProfiles?.map(({ fargateProfileName }) => fargateProfileName) },
  ListPodIdentityAssociations: {
    field: 'associations',
    of: ({ podIdentityAssociations }) => podIdentityAssociations?.map(({ associationId, namespace, serviceAccount }) => ({ associationId, namespace, serviceAccount })),
  },
  ListIdentityProviderConfigs: { field: 'identityProviderConfigs', of: ({ oidcProviders }) => oidcProviders?.map(({ identityProviderConfigName }) => ({ type: 'oidc', name: identityProviderConfigName })) },
  ListInsights: { field: 'insights', of: ({ insights }) => insights?.map(({ id, name, category, insightStatus }) => ({ id, name, category, insightStatus })) },
};

/** Describe calls: the field of the answer, the things, and what names one. */
const DESCRIBED: Readonly<Record<string, { readonly field: string; readonly of: (cluster: FakeEksCluster) => readonly Fields[] | undefined; readonly id: string }>> = {
  DescribeAddon: { field: 'addon', of: ({ addons }) => addons, id: 'addonName' },
  DescribeAccessEntry: { field: 'accessEntry', of: ({ accessEntries }) => accessEntries, id: 'principalArn' },
  DescribeNodegroup: { field: 'nodegroup', of: ({ nodegroups }) => nodegroups, id: 'nodegroupName' },
  DescribeFargateProfile: { field: 'fargateProfile', of: ({ fargateProfiles }) => fargateProfiles, id: 'fargateProfileName' },
  DescribePodIdentityAssociation: { field: 'association', of: ({ podIdentityAssociations }) => podIdentityAssociations, id: 'associationId' },
  DescribeInsight: { field: 'insight', of: ({ insights }) => insights, id: 'id' },
};

export function eks(operation: string, call: Call): Said {
  const { parameters, here } = call;
  const clusters = here.clusters ?? [];
  if (operation === 'ListClusters') return listed(call, 'clusters', clusters.map(({ name }) => name));
  if (operation === 'DescribeClusterVersions') return listed(call, 'clusterVersions', CLUSTER_VERSIONS);
  const name = parameters.get('cluster')!;
  const cluster = clusters.find((each) => each.name === name);
  if (!cluster) return missing(`No cluster found for name: ${name}.`);
  if (operation === 'DescribeCluster') return said({ cluster: { status: 'ACTIVE', version: '1.35', ...cluster.describes, name, arn: clusterArn(call.caller.account, call.region, name) } });

  const list = LISTS[operation];
  if (list) return listed(call, list.field, list.of(cluster) ?? []);
  const id = parameters.get('id') ?? parameters.get('name')!;
  if (operation === 'ListAssociatedAccessPolicies') {
    if (!cluster.accessEntries?.some(({ principalArn }) => principalArn === id)) return missing(`The specified principalArn could not be found: ${id}`);
    return listed(call, 'associatedAccessPolicies', cluster.associatedPolicies?.[id] ?? [], { clusterName: name, principalArn: id });
  }
  if (operation === 'DescribeIdentityProviderConfig') {
    const oidc = cluster.oidcProviders?.find(({ identityProviderConfigName }) => identityProviderConfigName === id);
    return oidc ? said({ identityProviderConfig: { oidc: { clusterName: name, ...oidc } } }) : missing(`No identity provider config found for name: ${id}.`);
  }
  const described = DESCRIBED[operation]!;
  const thing = described.of(cluster)?.find((each) => each[described.id] === id);
  return thing ? said({ [described.field]: { clusterName: name, ...thing } }) : missing(`No ${described.field} found for name: ${id}.`);
}

function listed(call: Call, field: string, all: readonly unknown[], more: object = {}): Said {
  const { items, next } = page(call, all, call.parameters.get('nextToken'), call.parameters.get('maxResults'));
  return said({ ...more, [field]: items, ...(next === undefined ? {} : { nextToken: next }) });
}

function missing(message: string): Said {
  return fault(404, 'ResourceNotFoundException', message);
}
