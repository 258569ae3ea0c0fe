import { setTimeout as pauseFor } from 'node:timers/promises';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3ServiceException, type S3Client } from '@aws-sdk/client-s3';
import { keyToPath } from './object-key.ts';
import { ConflictError, PreconditionFailedError, type ListedObject, type ObjectStore, type PutCondition, type StoredObject } from './object-store.ts';

/** How often a put that meets another one (409), or a body that breaks off, is asked for again. */
const TRIES = 10;
/** Waits are spread evenly from nothing to this, doubled with each try, in milliseconds. */
const SHORTEST_WAIT = 100;
const LONGEST_WAIT = 2_000;

export interface S3StoreOptions {
  /** Made by `s3Client`, or alike: the SDK's checksums are left on. */
  readonly client: S3Client;
  readonly bucket: string;
  /** Waits so many milliseconds. For tests. */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
  /** At least 0, less than 1. For tests. */
  readonly random?: () => number;
}

/**
 * A store in a bucket of S3, general purpose. Encryption is the bucket's own setting. Objects are read and put whole: one put takes
 * at most 5 GB, memory about twice the object's size. Bodies are verified by checksums both ways (the SDK's).
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 *
 * 409 is tried again here; what nobody knows (a timeout, an error after a put) is thrown as it came, and settled by `putOnce` or by
 * whoever knows what ought to be there: a conditional put is never repeated blindly, for then its own success would look like a 412.
 */
export function s3Store({ client, bucket, pause = pauseFor, random = Math.random }: S3StoreOptions): ObjectStore {
  const wait = (tries: number): Promise<unknown> => pause(random() * Math.min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** tries));

  async function get(key: string): Promise<StoredObject | undefined> {
    keyToPath(key);
    for (let tries = 1; ; tries++) {
      const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key })).catch((error: unknown) => {
        if (nameOf(error) === 'NoSuchKey') return undefined;
        throw inWords(error, 'read', bucket, key);
      });
      if (!answer) return undefined;
      try {
        return { body: await answer.Body!.transformToByteArray(), etag: answer.ETag! };
      } catch (error) {
        // The SDK tries requests again, not bodies: this one broke off, or is not what its checksum says.
        if (tries === TRIES) throw inWords(error, 'read', bucket, key);
      }
      await wait(tries);
    }
  }

  async function put(key: string, body: Uint8Array, condition?: PutCondition): Promise<{ readonly etag: string }> {
    keyToPath(key);
    for (let tries = 1; ; tries++) {
      try {
        const { ETag } = await client.send(putCommand(bucket, key, body, condition));
        return { etag: ETag! };
      } catch (error) {
        const name = nameOf(error);
        if (name === 'PreconditionFailed' || (name === 'NoSuchKey' && condition && 'ifMatch' in condition)) throw new PreconditionFailedError(key);
        if (name !== 'ConditionalRequestConflict') throw inWords(error instanceof DoubtfulPutError ? error.problem : error, 'write', bucket, key);
        if (tries === TRIES) throw new ConflictError(key);
      }
      await wait(tries);
    }
  }

  async function* list(prefix: string, { startAfter }: { readonly startAfter?: string } = {}): AsyncGenerator<ListedObject> {
    let token: string | undefined;
    do {
      const page = await client
        // Keys may hold characters that XML cannot: they come in the encoding of URLs.
        .send(new ListObjectsV2Command({ Bucket: bucket, EncodingType: 'url', ...(prefix ? { Prefix: prefix } : {}), ...(token ? { ContinuationToken: token } : startAfter ? { StartAfter: startAfter } : {}) }))
        .catch((error: unknown) => {
          throw inWords(error, 'list', bucket, prefix);
        });
      for (const { Key, ETag, Size } of page.Contents ?? []) yield { key: decodeURIComponent(Key!.replaceAll('+', ' ')), etag: ETag!, size: Size! };
      token = page.IsTruncated ? page.NextContinuationToken : undefined;
      // A list that stops half-way would make the rest of the record look absent.
      if (page.IsTruncated && token === undefined) throw new Error(`s3://${bucket}/${prefix}: the list breaks off: it goes on, and does not say where`);
    } while (token !== undefined);
  }

  return { get, put, list };
}

/** It may have been written, or not. Carries its reason where the SDK does not look for one that it would try again. */
class DoubtfulPutError extends Error {
  override readonly name = 'DoubtfulPutError';
  readonly problem: unknown;

  constructor(problem: unknown) {
    super('the put was not answered');
    this.problem = problem;
  }
}

function putCommand(bucket: string, key: string, body: Uint8Array, condition: PutCondition | undefined): PutObjectCommand {
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    Body: body,
    ...(condition && ('ifMatch' in condition ? { IfMatch: condition.ifMatch } : { IfNoneMatch: condition.ifNoneMatch })),
  });
  if (!condition) return command;
  // Inside the SDK's retries: what they see as doubtful they leave alone.
  command.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        throw isRefusal(error) ? error : new DoubtfulPutError(error);
      }
    },
    { step: 'finalizeRequest', priority: 'low', name: 'leaveDoubtfulPuts' },
  );
  return command;
}

/** S3 says that it did nothing. */
function isRefusal(error: unknown): boolean {
  const status = error instanceof S3ServiceException ? (error.$metadata.httpStatusCode ?? 0) : 0;
  return (status >= 400 && status < 500) || nameOf(error) === 'SlowDown';
}

function nameOf(error: unknown): string {
  return (error as Partial<Error>).name ?? '';
}

/** A 403 is never "not there": without `s3:ListBucket` S3 says it for a missing key too, and then it is not known which it was. */
function inWords(error: unknown, verb: 'read' | 'write' | 'list', bucket: string, key: string): Error {
  const { message = String(error), $metadata } = error as Partial<S3ServiceException>;
  const what = `s3://${bucket}/${key}: could not ${verb} it: ${nameOf(error)}: ${message}`;
  if ($metadata?.httpStatusCode !== 403) return new Error(what, { cause: error });
  const needed = { read: 's3:GetObject on it and s3:ListBucket on the bucket (without the latter S3 says 403 for a key that does not exist)', write: 's3:PutObject on it', list: 's3:ListBucket on the bucket' }[verb];
  return new Error(`${what}. The role needs ${needed}, and with a customer's key the use of that key.`, { cause: error });
}
