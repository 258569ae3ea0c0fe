import { ENV } from '../contract.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { s3Client } from '../storage/s3-client.ts';
import { s3Store } from '../storage/s3-store.ts';
import { setting } from './setting.ts';

/** The record, as far as the function's role reaches. */
export function record(): ObjectStore {
  return s3Store({ client: s3Client(), bucket: setting(ENV.bucket) });
}
