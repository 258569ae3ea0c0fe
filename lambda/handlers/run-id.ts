import { createHash } from 'node:crypto';
import { ulidSource } from '../storage/ulid.ts';

/** The ULID of an execution's run: of its start, and of its ARN instead of chance, so that a repeated `discover` writes the same run. */
export function runOf(execution: string, startedAt: string): string {
  const start = new Date(startedAt);
  if (Number.isNaN(start.getTime())) throw new Error(`the execution's start ${JSON.stringify(startedAt)} is not a date`);
  return ulidSource(() => start, (bytes) => createHash('sha256').update(execution).digest().subarray(0, bytes))();
}
