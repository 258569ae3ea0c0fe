import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { hostsOf } from './partition.ts';
import { Sha256 } from './sha-256.ts';

/** Keys, or what gives them: as every client of the SDK takes them. */
export type AwsCredentials = ConstructorParameters<typeof SignatureV4>[0]['credentials'];

/** The header that binds a token to one cluster. https://github.com/kubernetes-sigs/aws-iam-authenticator (pkg/token) */
const CLUSTER_HEADER = 'x-k8s-aws-id';
const PREFIX = 'k8s-aws-v1.';
/** Of the presigned request, in seconds. The verifier counts 15 minutes from its date whatever this says, and 60 is what other clients sign. */
const EXPIRES = 60;

export interface TokenRequest {
  /** The exact name: the token is good for clusters of this name alone. */
  readonly cluster: string;
  /** Where the cluster is: STS is asked there. */
  readonly region: string;
  /** `aws` by default. */
  readonly partition?: string;
  readonly credentials: AwsCredentials;
  readonly now: Date;
}

/** A token for an EKS cluster's API server: a GetCallerIdentity request, signed and not sent. Made offline; good for 15 minutes. Throws where there are no credentials. */
export async function eksToken({ cluster, region, partition = 'aws', credentials, now }: TokenRequest): Promise<string> {
  const hosts = hostsOf(partition);
  if (!hosts) throw new Error(`the partition ${partition} is not known, so no token can be made for its clusters`);
  const url = await presignedIdentity({ host: `sts.${region}.${hosts.dnsSuffix}`, region, cluster, credentials, now, expires: EXPIRES });
  return PREFIX + Buffer.from(url).toString('base64url');
}

export interface IdentityRequest {
  readonly host: string;
  readonly region: string;
  readonly cluster: string;
  readonly credentials: AwsCredentials;
  readonly now: Date;
  /** Seconds. */
  readonly expires: number;
}

/** The URL of a GetCallerIdentity request that was signed for one cluster. */
export async function presignedIdentity({ host, region, cluster, credentials, now, expires }: IdentityRequest): Promise<string> {
  const signer = new SignatureV4({ service: 'sts', region, credentials, sha256: Sha256 });
  const request = new HttpRequest({
    method: 'GET',
    protocol: 'https:',
    hostname: host,
    path: '/',
    query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
    headers: { host, [CLUSTER_HEADER]: cluster },
  });
  // The verifier sends the header itself, so it must not become a parameter.
  const { query } = await signer.presign(request, { signingDate: now, expiresIn: expires, unhoistableHeaders: new Set([CLUSTER_HEADER]) });
  const parameters = Object.entries(query ?? {}).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  return `https://${host}/?${parameters.join('&')}`;
}
