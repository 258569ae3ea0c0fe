import { controlPlaneSubnetPublic } from '../../../lambda/checks/api-server/control-plane-subnet-public.ts';
import type { CheckCases } from '../check-cases.ts';
import { CLUSTER, inVpc } from './eks-cluster.ts';

const eksCluster = inVpc({ subnetIds: ['subnet-a', 'subnet-b'], vpcId: 'vpc-1' });
const toGateway = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' };
const toNat = { DestinationCidrBlock: '0.0.0.0/0' };
const table = (id: string, associations: object[], routes: object[], VpcId = 'vpc-1') => ({ RouteTableId: id, VpcId, Associations: associations, Routes: routes });
const main = table('rtb-main', [{ Main: true }], [toNat]);
const found = { resource: CLUSTER, key: 'public-subnet' };

export const cases = {
  check: controlPlaneSubnetPublic,
  pass: [
    { name: 'a NAT gateway by the main table', sources: { eksCluster, ec2RouteTables: [main] } },
    { name: 'own tables without the Internet, a public main one', sources: { eksCluster, ec2RouteTables: [table('rtb-main', [{ Main: true }], [toGateway]), table('rtb-1', [{ SubnetId: 'subnet-a' }, { SubnetId: 'subnet-b' }], [toNat])] } },
    { name: 'other subnets are public', sources: { eksCluster, ec2RouteTables: [main, table('rtb-1', [{ SubnetId: 'subnet-c' }], [toGateway])] } },
    { name: 'a virtual private gateway', sources: { eksCluster, ec2RouteTables: [table('rtb-main', [{ Main: true }], [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'vgw-1' }])] } },
    { name: "another VPC's main table", sources: { eksCluster, ec2RouteTables: [main, table('rtb-9', [{ Main: true }], [toGateway], 'vpc-9')] } },
  ],
  fail: [
    {
      name: 'one public subnet',
      sources: { eksCluster, ec2RouteTables: [main, table('rtb-1', [{ SubnetId: 'subnet-b' }], [toGateway])] },
      findings: [{ ...found, message: '1 of 2 subnets of the control plane lead to an internet gateway', cause: 'control plane in public subnets' }],
    },
    { name: 'a public main table', sources: { eksCluster, ec2RouteTables: [table('rtb-main', [{ Main: true }], [toGateway])] }, findings: [found] },
    {
      name: 'by IPv6',
      sources: { eksCluster, ec2RouteTables: [table('rtb-main', [{ Main: true }], [{ DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-1' }])] },
      findings: [found],
    },
  ],
} satisfies CheckCases;
