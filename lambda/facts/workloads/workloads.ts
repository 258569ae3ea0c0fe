import { defineFact } from '../define-fact.ts';

/** Everything that makes pods, as declared. */
export const workloads = defineFact({
  name: 'workloads',
  revision: 1,
  wants: ['pods', 'deployments', 'daemonSets', 'statefulSets', 'replicaSets', 'jobs', 'cronJobs', 'replicationControllers'],
  derive: () => [],
});
