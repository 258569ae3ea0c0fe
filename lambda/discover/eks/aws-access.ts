import type { STSClientConfig } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** Keys, or what gives them, as every client of the SDK takes them. */
export type AwsCredentials = NonNullable<STSClientConfig['credentials']>;
export type AwsCredentialProvider = Extract<AwsCredentials, (...given: never[]) => unknown>;
export type AwsKeys = Awaited<ReturnType<AwsCredentialProvider>>;

/** How AWS is called. */
export interface AwsAccess {
  readonly credentials: AwsCredentials;
  /** Region of the calls that belong to no cluster: STS, and the list of regions. */
  readonly homeRegion: string;
  /** Instead of the endpoints of AWS: an emulator. */
  readonly endpoint?: string;
  /** 8 by default: throttling is ordinary where an organization has many clusters. */
  readonly maxAttempts?: number;
}

/** Connections are shared by all clients: an organization has thousands of accounts and regions to ask. So no client may be destroyed: it would cut the others off. */
const requestHandler = new NodeHttpHandler({ connectionTimeout: 5_000, requestTimeout: 20_000, httpsAgent: { maxSockets: 64, keepAlive: true }, httpAgent: { maxSockets: 64, keepAlive: true } });

/** Settings of a client of the SDK. */
export function clientSettings({ credentials, endpoint, maxAttempts = 8 }: AwsAccess, region: string) {
  return { region, credentials, maxAttempts, retryMode: 'adaptive', requestHandler, ...(endpoint === undefined ? {} : { endpoint }) } as const;
}
