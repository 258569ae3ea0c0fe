import { assess } from '../../lambda/assess/assess.ts';
import { collectionPlan } from '../../lambda/checks/collection-plan.ts';
import { defineCheck } from '../../lambda/checks/define-check.ts';
import type { NetworkMeasures } from '../../lambda/model/network-measures.ts';
import { makeCluster, NETWORK_CHECKS, secondsSince } from './cluster.ts';

// From what an audit keeps to its findings and measures.
const snapshot = makeCluster(Number(process.argv[2]), collectionPlan(NETWORK_CHECKS));
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

const begun = process.cpuUsage();
const { findings } = assess(snapshot, [...NETWORK_CHECKS, measuring as never]);
const auditSeconds = secondsSince(begun);
if (!measures) throw new Error('no measures were made');
const peakBytes = process.resourceUsage().maxRSS * 1024;

console.log(JSON.stringify({ findings: findings.length, auditSeconds, measures, heapBytes, peakBytes }));
