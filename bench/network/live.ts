import { collectionPlan } from '../../lambda/checks/collection-plan.ts';
import { createFactResolver } from '../../lambda/facts/derive.ts';
import { namespaceLabels } from '../../lambda/facts/network/namespace-labels.ts';
import { LIVE_FIELDS } from '../../lambda/facts/network/reach/live-ends.ts';
import { DOCUMENTED } from '../../lambda/facts/network/reachability/endpoint.ts';
import { livePods, nodeEnds } from '../../lambda/facts/network/reachability/live-endpoints.ts';
import { reachabilityOf } from '../../lambda/facts/network/reachability/reachability.ts';
import { makeCluster, NETWORK_CHECKS, secondsSince } from './cluster.ts';

// From what a question about pods that run keeps to classes and profiles of all of them.
const snapshot = makeCluster(Number(process.argv[2]), collectionPlan(NETWORK_CHECKS, LIVE_FIELDS));

const begun = process.cpuUsage();
const facts = createFactResolver(snapshot);
const [written, tiers] = [facts.fact('namespacedPolicies'), facts.fact('tierPolicies')];
const { pods, nodes, namespaces } = snapshot.sources;
if (!pods.ok || !nodes.ok || !namespaces.ok || !written.ok || !tiers.ok) throw new Error('the cluster was not made');
const { classes, profiles } = reachabilityOf({
  namespaces: namespaceLabels(namespaces.value),
  nodes: nodeEnds(nodes.value),
  endpoints: livePods(pods.value).map(({ endpoint }) => endpoint),
  policies: written.value,
  tiers: tiers.value,
  conventions: DOCUMENTED,
});
const liveSeconds = secondsSince(begun);

console.log(JSON.stringify({ liveSeconds, classes: classes.all.length, profiles: profiles.all.length }));
