import type { Unread } from '../../model/derived.ts';
import type { EksCluster, SecurityGroup } from '../../model/eks.ts';
import type { Family } from '../cidr/address-block.ts';
import { setOfCidrs } from '../cidr/address-set.ts';
import { internetFamilies } from '../cidr/internet.ts';
import { defineFact } from '../define-fact.ts';
import { unsaid, unsaidIfMissing } from '../unsaid.ts';
import { objectsOf, textsOf } from '../as-read.ts';

/** A security group of the control plane's network interfaces, and what it admits from the Internet. */
export interface ControlPlaneGroup {
  readonly id: string;
  /** `all`, or of 443 and 10250 those that are open, in that order. */
  readonly openPorts: readonly string[];
  readonly families: readonly Family[];
}

export interface ControlPlaneGroups {
  /** Sorted by id; those that were read. */
  readonly groups: readonly ControlPlaneGroup[];
  readonly unjudged: readonly Unread[];
}

/** The API server's port and the kubelet's: the cluster's own group is also the nodes'. */
const PORTS = [443, 10250];

type Permission = NonNullable<SecurityGroup['IpPermissions']>[number];

/** What the control plane's security groups admit. https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html */
export const controlPlaneGroups = defineFact({
  name: 'controlPlaneGroups',
  revision: 1,
  needs: ['eksCluster', 'ec2SecurityGroups'],
  fields: {
    eksCluster: ['resourcesVpcConfig.clusterSecurityGroupId', 'resourcesVpcConfig.securityGroupIds'],
    ec2SecurityGroups: ['GroupId', 'IpPermissions'],
  },
  derive: ({ eksCluster, ec2SecurityGroups }): ControlPlaneGroups => {
    const byId = new Map(ec2SecurityGroups.map((group) => [group.GroupId, group]));
    const ids = groupIds(eksCluster);
    const unjudged: Unread[] = [
      ...unsaidIfMissing('resourcesVpcConfig.securityGroupIds', eksCluster.resourcesVpcConfig?.securityGroupIds),
      ...ids.filter((id) => !byId.has(id)).map((id) => unsaid('ec2SecurityGroups', `security group ${id} of the control plane is not among those read`)),
    ];
    const groups = ids.flatMap((id) => byId.get(id) ?? []).map(judgeGroup);
    for (const malformed of groups.flatMap((group) => group.malformed)) {
      unjudged.push(unsaid('ec2SecurityGroups', `a rule names ${JSON.stringify(malformed)}, which is no address block`));
    }
    return { groups: groups.map(({ malformed: _, ...group }) => group), unjudged };
  },
});

function groupIds({ resourcesVpcConfig }: EksCluster): readonly string[] {
  const { clusterSecurityGroupId, securityGroupIds } = resourcesVpcConfig ?? {};
  return [...new Set([...textsOf([clusterSecurityGroupId ?? '']), ...textsOf(securityGroupIds)])].filter((id) => id !== '').sort();
}

function judgeGroup({ GroupId, IpPermissions: given }: SecurityGroup): ControlPlaneGroup & { readonly malformed: readonly string[] } {
  const IpPermissions = objectsOf(given);
  const malformed = new Set<string>();
  const open = (rules: readonly Permission[]): readonly Family[] => {
    const cidrs = rules.flatMap((rule) => [...objectsOf(rule.IpRanges).map((r) => r.CidrIp), ...objectsOf(rule.Ipv6Ranges).map((r) => r.CidrIpv6)]);
    const union = setOfCidrs(cidrs);
    for (const text of union.malformed) malformed.add(text);
    return internetFamilies(union.set);
  };
  const all = open(IpPermissions.filter((rule) => rule.IpProtocol === '-1'));
  if (all.length > 0) return { id: GroupId, openPorts: ['all'], families: all, malformed: [...malformed] };
  const byPort = PORTS.map((port) => ({ port, families: open(IpPermissions.filter((rule) => admits(rule, port))) })).filter(({ families }) => families.length > 0);
  return {
    id: GroupId,
    openPorts: byPort.map(({ port }) => String(port)),
    families: [...new Set(byPort.flatMap(({ families }) => families))].sort(),
    malformed: [...malformed],
  };
}

function admits({ IpProtocol, FromPort, ToPort }: Permission, port: number): boolean {
  if (IpProtocol === '-1') return true;
  if (IpProtocol !== 'tcp' && IpProtocol !== '6') return false;
  return FromPort !== undefined && ToPort !== undefined && FromPort <= port && port <= ToPort;
}
