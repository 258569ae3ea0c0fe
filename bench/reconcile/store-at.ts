import type { ObjectStore } from '../../lambda/storage/object-store.ts';
import { s3Client } from '../../lambda/storage/s3-client.ts';
import { s3Store } from '../../lambda/storage/s3-store.ts';

/** The store behind a fake S3, by the real client. `name`: whose calls they are. */
export function storeAt(url: string, name: string): ObjectStore {
  return s3Store({ client: s3Client({ endpoint: url, region: 'eu-central-1', credentials: { accessKeyId: name, secretAccessKey: name }, forcePathStyle: true }), bucket: 'record' });
}
