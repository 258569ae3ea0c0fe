/**
 * What a month costs, for the section "Deploy" of the README: `node scripts/costs.ts`. Sizes and times are measured (bench/) or stated here; prices are
 * those of eu-west-1 in US dollars, without free tiers.
 */

/** A month of daily runs. */
const RUNS = 30;

const PRICE = {
  lambdaGbSecond: 0.0000133334, // arm64
  lambdaRequest: 0.2 / 1e6,
  transition: 0.025 / 1e3,
  put: 0.005 / 1e3,
  get: 0.0004 / 1e3,
  storedGb: 0.023,
  loggedGb: 0.57,
  alarm: 0.1,
  metric: 0.3,
  dashboard: 3,
  /** A key of the stack's own, where `encryption: customer` is chosen. */
  key: 1,
} as const;

/** Of one cluster in one run. */
const CLUSTER = {
  /** 0.5 s of processor for 2,000 pods and 1.5 s for 20,000; the rest is waiting for some 150 answers of AWS and of the API server. */
  auditSeconds: 30,
  auditGb: 2,
  /** 10,000 clusters in 5 minutes. */
  reconcileSeconds: 0.03,
  reconcileGb: 2,
  transitions: 4,
  puts: 4,
  gets: 6,
  storedKb: 40,
  /** Of the function, and of its child execution's history. */
  loggedKb: 10,
} as const;

/** Of one run, however many clusters it has: discover, reconcile, notify. */
const RUN = { seconds: 30, gb: 2, transitions: 6, puts: 20, gets: 60 } as const;

/** Of a month, runs or not: one route, no vantage. An alarm over a sum is charged for each metric in it. */
const FIXED = { alarmedMetrics: 14, metrics: 4 } as const;

/** Objects of runs stay 30 days, staged ones 90; what the record keeps for good grows by a small part of that. */
const KEPT_MONTHS = 3;

export interface Cost {
  readonly clusters: number;
  readonly functions: number;
  readonly workflow: number;
  readonly storage: number;
  readonly watching: number;
  readonly total: number;
}

/** In US dollars a month. */
export function monthlyCost(clusters: number): Cost {
  const seconds = (each: number, gb: number): number => RUNS * each * gb * PRICE.lambdaGbSecond;
  const audits = clusters * seconds(CLUSTER.auditSeconds, CLUSTER.auditGb);
  const rest = clusters * seconds(CLUSTER.reconcileSeconds, CLUSTER.reconcileGb) + seconds(RUN.seconds, RUN.gb);
  const functions = audits + rest + RUNS * (clusters + 3) * PRICE.lambdaRequest;
  const workflow = RUNS * (clusters * CLUSTER.transitions + RUN.transitions) * PRICE.transition;
  const calls = RUNS * (clusters * CLUSTER.puts + RUN.puts) * PRICE.put + RUNS * (clusters * CLUSTER.gets + RUN.gets) * PRICE.get;
  const storage = calls + (KEPT_MONTHS * RUNS * clusters * CLUSTER.storedKb * PRICE.storedGb) / 1e6;
  const watching = FIXED.alarmedMetrics * PRICE.alarm + FIXED.metrics * PRICE.metric + PRICE.dashboard + (RUNS * clusters * CLUSTER.loggedKb * PRICE.loggedGb) / 1e6;
  return { clusters, functions, workflow, storage, watching, total: functions + workflow + storage + watching };
}

/** The README's table. Markdown. */
export function costTable(sizes: readonly number[] = [10, 100, 1000]): string {
  const dollars = (amount: number): string => `$${amount < 10 ? amount.toFixed(2) : amount.toFixed(0)}`;
  const rows = sizes.map(monthlyCost).map(({ clusters, functions, workflow, storage, watching, total }) => {
    const amounts = [functions, workflow, storage, watching, total].map(dollars);
    return `| ${[clusters.toLocaleString('en'), ...amounts].join(' | ')} |`;
  });
  return ['| clusters, daily | functions | workflow | storage | alarms, logs, dashboard | a month |', '|---|---|---|---|---|---|', ...rows].join('\n');
}

if (import.meta.main) console.log(costTable());
