import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** More than any station asks for at once: a request that waits for a socket looks like a slow store. */
const SOCKETS = 128;
const CONNECT_MS = 5_000;
/** Silence on a socket for so long is a broken connection. Not the time of a whole transfer. */
const SILENCE_MS = 30_000;
const ATTEMPTS = 6;

/**
 * The client that `s3Store` is made for: connections are kept, silence is an error and not a wait without end, checksums are made and
 * verified wherever S3 has them. `config`: endpoint, region, credentials and path style, where they are not the environment's.
 */
export function s3Client(config: Pick<S3ClientConfig, 'endpoint' | 'region' | 'credentials' | 'forcePathStyle' | 'maxAttempts'> = {}): S3Client {
  const agent = { keepAlive: true, maxSockets: SOCKETS };
  return new S3Client({
    maxAttempts: ATTEMPTS,
    retryMode: 'standard',
    requestChecksumCalculation: 'WHEN_SUPPORTED',
    responseChecksumValidation: 'WHEN_SUPPORTED',
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
      httpAgent: new HttpAgent(agent),
      httpsAgent: new HttpsAgent(agent),
    }),
    ...config,
  });
}
