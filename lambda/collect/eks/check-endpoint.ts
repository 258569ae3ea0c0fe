import ipaddr from 'ipaddr.js';
import type { EndpointRules } from '../../contract.ts';
import { collected, refused, type Collected } from '../../model/collected.ts';
import { serverText } from '../kubernetes/server-text.ts';
import { hostsOf } from './partition.ts';

/** An address that a name resolved to. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** All addresses of a name, as `dns.promises.lookup(name, { all: true })` gives them. */
export type Lookup = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

/** Where an API server is, and the addresses that were looked at: connect to these and to no others. */
export interface CheckedEndpoint {
  readonly server: URL;
  readonly addresses: readonly ResolvedAddress[];
}

export interface EndpointPlace {
  readonly partition: string;
  readonly region: string;
}

/**
 * Whether a token may be sent to what DescribeCluster calls the endpoint. Whoever owns the audited account decides what that call says, so it must be https, an EKS
 * host of this partition and region (`<id>.<shard>.<region>.eks.<suffix>`, or `<id>.<shard>.eks-cluster.<region>.<dual-stack suffix>`,
 * https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html), on port 443, and none of its addresses the machine's own or the metadata service's. Only the deployer's rules widen this.
 */
export async function checkEndpoint(endpoint: string, place: EndpointPlace, rules: EndpointRules, lookup: Lookup): Promise<Collected<CheckedEndpoint>> {
  const shown = serverText(endpoint, 120);
  if (!URL.canParse(endpoint)) return no(shown, 'it is no address');
  const server = new URL(endpoint);
  if (server.protocol !== 'https:') return no(shown, 'it is not https');
  if (server.username !== '' || server.password !== '' || server.search !== '' || server.hash !== '' || server.pathname !== '/') return no(shown, 'it is more than a host');
  const host = server.hostname;
  const allowed = rules.suffixes.some((suffix) => host.length > suffix.length && host.endsWith(suffix));
  if (!allowed) {
    if (!isEksHost(host, place)) return no(shown, `it is no endpoint of EKS in ${place.region} (allow others in endpoints.suffixes)`);
    if (server.port !== '') return no(shown, 'its port is not 443');
  }
  let found: Awaited<ReturnType<Lookup>>;
  try {
    found = await lookup(host);
  } catch (error) {
    return refused('unreachable', `no host is called ${host} (${codeOf(error)}); is the cluster gone, or its endpoint private?`);
  }
  if (found.length === 0) return refused('unreachable', `the host ${host} has no address`);
  for (const { address } of found) {
    const what = forbidden(address, rules);
    if (what !== undefined) return no(shown, `it resolves to ${serverText(address, 60)}, ${what} (allow it in endpoints.addresses)`);
  }
  return collected({ server, addresses: found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 })) });
}

function no(endpoint: string, why: string): Collected<never> {
  return refused('unreachable', `no token is sent to ${endpoint}: ${why}`);
}

function isEksHost(host: string, { partition, region }: EndpointPlace): boolean {
  const hosts = hostsOf(partition);
  if (!hosts) return false;
  const label = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)?$/;
  const ends = [`.${region}.eks.${hosts.dnsSuffix}`, `.eks-cluster.${region}.${hosts.dualStackSuffix}`];
  return ends.some((end) => host.endsWith(end) && label.test(host.slice(0, -end.length)));
}

/** Ranges of ipaddr.js that are the machine itself, its link, or everybody. Private addresses are not among them: private endpoints have those. */
const NOT_A_SERVER: ReadonlyMap<string, string> = new Map([
  ['unspecified', 'which is no address of a server'],
  ['loopback', 'which is this machine itself'],
  ['linkLocal', 'which is a link-local address (the metadata service has one)'],
  ['multicast', 'which is a multicast address'],
  ['broadcast', 'which is a broadcast address'],
]);

/** Metadata, credentials and time of EC2 and EKS over IPv6: fd00:ec2::254, ::23, … https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html */
const LOCAL_SERVICES = ipaddr.parseCIDR('fd00:ec2::/32');

/** What an address is, if no token may go there. */
function forbidden(address: string, rules: EndpointRules): string | undefined {
  if (!ipaddr.isValid(address)) return 'which is no IP address';
  const parsed = ipaddr.parse(address);
  const within = parsed instanceof ipaddr.IPv6 ? embedded(parsed) : undefined;
  const forms = within ? [parsed, within] : [parsed];
  if (forms.some((form) => rules.addresses.some((block) => holds(block, form)))) return undefined;
  for (const form of forms) {
    if (form instanceof ipaddr.IPv6 && form.match(LOCAL_SERVICES)) return 'which is where EC2 has its local services (the metadata service)';
    const what = NOT_A_SERVER.get(form.range());
    if (what !== undefined) return what;
    if (form instanceof ipaddr.IPv4 && form.octets[0] === 0) return NOT_A_SERVER.get('unspecified');
  }
  return undefined;
}

/** The IPv4 address that an IPv6 one stands for: mapped (::ffff:…), compatible (::…), NAT64 (64:ff9b::…), 6to4 (2002:…). */
function embedded(address: ipaddr.IPv6): ipaddr.IPv4 | undefined {
  const bytes = address.toByteArray();
  const zeros = (from: number, to: number): boolean => bytes.slice(from, to).every((byte) => byte === 0);
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  if (address.range() === 'rfc6052' || address.range() === 'rfc6145') return new ipaddr.IPv4(bytes.slice(12));
  if (address.range() === '6to4') return new ipaddr.IPv4(bytes.slice(2, 6));
  return zeros(0, 12) && !zeros(12, 15) ? new ipaddr.IPv4(bytes.slice(12)) : undefined;
}

function holds(block: string, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const [network, bits] = ipaddr.parseCIDR(block);
  return network.kind() === address.kind() && address.match(network, bits);
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : 'DNS';
}
