import { randomBytes } from 'node:crypto';
import { fingerprintOf, itemOf } from '../../lambda/assess/fingerprint.ts';
import type { Assessment, CheckOutcome, Finding } from '../../lambda/model/assessment.ts';
import type { ClusterIdentity } from '../../lambda/model/cluster-target.ts';
import type { RunScope } from '../../lambda/model/run-scope.ts';
import { newestSeq } from '../../lambda/reconcile/newest-seal.ts';
import type { ObjectStore } from '../../lambda/storage/object-store.ts';
import { writeAssessment, writeScope, writeTargets } from '../../lambda/storage/run-records.ts';
import { ulidSource } from '../../lambda/storage/ulid.ts';

const CHECKS = 40;
const FINDINGS = 50;
const REGIONS = ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2'];
/** Of the findings, those whose names move on with `generation`, in percent: what a fleet resolves and opens between two runs. */
const MOVING = 4;
/** Runs over one cluster have generations of their own from here on, so that what they find is told from what full runs do. */
export const EVENT_GENERATION = 1000;

export const ulid = ulidSource(() => new Date(), randomBytes);

export function clusterOf(number: number): ClusterIdentity {
  const account = String(100_000_000_000 + (number % 300));
  const region = REGIONS[number % REGIONS.length]!;
  const name = `cluster-${String(number).padStart(5, '0')}`;
  const arn = `arn:aws:eks:${region}:${account}:cluster/${name}`;
  return { id: arn, label: arn, arn, account, region, name, uid: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` };
}

/** What an audit of one such cluster leaves: 40 outcomes, 50 findings of the size that ours have. */
export function assessmentOf(number: number, observedAt: string, generation: number): Assessment {
  const cluster = clusterOf(number);
  const findings: Finding[] = [];
  for (let index = 0; index < FINDINGS; index++) findings.push(findingOf(cluster, index, index * 100 < FINDINGS * MOVING ? generation : 0));
  const outcomes = Array.from({ length: CHECKS }, (_, check): CheckOutcome => {
    const found = findings.filter((finding) => finding.check === checkId(check)).length;
    return { check: checkId(check), revision: '1.3f2a', outcome: found > 0 ? 'fail' : 'pass', unread: [], findings: found, controls: ['cis-eks-1.8.0/4.1.1', 'nsa-1.2/pod-security', 'attack/T1078'] };
  });
  const coverage = (['daemonSets', 'deployments', 'namespaces', 'pods', 'roleBindings', 'roles', 'services', 'statefulSets'] as const).map((source) => ({ source, state: 'read' as const, objects: 40 }));
  return { schemaVersion: 1, cluster, observedAt, namespaces: 'all', kubernetesVersion: '1.35', workloads: 160, outcomes, findings, coverage, problems: [] };
}

function checkId(check: number): string {
  return `privileged-container-${String(check).padStart(2, '0')}`;
}

function findingOf(cluster: ClusterIdentity, index: number, generation: number): Finding {
  const check = checkId(index % (CHECKS / 2));
  const name = `workload-${index}-${generation}`;
  const resource = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: `team-${index % 12}`, name };
  return {
    fingerprint: fingerprintOf(cluster.id, check, { resource, key: 'privileged app' }),
    item: itemOf(check, name),
    ...{ check, severity: 'high', resource, key: 'privileged app', status: 'open', restsOn: ['deployments'] },
    message: `Container app of Deployment ${name} runs privileged, so whoever breaks into it owns the node that it runs on`,
    cause: `Deployment ${name}: securityContext.privileged of container app`,
    evidence: { container: 'app', image: `registry.example/team/${name}@sha256:${fingerprintOf(cluster.id, name, { resource, key: '' })}`, privileged: true, serviceAccount: `team-${index % 12}/default` },
    changedBy: { manager: 'argocd-controller', time: '2026-11-01T08:00:00Z' },
  };
}

/** Writes what a run over these clusters leaves before it is reconciled. Answers the run. */
export async function beginRun(store: ObjectStore, trigger: 'schedule' | 'event', numbers: readonly number[], startedAt: Date, generation: number): Promise<string> {
  const run = ulid();
  const labels = numbers.map((number) => clusterOf(number).label);
  const places = new Set(numbers.map((number) => `${clusterOf(number).account} ${clusterOf(number).region}`));
  const scope: RunScope = {
    schemaVersion: 1,
    ...{ run, startedAt: startedAt.toISOString(), trigger, clusters: trigger === 'schedule' ? 'all' : labels, configuration: '0', version: '0.0.0' },
    listings: [...places].map((place) => ({ account: place.split(' ')[0]!, region: place.split(' ')[1]!, result: 'listed' })),
    baseSeq: await newestSeq(store),
  };
  await writeScope(store, scope);
  await writeTargets(store, run, labels.map((label) => ({ label, cluster: label })));
  for (const number of numbers) {
    await writeAssessment(store, run, assessmentOf(number, new Date(startedAt.getTime() + 1000).toISOString(), generation));
    // The process that writes ten thousand may be the one that others wait for an answer from.
    await new Promise(setImmediate);
  }
  return run;
}
