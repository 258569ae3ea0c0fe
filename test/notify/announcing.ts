import type { RouteSetting } from '../../lambda/contract.ts';
import type { ClusterIdentity } from '../../lambda/model/cluster-target.ts';
import { announce, type AnnounceOptions, type AnnounceResult } from '../../lambda/notify/announce.ts';
import type { SnsMessage } from '../../lambda/notify/sns-message.ts';
import type { ObjectStore } from '../../lambda/storage/object-store.ts';
import { assessmentOf, at, type GivenAssessment } from '../reconcile/assessment-of.ts';
import { runOf } from '../reconcile/run-of.ts';
import { WORDS } from './given.ts';

export const HIGH: RouteSetting = { name: 'platform', topicArn: 'arn:aws:sns:eu-west-1:111122223333:platform', format: 'text', severity: 'high' };
export const LOW: RouteSetting = { name: 'everything', topicArn: 'arn:aws:sns:eu-west-1:111122223333:everything', format: 'text', severity: 'info' };
export const CHAT: RouteSetting = { name: 'platform-chat', topicArn: 'arn:aws:sns:eu-west-1:111122223333:platform-chat', format: 'chat', severity: 'high' };

export const LEASE = 20 * 60_000;

/** A topic for every route that keeps what it was given, and a clock that stands still until it is moved. */
export class Audience {
  readonly sent: SnsMessage[] = [];
  /** Topics nobody listens to. */
  readonly deaf = new Set<string>();
  /** Throws before or after a message is taken. */
  fault: (message: SnsMessage, moment: 'before' | 'after') => Promise<void> | void = () => {};
  time = new Date('2026-11-21T12:00:00.000Z');

  get options(): AnnounceOptions {
    return {
      publish: async (message) => {
        await this.fault(message, 'before');
        this.sent.push(message);
        await this.fault(message, 'after');
      },
      confirmed: (topicArn) => Promise.resolve(!this.deaf.has(topicArn)),
      now: () => this.time,
      lease: LEASE,
      checks: WORDS,
      bucket: 'record-111122223333',
    };
  }

  later(milliseconds: number): void {
    this.time = new Date(this.time.getTime() + milliseconds);
  }

  announce(store: ObjectStore, routes: readonly RouteSetting[] = [LOW]): Promise<AnnounceResult> {
    return announce(store, routes, this.options);
  }

  /** The documents that programs got, in order. */
  get documents(): DigestDocument[] {
    return this.sent.map(documentOf);
  }
}

/** What tests look at of `docs/schema/digest-1.json`. */
export interface DigestDocument {
  readonly summary: string;
  readonly since?: string;
  readonly seals: { readonly from: number; readonly to: number };
  readonly counts: Readonly<Record<string, number>>;
  readonly below: Readonly<Record<string, number>>;
  readonly items: readonly { readonly kind: string; readonly severity: string; readonly was?: string; readonly places: readonly { readonly label: string; readonly resource: { readonly name: string } }[]; readonly placesTotal: number }[];
  readonly sight: readonly { readonly kind: string; readonly label: string; readonly reason?: string }[];
  readonly gone: readonly { readonly label: string; readonly findings: number }[];
  readonly firstLooks: readonly { readonly account?: string; readonly label?: string; readonly clusters: number; readonly findings: Readonly<Record<string, number>> }[];
  readonly checks: readonly { readonly check: string; readonly origin: string; readonly clusters: number; readonly others: number }[];
  readonly standing: { readonly clusters: number; readonly unseen: number };
  readonly omitted: Readonly<Record<string, { readonly entries: number; readonly findings: number }>>;
}

export function bodiesOf({ body }: SnsMessage): Record<string, string> {
  return JSON.parse(body) as Record<string, string>;
}

export function documentOf(message: SnsMessage): DigestDocument {
  return JSON.parse(bodiesOf(message)['sqs']!) as DigestDocument;
}

/** One look at one cluster, sealed. */
export function look(store: ObjectStore, cluster: ClusterIdentity, minute: number, checks: GivenAssessment['checks']): ReturnType<typeof runOf> {
  return runOf(store, { assessments: [assessmentOf({ cluster, at: at(minute), checks })] });
}

/** Items in words: kind, severity, places. */
export function itemsIn({ items }: DigestDocument): string[] {
  return items.map(({ kind, severity, was, places }) => `${kind} ${was === undefined ? '' : `${was}>`}${severity} ${places.map(({ label, resource }) => `${label}/${resource.name}`).join(' ')}`);
}
