import type { AddressSet } from '../../cidr/address-set.ts';
import type { PortInterval } from '../reachability/port-table.ts';

/** What a question names. */
export type AskedEnd =
  | { readonly type: 'addresses'; readonly text: string; readonly set: AddressSet }
  | { readonly type: 'namespace'; readonly namespace: string }
  /** A workload, or else a pod, by its name. */
  | { readonly type: 'named'; readonly namespace: string; readonly name: string };

export interface ReachQuestion {
  readonly from: AskedEnd;
  /** Absent: every workload. */
  readonly to?: AskedEnd;
  readonly port?: PortInterval;
}

/** Ports that are let through; `all`: every port of every protocol. */
export type ReachPorts = { readonly all: true } | { readonly all: false; readonly ports: readonly PortInterval[] };

/** What one side's policies have to say, in deciding order. */
export interface ReachReason {
  readonly direction: 'egress' | 'ingress';
  readonly effect: 'allow' | 'deny' | 'pass';
  /** `NetworkPolicy shop/web`. */
  readonly policies: readonly string[];
  readonly ports: ReachPorts;
}

export interface ReachRow {
  readonly from: string;
  readonly to: string;
  readonly written: ReachPorts;
  /** Where engines enforce policies; undefined: that cannot be told. */
  readonly enforced: ReachPorts | undefined;
  /** Why nothing can be told as written either: policies of an engine that is not read may decide. */
  readonly unknown: string | undefined;
  readonly exempt: 'self' | 'own-node' | undefined;
  readonly reasons: readonly ReachReason[];
}

export interface ReachAnswer {
  readonly rows: readonly ReachRow[];
  /** Asked for and not there. */
  readonly missing: readonly string[];
  /** Workloads in `rows` of which no pod runs: they are judged as they are declared. */
  readonly declared: readonly string[];
  /** Why `enforced` cannot be told where it cannot. */
  readonly notes: readonly string[];
}
