import type { ClusterSettings } from './cluster.ts';
import { vpcIds, type CliAnswers, type EksSide } from './eks-side.ts';
import type { Fields } from './kube-object.ts';
import { stableHex } from './stable.ts';

/** Subnets 0 and 1: control plane; 2 and 3: nodes; 4: public, for load balancers (and for nodes where their owner wanted it so). */
const SUBNETS = [
  { name: 'control-plane-a', third: 0, mask: 24, public: false },
  { name: 'control-plane-b', third: 1, mask: 24, public: false },
  { name: 'nodes-a', third: 64, mask: 19, public: false },
  { name: 'nodes-b', third: 96, mask: 19, public: false },
  { name: 'public-a', third: 10, mask: 24, public: true },
];

/** What `aws ec2 describe-…` prints of the cluster's VPC. */
export function ec2Answers(settings: ClusterSettings, side: EksSide): CliAnswers {
  return new Map([
    ['describe-security-groups', { SecurityGroups: securityGroups(settings, side) }],
    ['describe-subnets', { Subnets: subnets(settings) }],
    ['describe-route-tables', { RouteTables: routeTables(settings) }],
    ['describe-launch-template-versions', { LaunchTemplateVersions: [] }],
  ]);
}

/** One rule of a security group, from addresses. */
export function securityGroupRule(port: number, cidr: string, description: string): Fields {
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port, UserIdGroupPairs: [], IpRanges: [{ Description: description, CidrIp: cidr }], Ipv6Ranges: [], PrefixListIds: [] };
}

function securityGroups(settings: ClusterSettings, side: EksSide): Fields[] {
  const ids = vpcIds(settings);
  const everywhere = { IpProtocol: '-1', UserIdGroupPairs: [], IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [], PrefixListIds: [] };
  const itself = { IpProtocol: '-1', UserIdGroupPairs: [{ UserId: settings.account, GroupId: ids.clusterGroup }], IpRanges: [], Ipv6Ranges: [], PrefixListIds: [] };
  const group = (id: string, name: string, description: string, rules: readonly Fields[]): Fields => ({
    GroupId: id,
    IpPermissionsEgress: [everywhere],
    VpcId: ids.vpc,
    SecurityGroupArn: `arn:aws:ec2:${settings.region}:${settings.account}:security-group/${id}`,
    OwnerId: settings.account,
    GroupName: name,
    Description: description,
    IpPermissions: rules,
  });
  const suffix = stableHex(`${settings.name}/sg-name`, 9);
  return [
    group(ids.clusterGroup, `eks-cluster-sg-${settings.name}-${suffix}`, 'EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any managed workloads.', [itself]),
    group(ids.extraGroup, `${settings.name}-control-plane`, 'Who else may reach the API server', side.securityGroupRules),
  ];
}

function subnets(settings: ClusterSettings): Fields[] {
  const ids = vpcIds(settings);
  return SUBNETS.map((subnet, index) => ({
    AvailabilityZone: `${settings.region}${index % 2 === 0 ? 'a' : 'b'}`,
    AvailableIpAddressCount: 187,
    CidrBlock: `10.${String(settings.vpcOctet)}.${String(subnet.third)}.0/${String(subnet.mask)}`,
    DefaultForAz: false,
    MapPublicIpOnLaunch: subnet.public,
    OwnerId: settings.account,
    State: 'available',
    SubnetId: ids.subnet(index),
    Tags: [{ Key: 'Name', Value: `${settings.name}-${subnet.name}` }],
    VpcId: ids.vpc,
  }));
}

function routeTables(settings: ClusterSettings): Fields[] {
  const ids = vpcIds(settings);
  const local = { DestinationCidrBlock: `10.${String(settings.vpcOctet)}.0.0/16`, GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' };
  const table = (name: string, members: readonly number[], route: Fields): Fields => {
    const id = `rtb-0${stableHex(`${settings.name}/${name}`, 16)}`;
    return {
      Associations: members.map((index) => ({ Main: false, RouteTableAssociationId: `rtbassoc-0${stableHex(`${settings.name}/${name}/${String(index)}`, 16)}`, RouteTableId: id, SubnetId: ids.subnet(index), AssociationState: { State: 'associated' } })),
      PropagatingVgws: [],
      RouteTableId: id,
      Routes: [local, { DestinationCidrBlock: '0.0.0.0/0', Origin: 'CreateRoute', State: 'active', ...route }],
      Tags: [{ Key: 'Name', Value: `${settings.name}-${name}` }],
      VpcId: ids.vpc,
      OwnerId: settings.account,
    };
  };
  return [
    table('private', [0, 1, 2, 3], { NatGatewayId: `nat-0${stableHex(`${settings.name}/nat`, 16)}` }),
    table('public', [4], { GatewayId: `igw-0${stableHex(`${settings.name}/igw`, 16)}` }),
  ];
}
