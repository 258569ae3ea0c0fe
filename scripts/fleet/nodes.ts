import { add, type Cluster, type NodeGroup } from './cluster.ts';
import { kubeObject, type KubeObject, type Labels } from './kube-object.ts';
import { minutesAfter, stableHex, stableNumber } from './stable.ts';

/** A node as placement sees it. */
export interface PlacedNode {
  readonly name: string;
  readonly address: string;
  readonly os: NodeGroup['os'];
  readonly instanceType: string;
}

const ZONES = ['a', 'b', 'c'];

/** Every node of the cluster, in the order of its node groups. */
export function nodesOf({ settings }: Cluster): PlacedNode[] {
  return settings.nodeGroups.flatMap((group) => group.nodes.map((instance) => placed(settings.vpcOctet, settings.region, group, instance)));
}

function placed(octet: number, region: string, group: NodeGroup, instance: string): PlacedNode {
  const seed = `${group.name}/${instance}`;
  const address = `10.${octet}.${64 + 16 * stableNumber(`${seed}/zone`, 3) + stableNumber(seed, 15)}.${10 + stableNumber(`${seed}/host`, 230)}`;
  return { name: `ip-${address.replaceAll('.', '-')}.${region}.compute.internal`, address, os: group.os, instanceType: group.instanceType };
}

export function addNodes(cluster: Cluster): void {
  const { settings } = cluster;
  for (const group of settings.nodeGroups) {
    for (const instance of group.nodes) {
      const created = instance.startsWith('new-') ? minutesAfter(settings.capturedAt, -420) : minutesAfter(settings.createdAt, 9);
      add(cluster, { manager: 'kubelet', operation: 'Update', at: created }, node(cluster, group, instance));
    }
  }
}

function node(cluster: Cluster, group: NodeGroup, instance: string): KubeObject {
  const { settings } = cluster;
  const { name, address } = placed(settings.vpcOctet, settings.region, group, instance);
  const zone = `${settings.region}${ZONES[stableNumber(`${group.name}/${instance}/zone`, 3)]!}`;
  const instanceId = `i-0${stableHex(`${settings.name}/${group.name}/${instance}`, 16)}`;
  return kubeObject('v1', 'Node', name, {
    spec: {
      providerID: `aws:///${zone}/${instanceId}`,
      ...(group.os === 'windows' ? { taints: [{ effect: 'NoSchedule', key: 'os', value: 'windows' }] } : {}),
    },
    status: nodeStatus(cluster, group, address, name),
  }, { labels: nodeLabels(settings.region, zone, group, name), annotations: { 'node.alpha.kubernetes.io/ttl': '0', 'volumes.kubernetes.io/controller-managed-attach-detach': 'true' } });
}

function nodeLabels(region: string, zone: string, group: NodeGroup, name: string): Labels {
  return {
    'beta.kubernetes.io/arch': 'amd64',
    'beta.kubernetes.io/os': group.os,
    'eks.amazonaws.com/capacityType': 'ON_DEMAND',
    'eks.amazonaws.com/nodegroup': group.name,
    'eks.amazonaws.com/nodegroup-image': `ami-0${stableHex(group.amiType, 16)}`,
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': group.os,
    'node.kubernetes.io/instance-type': group.instanceType,
    'topology.kubernetes.io/region': region,
    'topology.kubernetes.io/zone': zone,
    ...(group.os === 'windows' ? { 'node.kubernetes.io/windows-build': '10.0.20348' } : {}),
  };
}

function nodeStatus({ settings }: Cluster, group: NodeGroup, address: string, name: string): Record<string, unknown> {
  const seen = minutesAfter(settings.capturedAt, -2);
  const since = minutesAfter(settings.createdAt, 10);
  const condition = (type: string, status: string, reason: string): Record<string, string> => ({ lastHeartbeatTime: seen, lastTransitionTime: since, message: reason, reason, status, type });
  return {
    addresses: [
      { address, type: 'InternalIP' },
      { address: name, type: 'InternalDNS' },
      { address: name, type: 'Hostname' },
      // RFC 5737 addresses, kept for documentation.
      ...(group.public ? [{ address: `203.0.113.${address.split('.')[3]!}`, type: 'ExternalIP' }] : []),
    ],
    allocatable: { cpu: '3920m', memory: '14966212Ki', pods: '58' },
    capacity: { cpu: '4', memory: '15983044Ki', pods: '58' },
    conditions: [
      condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory'),
      condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure'),
      condition('PIDPressure', 'False', 'KubeletHasSufficientPID'),
      condition('Ready', 'True', 'KubeletReady'),
    ],
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    nodeInfo: {
      architecture: 'amd64',
      containerRuntimeVersion: 'containerd://2.1.5',
      kernelVersion: group.os === 'linux' ? '6.12.53-69.119.amzn2023.x86_64' : '10.0.20348.4294',
      kubeletVersion: 'v1.35.2-eks-9e3b1c7',
      operatingSystem: group.os,
      osImage: group.os === 'linux' ? 'Amazon Linux 2023.9.20251105' : 'Windows Server 2022 Datacenter',
    },
  };
}
