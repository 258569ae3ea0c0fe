import {
  DescribeLaunchTemplateVersionsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  type EC2Client,
  type Filter,
  type LaunchTemplateVersion,
} from '@aws-sdk/client-ec2';
import pMap from 'p-map';
import type { EksCluster, EksNodegroup } from '../../model/eks.ts';
import { AWS_SOURCES } from '../../model/sources.ts';
import { PRINTED_WHOLE } from '../aws/aws-answers.ts';
import { usedBy } from '../aws/used-by.ts';
import { AwsRefusedError } from './aws-fault.ts';
import type { AwsSession, CallOptions, Page } from './aws-session.ts';
import { plain } from './plain.ts';

/** Sources that hold everything of a kind in the cluster's VPC: what nodes and load balancers use beside the cluster's own is among it. */
export type VpcSource = 'ec2SecurityGroups' | 'ec2Subnets' | 'ec2RouteTables';

type AskVpc = (ec2: EC2Client, filters: Filter[], token: string | undefined, options: CallOptions) => Promise<Page<object>>;

/** The largest pages that EC2 gives. */
const ASK: { readonly [S in VpcSource]: AskVpc } = {
  ec2SecurityGroups: async (ec2, Filters, NextToken, options) => {
    const { SecurityGroups, NextToken: next } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters, NextToken, MaxResults: 1000 }), options);
    return { items: SecurityGroups, next };
  },
  ec2Subnets: async (ec2, Filters, NextToken, options) => {
    const { Subnets, NextToken: next } = await ec2.send(new DescribeSubnetsCommand({ Filters, NextToken, MaxResults: 1000 }), options);
    return { items: Subnets, next };
  },
  ec2RouteTables: async (ec2, Filters, NextToken, options) => {
    const { RouteTables, NextToken: next } = await ec2.send(new DescribeRouteTablesCommand({ Filters, NextToken, MaxResults: 100 }), options);
    return { items: RouteTables, next };
  },
};

const AT_ONCE = 4;

/** Throws AwsRefusedError, also where EC2 does not show what the cluster uses: a VPC of another account, shared with this one, shows only a part. */
export async function readVpc(session: AwsSession, source: VpcSource, cluster: EksCluster): Promise<readonly unknown[]> {
  const [action] = AWS_SOURCES[source].actions;
  const vpcId = cluster.resourcesVpcConfig?.vpcId;
  if (vpcId === undefined) throw new AwsRefusedError({ code: 'unavailable', message: `${action}: EKS does not say in which VPC the cluster is` });
  const things = (await session.list(action, (token, options) => ASK[source](session.ec2, [{ Name: 'vpc-id', Values: [vpcId] }], token, options))) ?? [];
  const [id] = PRINTED_WHOLE[source].id;
  const found = new Set(things.map((thing) => (thing as Readonly<Record<string, unknown>>)[id]));
  const missing = usedBy(source, { cluster }).filter((name) => !found.has(name));
  if (missing.length > 0) throw new AwsRefusedError({ code: 'unavailable', message: `${action} does not show ${missing.slice(0, 3).join(', ')}, which the cluster uses; is ${vpcId} a VPC of another account?` });
  return things.map(plain);
}

/** The versions of launch templates that node groups name; one that was deleted meanwhile is left out. Throws AwsRefusedError. */
export async function readLaunchTemplates(session: AwsSession, nodegroups: readonly EksNodegroup[]): Promise<readonly unknown[]> {
  const named = usedBy('ec2LaunchTemplateVersions', { nodegroups }).map((name) => name.split(':') as [string, string]);
  const read = await pMap(
    named,
    ([LaunchTemplateId, version]) =>
      session.list<LaunchTemplateVersion>('ec2:DescribeLaunchTemplateVersions', async (NextToken, options) => {
        const { LaunchTemplateVersions, NextToken: next } = await session.ec2.send(new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId, Versions: [version], NextToken }), options);
        return { items: LaunchTemplateVersions, next };
      }),
    { concurrency: AT_ONCE },
  );
  return read.flatMap((versions) => versions ?? []).map(plain);
}
