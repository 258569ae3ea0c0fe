import type { Unread } from '../model/derived.ts';
import type { SourceName } from '../model/sources.ts';

/** A source that was read, but of which something cannot be judged. The message is one sentence without a period. */
export function unsaid(source: SourceName, message: string): Unread {
  return { source, reason: { code: 'not-understood', message } };
}

/** The same for a field that EKS always answers with, so that its absence means a shortened description and never a value. */
export function unsaidIfMissing(field: string, value: unknown): readonly Unread[] {
  if (value !== undefined && value !== null) return [];
  return [unsaid('eksCluster', `the description of the cluster does not say ${field}; take the whole answer of aws eks describe-cluster`)];
}
