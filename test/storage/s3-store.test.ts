import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { ConflictError, PreconditionFailedError, type ObjectStore } from '../../lambda/storage/object-store.ts';
import { putOnce } from '../../lambda/storage/put-once.ts';
import { s3Store } from '../../lambda/storage/s3-store.ts';
import { fakeS3, type FakeS3, type S3Fault } from './fake-s3.ts';
import { objectStoreContract } from './object-store-contract.ts';

let s3: FakeS3;
let buckets = 0;
const waits: number[] = [];
beforeAll(async () => void (s3 = await fakeS3({ pageSize: 3 })));
afterEach(() => {
  s3.set({ pageSize: 3 });
  waits.length = 0;
});
afterAll(() => s3.close());

const bytes = (text: string): Uint8Array => Buffer.from(text);
const text = (body: Uint8Array | undefined): string | undefined => (body ? Buffer.from(body).toString() : undefined);
const bucketNow = (): string => `bucket-${buckets}`;
let client: ReturnType<FakeS3['client']>;

function store(): ObjectStore {
  client ??= s3.client();
  return s3Store({ client, bucket: `bucket-${++buckets}`, random: () => 0.5, pause: (milliseconds) => Promise.resolve(void waits.push(milliseconds)) });
}

/** These faults, one a request, and then none. */
function faults(...given: (S3Fault | undefined)[]): void {
  const left = [...given];
  s3.set({ pageSize: 3, fault: () => left.shift() });
}

const asked = (from: number): string[] => s3.requests.slice(from).map(({ operation }) => operation);

describe('the store in S3', () => objectStoreContract(() => Promise.resolve(store())));

describe('a conditional put', () => {
  test('that meets another one is tried again, after longer and longer waits', async () => {
    const { put } = store();
    const conflict: S3Fault = { status: 409, code: 'ConditionalRequestConflict' };
    faults(conflict, conflict, conflict);
    await put('k', bytes('one'), { ifNoneMatch: '*' });
    expect(waits).toEqual([100, 200, 400]);
    expect(text(s3.buckets.get(bucketNow())!.get('k'))).toBe('one');
  });

  test('that never gets its turn says so in the end', async () => {
    const { put } = store();
    s3.set({ fault: () => ({ status: 409, code: 'ConditionalRequestConflict' }) });
    await expect(put('k', bytes('one'), { ifNoneMatch: '*' })).rejects.toThrow(ConflictError);
    expect(waits).toEqual([100, 200, 400, 800, 1000, 1000, 1000, 1000, 1000]);
  });

  const doubtful: [string, S3Fault][] = [
    ['a connection that breaks before it took effect', { broken: 'before' }],
    ['a connection that breaks after it took effect', { broken: 'after' }],
    ['a 500 before it took effect', { status: 500, code: 'InternalError' }],
    ['a 500 after it took effect', { status: 500, code: 'InternalError', after: true }],
    ['a 503 after it took effect', { status: 503, code: 'ServiceUnavailable', after: true }],
  ];
  describe.each(doubtful)('answered by %s', (_, fault) => {
    const took = ('broken' in fault && fault.broken === 'after') || 'after' in fault;

    test('is not repeated by the client: it is not known what became of it', async () => {
      const { put } = store();
      const from = s3.requests.length;
      faults(fault);
      const error: unknown = await put('k', bytes('one'), { ifNoneMatch: '*' }).catch((problem: unknown) => problem);
      expect(error).toBeInstanceOf(Error);
      expect(error).not.toBeInstanceOf(PreconditionFailedError);
      expect((error as Error).message).toContain(`s3://${bucketNow()}/k: could not write it: `);
      expect(asked(from)).toEqual(['put']);
      expect(s3.buckets.get(bucketNow())?.has('k') ?? false).toBe(took);
    });

    test('is settled by reading: it is ours, and once', async () => {
      const given = store();
      const from = s3.requests.length;
      faults(fault);
      expect(await putOnce(given, 'k', bytes('one'))).toBe(true);
      expect(asked(from)).toEqual(took ? ['put', 'get'] : ['put', 'get', 'put']);
    });

    test("is settled by reading: it is another's", async () => {
      const given = store();
      await given.put('k', bytes('theirs'));
      faults('broken' in fault ? { broken: 'before' } : { status: 500, code: 'InternalError' });
      expect(await putOnce(given, 'k', bytes('one'))).toBe(false);
      expect(text((await given.get('k'))?.body)).toBe('theirs');
    });
  });

  test('that was turned away for being too many is repeated by the client', async () => {
    const { put } = store();
    const from = s3.requests.length;
    faults({ status: 503, code: 'SlowDown' });
    await put('k', bytes('one'), { ifNoneMatch: '*' });
    expect(asked(from)).toEqual(['put', 'put']);
  });

  test('without a condition is repeated by the client: the same bytes twice are the same bytes', async () => {
    const { put, get } = store();
    const from = s3.requests.length;
    faults({ broken: 'after' }, { status: 500, code: 'InternalError' });
    await put('k', bytes('one'));
    expect(asked(from)).toEqual(['put', 'put', 'put']);
    expect(text((await get('k'))?.body)).toBe('one');
  });
});

describe('reading', () => {
  test('is repeated by the client', async () => {
    const { put, get } = store();
    await put('k', bytes('one'));
    faults({ status: 500, code: 'InternalError' }, { broken: 'before' });
    expect(text((await get('k'))?.body)).toBe('one');
  });

  test.each(['cut', 'changed'] as const)('a body that is %s is asked for again', async (body) => {
    const { put, get } = store();
    await put('k', bytes('one two'));
    faults({ body }, { body });
    expect(text((await get('k'))?.body)).toBe('one two');
    expect(waits).toEqual([100, 200]);
  });

  test('a body that never is what its checksum says is an error', async () => {
    const { put, get } = store();
    await put('k', bytes('one'));
    s3.set({ fault: () => ({ body: 'changed' }) });
    await expect(get('k')).rejects.toThrow(/^s3:\/\/bucket-\d+\/k: could not read it: .*[Cc]hecksum/);
  });

  test('403 is never "not there", and names the right that is missing', async () => {
    const { get, list } = store();
    s3.set({ withoutListBucket: true });
    await expect(get('k')).rejects.toThrow('s3:ListBucket on the bucket (without the latter S3 says 403 for a key that does not exist)');
    await expect(list('seals/')[Symbol.asyncIterator]().next()).rejects.toThrow(/could not list it: AccessDenied: .* needs s3:ListBucket/);
  });

  test('a bucket that does not exist is an error, not an empty store', async () => {
    const { get, put } = store();
    s3.set({ fault: () => ({ status: 404, code: 'NoSuchBucket' }) });
    await expect(get('k')).rejects.toThrow('NoSuchBucket');
    await expect(put('k', bytes('x'), { ifMatch: '"e"' })).rejects.toThrow('NoSuchBucket');
  });

  test('a list that goes on without saying where is an error, not the end of the record', async () => {
    const { put, list } = store();
    for (const key of ['t/1', 't/2', 't/3', 't/4']) await put(key, bytes('x'));
    faults({ token: 'missing' });
    const listed = async (): Promise<void> => {
      for await (const _ of list('t/'));
    };
    await expect(listed()).rejects.toThrow('t/: the list breaks off: it goes on, and does not say where');
  });

  test('403 on a put names the right that is missing', async () => {
    const { put } = store();
    s3.set({ fault: () => ({ status: 403, code: 'AccessDenied' }) });
    await expect(put('k', bytes('x'), { ifNoneMatch: '*' })).rejects.toThrow('The role needs s3:PutObject on it');
  });
});

test('a put says what its bytes sum up to, and how it is to be encrypted is left to the bucket', async () => {
  const from = s3.requests.length;
  await store().put('k', bytes('one'));
  const [{ headers }] = s3.requests.slice(from) as [(typeof s3.requests)[number]];
  expect(headers['x-amz-checksum-crc32']).toBe('emyG8Q==');
  expect(Object.keys(headers).filter((name) => name.includes('encryption'))).toEqual([]);
});

test('64 requests at once, each with a wait of its own, take about as long as one', async () => {
  const { get } = store();
  let open = 0;
  let most = 0;
  let go = (): void => {};
  const all = new Promise<void>((resolve) => (go = resolve));
  s3.set({
    async fault() {
      most = Math.max(most, ++open);
      if (open === 64) go();
      await all;
      return undefined;
    },
  });
  await Promise.all(Array.from({ length: 64 }, (_, index) => get(`k${index}`)));
  expect(most).toBe(64);
});
