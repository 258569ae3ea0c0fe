import { Logger } from '@aws-lambda-powertools/logger';
import { MetricUnit, Metrics } from '@aws-lambda-powertools/metrics';
import { METRICS } from '../contract.ts';

/** Both take the name of the service from the environment (`ENV.service`). */
export const logger = new Logger();
const metrics = new Metrics({ namespace: METRICS.namespace });

type Metric = Exclude<keyof typeof METRICS, 'namespace'>;

/** Writes these counts at once, each with these dimensions beside `service`. */
export function count(counts: Partial<Record<Metric, number>>, dimensions: Readonly<Record<string, string>> = {}): void {
  metrics.addDimensions({ ...dimensions });
  for (const [metric, value] of Object.entries(counts)) metrics.addMetric(METRICS[metric as Metric], MetricUnit.Count, value);
  metrics.publishStoredMetrics();
}
