import { assess } from '../../lambda/assess/assess.ts';
import { defineCheck } from '../../lambda/checks/define-check.ts';
import { createFactResolver } from '../../lambda/facts/derive.ts';
import { namespaceLabels } from '../../lambda/facts/network/namespace-labels.ts';
import type { NetworkMeasures } from '../../lambda/model/network-measures.ts';
import { DOCUMENTED } from '../../lambda/facts/network/reachability/endpoint.ts';
import { livePods, nodeEnds } from '../../lambda/facts/network/reachability/live-endpoints.ts';
import { reachabilityOf } from '../../lambda/facts/network/reachability/reachability.ts';
import { makeCluster, NETWORK_CHECKS, secondsSince } from './cluster.ts';

/** One size in a process of its own, so that its peak is its own. */
const { snapshot, policies, bytes, parseSeconds } = makeCluster(Number(process.argv[2]));
const heapBytes = process.memoryUsage().heapUsed;

let measures: NetworkMeasures | undefined;
/** So that measures and findings are made of the same facts, as an audit's are. */
const measuring = defineCheck({
  id: 'measures', revision: 1, area: 'network', title: '', severity: 'low', rationale: '', remediation: '', references: [], controls: [], identity: { resource: '', key: '' },
  needs: ['reachMeasures'],
  *evaluate({ reachMeasures }) {
    measures = reachMeasures;
  },
});

let begun = process.cpuUsage();
const { findings } = assess(snapshot, [...NETWORK_CHECKS, measuring as never]);
const auditSeconds = secondsSince(begun);
if (!measures) throw new Error('no measures were made');
const peakBytes = process.resourceUsage().maxRSS * 1024;

begun = process.cpuUsage();
const facts = createFactResolver(snapshot);
const [written, tiers] = [facts.fact('namespacedPolicies'), facts.fact('tierPolicies')];
const { pods, nodes, namespaces } = snapshot.sources;
if (!pods.ok || !nodes.ok || !namespaces.ok || !written.ok || !tiers.ok) throw new Error('the cluster was not made');
const live = reachabilityOf({
  namespaces: namespaceLabels(namespaces.value),
  nodes: nodeEnds(nodes.value),
  endpoints: livePods(pods.value).map(({ endpoint }) => endpoint),
  policies: written.value,
  tiers: tiers.value,
  conventions: DOCUMENTED,
});
const liveSeconds = secondsSince(begun);

console.log(JSON.stringify({ policies, bytes, parseSeconds, findings: findings.length, auditSeconds, measures, heapBytes, peakBytes, classes: live.classes.all.length, profiles: live.profiles.all.length, liveSeconds }));
