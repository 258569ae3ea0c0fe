import { clusterResource } from '../../facts/endpoint/cluster-resource.ts';
import { unsaid, unsaidIfMissing } from '../../facts/unsaid.ts';
import type { EksCluster, RouteTable } from '../../model/eks.ts';
import { defineCheck } from '../define-check.ts';
import { objectsOf, textOf, textsOf } from '../../facts/as-read.ts';

/**
 * A subnet of the control plane's network interfaces whose route table (its own, else the VPC's main one) has a default route to an
 * internet gateway.
 */
export const controlPlaneSubnetPublic = defineCheck({
  id: 'control-plane-subnet-public',
  revision: 1,
  area: 'api-server',
  title: 'The control plane stands in public subnets',
  severity: 'low',
  rationale: 'Nodes and load balancers placed in the same subnets get public addresses, and one rule too many in a security group opens them to the Internet.',
  remediation: 'Give the cluster private subnets for its network interfaces.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html'],
  controls: ['cis-eks-1.8.0/5.4.3', 'nsa-1.2/network-separation'],
  needs: ['eksCluster', 'ec2RouteTables'],
  fields: {
    eksCluster: ['name', 'resourcesVpcConfig.subnetIds', 'resourcesVpcConfig.vpcId'],
    ec2RouteTables: ['VpcId', 'Associations[].SubnetId', 'Associations[].Main', 'Routes'],
  },
  identity: { resource: 'the cluster', key: '`public-subnet`' },
  unjudged: ({ eksCluster, ec2RouteTables }) => [
    ...unsaidIfMissing('resourcesVpcConfig.subnetIds', eksCluster.resourcesVpcConfig?.subnetIds),
    ...routeTables(eksCluster, ec2RouteTables)
      .filter(({ table }) => !table)
      .map(({ subnet }) => unsaid('ec2RouteTables', `neither a route table of subnet ${subnet} nor the main one of its VPC is among those read`)),
  ],
  *evaluate({ eksCluster, ec2RouteTables }) {
    const subnets = routeTables(eksCluster, ec2RouteTables);
    const open = subnets.filter(({ table }) => table && isPublic(table)).map(({ subnet }) => subnet);
    if (open.length === 0) return;
    yield {
      resource: clusterResource(eksCluster),
      key: 'public-subnet',
      message: `${open.length} of ${subnets.length} subnets of the control plane lead to an internet gateway`,
      cause: 'control plane in public subnets',
      evidence: { subnets: open },
    };
  },
});

function routeTables(cluster: EksCluster, tables: readonly RouteTable[]): readonly { readonly subnet: string; readonly table: RouteTable | undefined }[] {
  const { subnetIds, vpcId } = cluster.resourcesVpcConfig ?? {};
  const own = new Map(tables.flatMap((table) => (table.Associations ?? []).map(({ SubnetId }) => [SubnetId, table] as const)));
  const main = tables.find((table) => table.VpcId === vpcId && table.Associations?.some((association) => association.Main === true));
  return [...textsOf(subnetIds)].sort().map((subnet) => ({ subnet, table: own.get(subnet) ?? main }));
}

function isPublic(table: RouteTable): boolean {
  return objectsOf(table.Routes).some(
    (route) => textOf(route.GatewayId)?.startsWith('igw-') && (route.DestinationCidrBlock === '0.0.0.0/0' || route.DestinationIpv6CidrBlock === '::/0'),
  );
}
