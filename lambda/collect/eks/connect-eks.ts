import { lookup as lookUp } from 'node:dns/promises';
import type { EndpointRules } from '../../contract.ts';
import type { EksTarget } from '../../model/cluster-target.ts';
import { collected, refused, type Collected } from '../../model/collected.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { checkEndpoint, type Lookup } from './check-endpoint.ts';
import { eksToken, type AwsCredentials } from './eks-token.ts';
import { partitionOf } from './partition.ts';

/** How long one token is used: the API server takes it for 15 minutes, and clocks differ. */
const TOKEN_MS = 14 * 60_000;

/** What DescribeCluster says of where the API server is. */
export interface ApiServer {
  readonly status?: string | undefined;
  readonly endpoint?: string | undefined;
  /** PEM in base64. */
  readonly certificateAuthority?: { readonly data?: string | undefined } | undefined;
}

export interface ConnectOptions {
  readonly credentials: AwsCredentials;
  readonly rules: EndpointRules;
  /** Of the system by default. */
  readonly lookup?: Lookup;
  /** What signatures are dated by. */
  readonly date: () => Date;
}

/** How to reach the API server of an EKS cluster. Sends nothing; refused where a token might go to somebody else. */
export async function connectEks(target: EksTarget, { status, endpoint, certificateAuthority }: ApiServer, options: ConnectOptions): Promise<Collected<Connection>> {
  const { credentials, rules, lookup = (host) => lookUp(host, { all: true }), date } = options;
  const { arn, name, region } = target;
  const partition = partitionOf(arn);
  if (endpoint === undefined) return refused('unavailable', `the cluster has no API server${status === undefined ? '' : `: it is ${status}`}`);
  const ca = Buffer.from(certificateAuthority?.data ?? '', 'base64').toString('utf8');
  // Without one, Node would trust every public authority.
  if (!ca.includes('-----BEGIN CERTIFICATE-----')) return refused('unreadable', 'EKS gives no certificate authority of the cluster, so that nothing could prove to be its API server');
  const checked = await checkEndpoint(endpoint, { partition, region }, rules, lookup);
  if (!checked.ok) return checked;
  return collected({
    server: checked.value.server,
    addresses: checked.value.addresses,
    ca,
    certificateAdvice: 'the only authority that is trusted is the one that EKS names for this cluster; is something between that opens TLS?',
    async credentials() {
      const signedAt = date();
      const token = await eksToken({ cluster: name, region, partition, credentials, now: signedAt });
      return { headers: { Authorization: `Bearer ${token}` }, expiresAt: new Date(signedAt.getTime() + TOKEN_MS) };
    },
  });
}
