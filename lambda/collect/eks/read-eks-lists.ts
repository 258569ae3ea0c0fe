import {
  DescribeAccessEntryCommand,
  DescribeAddonCommand,
  DescribeFargateProfileCommand,
  DescribeIdentityProviderConfigCommand,
  DescribeInsightCommand,
  DescribeNodegroupCommand,
  DescribePodIdentityAssociationCommand,
  ListAccessEntriesCommand,
  ListAddonsCommand,
  ListFargateProfilesCommand,
  ListIdentityProviderConfigsCommand,
  ListInsightsCommand,
  ListNodegroupsCommand,
  ListPodIdentityAssociationsCommand,
  type EKSClient,
} from '@aws-sdk/client-eks';
import pMap from 'p-map';
import { AWS_SOURCES } from '../../model/sources.ts';
import type { ListedSource } from '../aws/aws-answers.ts';
import { AwsRefusedError } from './aws-fault.ts';
import type { AwsSession, CallOptions, Page } from './aws-session.ts';
import { plain } from './plain.ts';

type Thing = Readonly<Record<string, unknown>>;

/** How the names of a source are listed and each thing is described. */
interface Calls {
  readonly list: (eks: EKSClient, clusterName: string, nextToken: string | undefined, options: CallOptions) => Promise<Page<string>>;
  readonly describe: (eks: EKSClient, clusterName: string, name: string, options: CallOptions) => Promise<object | undefined>;
}

const CALLS: { readonly [S in ListedSource]: Calls } = {
  eksAddons: {
    list: async (eks, clusterName, nextToken, options) => {
      const { addons, nextToken: next } = await eks.send(new ListAddonsCommand({ clusterName, nextToken }), options);
      return { items: addons, next };
    },
    describe: async (eks, clusterName, addonName, options) => (await eks.send(new DescribeAddonCommand({ clusterName, addonName }), options)).addon,
  },
  eksAccessEntries: {
    list: async (eks, clusterName, nextToken, options) => {
      const { accessEntries, nextToken: next } = await eks.send(new ListAccessEntriesCommand({ clusterName, nextToken }), options);
      return { items: accessEntries, next };
    },
    describe: async (eks, clusterName, principalArn, options) => (await eks.send(new DescribeAccessEntryCommand({ clusterName, principalArn }), options)).accessEntry,
  },
  eksNodegroups: {
    list: async (eks, clusterName, nextToken, options) => {
      const { nodegroups, nextToken: next } = await eks.send(new ListNodegroupsCommand({ clusterName, nextToken }), options);
      return { items: nodegroups, next };
    },
    describe: async (eks, clusterName, nodegroupName, options) => (await eks.send(new DescribeNodegroupCommand({ clusterName, nodegroupName }), options)).nodegroup,
  },
  eksFargateProfiles: {
    list: async (eks, clusterName, nextToken, options) => {
      const { fargateProfileNames, nextToken: next } = await eks.send(new ListFargateProfilesCommand({ clusterName, nextToken }), options);
      return { items: fargateProfileNames, next };
    },
    describe: async (eks, clusterName, fargateProfileName, options) => (await eks.send(new DescribeFargateProfileCommand({ clusterName, fargateProfileName }), options)).fargateProfile,
  },
  eksPodIdentityAssociations: {
    list: async (eks, clusterName, nextToken, options) => {
      const { associations, nextToken: next } = await eks.send(new ListPodIdentityAssociationsCommand({ clusterName, nextToken }), options);
      return { items: associations?.map(({ associationId }) => associationId!), next };
    },
    describe: async (eks, clusterName, associationId, options) => (await eks.send(new DescribePodIdentityAssociationCommand({ clusterName, associationId }), options)).association,
  },
  eksIdentityProviderConfigs: {
    list: async (eks, clusterName, nextToken, options) => {
      const { identityProviderConfigs, nextToken: next } = await eks.send(new ListIdentityProviderConfigsCommand({ clusterName, nextToken }), options);
      return { items: identityProviderConfigs?.map(({ name }) => name!), next };
    },
    // OpenID Connect is the only type there is.
    describe: async (eks, clusterName, name, options) =>
      (await eks.send(new DescribeIdentityProviderConfigCommand({ clusterName, identityProviderConfig: { type: 'oidc', name } }), options)).identityProviderConfig,
  },
  eksInsights: {
    list: async (eks, clusterName, nextToken, options) => {
      const { insights, nextToken: next } = await eks.send(new ListInsightsCommand({ clusterName, nextToken }), options);
      return { items: insights?.map(({ id }) => id!), next };
    },
    describe: async (eks, clusterName, id, options) => (await eks.send(new DescribeInsightCommand({ clusterName, id }), options)).insight,
  },
};

/** Things described at once, of one source. */
const AT_ONCE = 4;

/** What a source holds, and the names of what was listed and gone when it was to be described. */
export interface ListedThings {
  readonly things: readonly Thing[];
  readonly gone: readonly string[];
}

/** All things of a source of one cluster, in the order in which EKS lists them. Throws AwsRefusedError. */
export async function readListed(session: AwsSession, clusterName: string, source: ListedSource): Promise<ListedThings> {
  const { list, describe } = CALLS[source];
  const [listAction, describeAction] = AWS_SOURCES[source].actions;
  const names = await session.list(listAction, (token, options) => list(session.eks, clusterName, token, options));
  if (names === undefined) throw new AwsRefusedError({ code: 'unavailable', message: `${listAction}: EKS knows no cluster ${clusterName} any more` });
  const described = await pMap(names, (name) => session.call(describeAction, (options) => describe(session.eks, clusterName, name, options)), { concurrency: AT_ONCE });
  return { things: described.filter((thing) => thing !== undefined).map((thing) => plain(thing) as Thing), gone: names.filter((_, index) => described[index] === undefined) };
}
