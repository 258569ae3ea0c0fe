import type { Severity } from '../model/severity.ts';

/** `eksaminer.yaml` with every default filled in. */
export interface Configuration {
  /** This account alone, or these (12 digits each, this one among them where it is meant). The organization will be a third kind. */
  readonly accounts: { readonly kind: 'self' } | { readonly kind: 'list'; readonly ids: readonly string[] };
  /** The role that is assumed in every account of a list but the caller's own. */
  readonly memberRole: { readonly name: string; readonly externalId?: string };
  /** `all`: those that are enabled in each account. */
  readonly regions: 'all' | readonly string[];
  /** Patterns of names (`*` and `?`) or of whole ARNs; a cluster is covered if some include fits, no exclude does, and it carries all tags. */
  readonly clusters: {
    readonly include: readonly string[];
    readonly exclude: readonly string[];
    readonly tags: Readonly<Record<string, string>>;
  };
  readonly schedule: {
    /** As EventBridge Scheduler takes it: `rate(…)` or `cron(…)`. */
    readonly expression: string;
    /** IANA name. */
    readonly timezone: string;
    /** The longest time between two runs, in hours: at most 84, because an alarm looks back seven days at most. */
    readonly intervalHours: number;
  };
  readonly routes: readonly RouteConfiguration[];
  /** Who is told that Eksaminer itself does not work. */
  readonly operations: { readonly email: readonly string[] };
  /** Clusters audited at once. */
  readonly concurrency: number;
  readonly vantages: readonly Vantage[];
  readonly endpoints: { readonly suffixes: readonly string[]; readonly addresses: readonly string[] };
  /** `aws`: SSE-S3; `customer`: a key of this stack. */
  readonly encryption: 'aws' | 'customer';
  /** ARN of the one role that may change the bucket's policy and lifecycle. */
  readonly breakGlassRole?: string;
}

export interface RouteConfiguration {
  /** Permanent: what was announced is kept under it. */
  readonly name: string;
  readonly severity: Severity;
  readonly email: readonly string[];
  /** Slack by Amazon Q Developer in chat applications: a topic of its own. */
  readonly slack?: { readonly workspaceId: string; readonly channelId: string };
}

/** A VPC with subnets in which an audit function of its own runs. */
export interface Vantage {
  readonly name: string;
  readonly vpcId: string;
  readonly availabilityZones: readonly string[];
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** Patterns as in `clusters`: these clusters are seen from here. */
  readonly clusters: readonly string[];
}
