/**
 * What the stack and the functions must agree on: environment variables, and what the state machine hands from one function to the next.
 * Payloads are pointers into the bucket: a state holds at most 256 KiB, whatever the size of the organization.
 */

import type { EksTarget } from './model/cluster-target.ts';

/** Environment variables of the functions. A construct that sets one grants what goes with it. */
export const ENV = {
  /** Name of the bucket that holds the record. */
  bucket: 'EKSAMINER_BUCKET',
  /** `RouteSetting[]` as JSON. */
  routes: 'EKSAMINER_ROUTES',
  /** `EndpointRules` as JSON: what the deployer allows beside the endpoints of EKS itself. */
  endpoints: 'EKSAMINER_ENDPOINTS',
  /** Version of Eksaminer. */
  version: 'EKSAMINER_VERSION',
  /** Stack whose logs and metrics these are: two in one account stay apart. The name is that of the logging library. */
  service: 'POWERTOOLS_SERVICE_NAME',
  /** Set by Lambda itself. */
  region: 'AWS_REGION',
} as const;

/** What the functions count in CloudWatch, each with the dimension `service`; the alarms and the dashboard read it. */
export const METRICS = {
  namespace: 'Eksaminer',
  /** Runs sealed: the dead man's alarm waits for it. */
  sealed: 'RunsSealed',
  /** Clusters of a run that were audited, and that were not. */
  audited: 'ClustersAudited',
  missed: 'ClustersNotAudited',
  /** Accounts and regions of a run that would not say which clusters they have. */
  refused: 'ListingsRefused',
  /** 1 a run and route (dimension `route`) whose topic nobody has confirmed a subscription of. */
  unconfirmed: 'RouteUnconfirmed',
} as const;

/** File beside the bundled `discover` that holds the `Configuration` as JSON: an environment holds no more than 4 KB. */
export const CONFIGURATION_FILE = 'configuration.json';

/** File beside the bundled `notify` that holds what messages say of each check, as JSON: the checks themselves stay out of it. */
export const CHECK_WORDS_FILE = 'check-words.json';

export const TRIGGERS = ['manual', 'schedule', 'event'] as const;
export type Trigger = (typeof TRIGGERS)[number];

/** What starts an execution. */
export interface ExecutionInput {
  readonly trigger: Trigger;
  /** ARNs of the clusters to look at; absent: all that the configuration covers. */
  readonly clusters?: readonly string[];
}

/** `execution` and `startedAt` are those of the state machine: a retried `discover` writes the same run. */
export interface DiscoverEvent {
  /** An `ExecutionInput`, as the execution got it: a person may have typed it. */
  readonly input: unknown;
  /** ARN. */
  readonly execution: string;
  /** UTC, ISO 8601. */
  readonly startedAt: string;
}

export interface DiscoverResult {
  readonly run: string;
  /** How many lines `targetsKey` has. */
  readonly targets: number;
  readonly targetsKey: string;
}

/** One child of the map. */
export interface AuditEvent {
  readonly run: string;
  readonly target: EksTarget;
}

/** Nothing: results lie in the bucket, and the outputs of ten thousand children would not fit through a state. */
export type AuditResult = Record<string, never>;

export interface ReconcileEvent {
  readonly run: string;
}

export interface ReconcileResult {
  readonly seq: number;
}

export interface NotifyEvent {
  /** The run that was just sealed, for the log alone: `notify` works off all seals that were not announced yet. */
  readonly run?: string;
}

/** Name of the error of a `notify` that found a route taken: whoever took it tells it, or died over it, which shows when the lease is over. */
export const ROUTE_BUSY = 'RouteBusyError';

/** How long a route is left to whoever took it, in milliseconds: longer than a function may run, 15 minutes. */
export const ROUTE_LEASE = 20 * 60_000;

/** Which changes a route is told, and where. */
export interface RouteSetting {
  /** Permanent: what was announced is kept under it. */
  readonly name: string;
  readonly topicArn: string;
  /** `text`: e-mail and the other protocols of one topic; `chat`: the custom notification schema of Amazon Q Developer. */
  readonly format: 'text' | 'chat';
  /** The least severe finding that it is told of. */
  readonly severity: 'critical' | 'high' | 'medium' | 'low' | 'info';
}

/** Beside the endpoints of EKS: private partitions need more. Nothing that a cluster or an answer of AWS says can widen it. */
export interface EndpointRules {
  /** Host names that end with one of these, each beginning with a dot. */
  readonly suffixes: readonly string[];
  /** CIDR blocks that would be refused otherwise (loopback, link-local). */
  readonly addresses: readonly string[];
}
