import pMap from 'p-map';

/** Calls at a time: a bucket answers each in tens of milliseconds, however many there are. Fewer than the S3 client has connections. */
const AT_ONCE = 64;

/** Does the work for each item, many at a time; answers in the order of the items. Begins no more after the first error, and throws it. */
export function inParallel<T, R>(items: Iterable<T>, work: (item: T) => Promise<R>): Promise<R[]> {
  return pMap(items, work, { concurrency: AT_ONCE });
}
