import type { V1Pod } from '@kubernetes/client-node';
import { textOf } from '../as-read.ts';
import { includesAddress } from '../cidr/address-set.ts';
import { defineFact } from '../define-fact.ts';
import type { Workload } from '../workloads/workload.ts';
import type { DeclaredReach } from './declared-reach.ts';
import { admitsPort, type NamespacedPolicy } from './policy.ts';
import type { PolicySelection } from './policy-selection.ts';
import { classSetOf, differenceOf, intersectionOf, isNone, weightOfCommon, wordWeights, type ClassSet } from './reachability/class-set.ts';
import type { PortSet, PortTable } from './reachability/port-table.ts';
import type { Profile } from './reachability/profiles.ts';
import { RULE_TRAITS } from './rule-traits.ts';
import { workloadsSelectedBy } from './selected-workloads.ts';
import { isSystemNamespace } from './system-namespaces.ts';
import { POD_ADDRESS_FIELDS } from './typical-addresses.ts';
import type { WorkloadIndex } from './workload-index.ts';

/** What a workload may not ask the name servers of the cluster by. */
export type MissingDns = 'UDP' | 'TCP' | 'UDP and TCP';

export interface DnsEgressGaps {
  readonly found: readonly { readonly workload: Workload; readonly missing: MissingDns }[];
  /** Some workload would have to be asked about, and no workload of the cluster is known to answer names. */
  readonly noServers: boolean;
}

/**
 * Workloads whose egress policies isolate and let out to pods or to the Internet, and not to port 53 of the cluster's name servers: what they reach has a name, and they cannot ask for it. Who reaches few
 * addresses alone may do without, and who is let out to port 53 of addresses has name servers of its own. Components of EKS and its add-ons and the system's namespaces are
 * left out. Sorted as the fact `workloads`.
 */
export const dnsEgressGaps = defineFact({
  name: 'dnsEgressGaps',
  revision: 3,
  needs: ['declaredReach', 'policySelection', 'workloadIndex'],
  wants: ['pods'],
  fields: { pods: ['metadata.labels', ...POD_ADDRESS_FIELDS] },
  derive: ({ declaredReach, policySelection, workloadIndex, pods }): DnsEgressGaps => gapsOf(declaredReach, policySelection, workloadIndex, pods.ok ? pods.value : []),
});

function gapsOf({ workloads, reachability, internet }: DeclaredReach, selection: PolicySelection, index: WorkloadIndex, pods: readonly V1Pod[]): DnsEgressGaps {
  const { classes, profiles, table } = reachability;
  const servers = classSetOf([...new Set(workloads.flatMap((workload, i) => (isNameServer(workload) ? [classes.of[i]!] : [])))].sort((a, b) => a - b));
  const onPort = { UDP: dnsPort(table, 'UDP'), TCP: dnsPort(table, 'TCP') };
  const isInternet = letsOutToInternet(classes.of, internet, classes.all.length);
  const answers = new Map<number, MissingDns | undefined>();
  const suspected: { readonly workload: Workload; readonly missing: MissingDns }[] = [];
  let noServers = false;
  for (const [i, workload] of workloads.entries()) {
    if (workload.component !== undefined || isSystemNamespace(workload.resource.namespace)) continue;
    const number = classes.of[i]!;
    const profile = profiles.of(number, 'egress');
    if (!profile.isolated) continue;
    const key = profiles.byClass.egress[number]!;
    let missing = answers.get(key);
    if (missing === undefined && !answers.has(key)) answers.set(key, (missing = letsOutToPods(profile, classes.pods, servers) || isInternet(profile) ? missingIn(profile, servers, onPort, table) : undefined));
    if (missing === undefined) continue;
    if (isNone(servers)) noServers = true;
    else suspected.push({ workload, missing });
  }
  if (suspected.length === 0) return { found: [], noServers };
  const own = workloadsSelectedBy(selection, index, new Set(suspected.map(({ workload }) => workload.resource.namespace)), serverFinder(pods));
  return { found: suspected.filter(({ workload }) => !own.has(workload)), noServers };
}

/** CoreDNS and kube-dns alike. */
export function isNameServer({ resource, labels }: Workload): boolean {
  return resource.namespace === 'kube-system' && Object.hasOwn(labels, 'k8s-app') && labels['k8s-app'] === 'kube-dns';
}

function dnsPort(table: PortTable, protocol: 'UDP' | 'TCP'): PortSet {
  return table.of([{ protocol, first: 53, last: 53 }]);
}

function letsOutToPods({ admission }: Profile, pods: ClassSet, servers: ClassSet): boolean {
  return admission.some(({ peers }) => !isNone(differenceOf(intersectionOf(peers, pods), servers)));
}

/** At least half of the addresses of IPv4, on whatever port. */
function letsOutToInternet(classOf: Int32Array, internet: DeclaredReach['internet'], classes: number): (profile: Profile) => boolean {
  const sizes = new Float64Array(classes);
  let all = 0;
  for (const { endpoint, family, size } of internet) {
    if (family !== 'IPv4') continue;
    sizes[classOf[endpoint]!]! += size;
    all += size;
  }
  const targets = classSetOf([...sizes.keys()].filter((number) => sizes[number]! > 0));
  const words = wordWeights(sizes);
  return ({ admission }) => admission.reduce((sum, { peers }) => sum + weightOfCommon(peers, targets, sizes, words), 0) * 2 >= all;
}

function missingIn({ admission }: Profile, servers: ClassSet, onPort: { readonly UDP: PortSet; readonly TCP: PortSet }, table: PortTable): MissingDns | undefined {
  const reaches = (ports: PortSet): boolean => admission.some((part) => table.intersection(part.ports, ports) !== table.none && !isNone(intersectionOf(part.peers, servers)));
  const [udp, tcp] = [reaches(onPort.UDP), reaches(onPort.TCP)];
  if (udp) return tcp ? undefined : 'TCP';
  return tcp ? 'UDP' : 'UDP and TCP';
}

/**
 * Finds policies that let their pods out to port 53 of addresses: by name, as of the node, of the VPC or of a company; or among others, where a name server of the cluster has its address there, or none of
 * their addresses is known.
 */
function serverFinder(pods: readonly V1Pod[]): (policy: NamespacedPolicy) => boolean {
  const addresses = pods.filter(({ metadata }) => metadata?.namespace === 'kube-system' && textOf(metadata.labels?.['k8s-app']) === 'kube-dns').flatMap(({ status }) => textOf(status?.podIP) ?? []);
  return ({ rules, traits }) =>
    (traits.egress & RULE_TRAITS.block) !== 0 &&
    rules.egress.some(({ peers, ports }) => {
      if (!admitsPort(ports, 'UDP', 53) && !admitsPort(ports, 'TCP', 53)) return false;
      const named = ports.some(({ port, endPort }) => port === 53 && (endPort ?? 53) === 53);
      return peers.some((peer) => peer.type === 'block' && (named || addresses.length === 0 || addresses.some((address) => includesAddress(peer.addresses, address))));
    });
}
