import type * as k8s from '@kubernetes/client-node';
import type { Collected } from '../../model/collected.ts';
import type { EksNodegroup, LaunchTemplateVersion } from '../../model/eks.ts';
import type { SourceName } from '../../model/sources.ts';
import { objectsOf, textOf, written } from '../as-read.ts';
import type { NodeOs } from './surroundings.ts';

/**
 * Whether the metadata service of nodes answers pods, by their operating system: of some nodes it does; it is not known of some, by what; of none, but pods in the network of their
 * node; of none at all.
 */
export type MetadataDoor = 'open' | { readonly unclear: SourceName } | 'closed' | 'off';
export type MetadataDoors = ReadonlyMap<NodeOs, MetadataDoor>;

export interface MetadataDoorsInput {
  readonly eksNodegroups: Collected<readonly EksNodegroup[]>;
  readonly ec2LaunchTemplateVersions: Collected<readonly LaunchTemplateVersion[]>;
  readonly nodes: Collected<readonly k8s.V1Node[]>;
}

export const METADATA_DOORS_FIELDS = {
  eksNodegroups: ['amiType', 'launchTemplate.id', 'launchTemplate.version'],
  ec2LaunchTemplateVersions: ['LaunchTemplateId', 'VersionNumber', ...['HttpEndpoint', 'HttpTokens', 'HttpPutResponseHopLimit'].map((option) => `LaunchTemplateData.MetadataOptions.${option}`)],
  nodes: ['metadata.labels["kubernetes.io/os"]', 'metadata.labels["eks.amazonaws.com/compute-type"]', 'metadata.labels["eks.amazonaws.com/nodegroup"]'],
} as const;

/**
 * By the metadata options of node groups. A pod is one hop further away than its node: with a hop limit of 1 no answer comes to it, where the service takes tokens alone. EKS's own
 * launch templates set 1 and tokens for AL2023, 2 and no tokens for AL2; Auto Mode sets 1. Of nodes that other tools made nothing is known.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html, https://docs.aws.amazon.com/eks/latest/userguide/al2023.html
 */
export function metadataDoors({ eksNodegroups, ec2LaunchTemplateVersions, nodes }: MetadataDoorsInput): MetadataDoors {
  const doors = new Map<NodeOs, MetadataDoor>();
  const say = (os: NodeOs, door: MetadataDoor): void => {
    const known = doors.get(os);
    if (known === undefined || rank(door) < rank(known)) doors.set(os, door);
  };
  if (!eksNodegroups.ok) for (const os of ['linux', 'windows'] as const) say(os, { unclear: 'eksNodegroups' });
  const templates = ec2LaunchTemplateVersions.ok ? new Map(objectsOf(ec2LaunchTemplateVersions.value).map((each) => [`${written(each.LaunchTemplateId)}:${written(each.VersionNumber)}`, each])) : undefined;
  for (const { amiType, launchTemplate } of eksNodegroups.ok ? objectsOf(eksNodegroups.value) : []) {
    const ami = textOf(amiType) ?? '';
    const id = textOf(launchTemplate?.id);
    const template = id === undefined ? undefined : templates?.get(`${id}:${written(launchTemplate?.version)}`);
    say(ami.startsWith('WINDOWS') ? 'windows' : 'linux', id === undefined ? withoutTemplate(ami) : template ? byOptions(template) : { unclear: 'ec2LaunchTemplateVersions' });
  }
  for (const { metadata } of nodes.ok ? objectsOf(nodes.value) : []) {
    const labels = metadata?.labels;
    const isKnown = labels?.['eks.amazonaws.com/nodegroup'] !== undefined || labels?.['eks.amazonaws.com/compute-type'] !== undefined;
    if (!isKnown) say(labels?.['kubernetes.io/os'] === 'windows' ? 'windows' : 'linux', { unclear: 'nodes' });
  }
  return doors;
}

/** What is open somewhere is open, and what is not known is not closed. */
function rank(door: MetadataDoor): number {
  return typeof door === 'object' ? 1 : { open: 0, closed: 2, off: 3 }[door];
}

function withoutTemplate(ami: string): MetadataDoor {
  if (ami.startsWith('AL2023_')) return 'closed';
  return ami.startsWith('AL2_') ? 'open' : { unclear: 'eksNodegroups' };
}

/** What it leaves out the image decides, or the account. */
function byOptions({ LaunchTemplateData }: LaunchTemplateVersion): MetadataDoor {
  const { HttpEndpoint, HttpTokens, HttpPutResponseHopLimit: hops } = LaunchTemplateData?.MetadataOptions ?? {};
  if (HttpEndpoint === 'disabled') return 'off';
  if (HttpTokens === 'optional' || (typeof hops === 'number' && hops > 1)) return 'open';
  return HttpTokens === 'required' && hops === 1 ? 'closed' : { unclear: 'ec2LaunchTemplateVersions' };
}
