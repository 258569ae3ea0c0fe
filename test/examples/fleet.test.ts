import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { assess } from '../../lambda/assess/assess.ts';
import { collectionPlan } from '../../lambda/checks/collection-plan.ts';
import { CHECKS } from '../../lambda/checks/registry.ts';
import { readCapture } from '../../lambda/collect/capture/read-capture.ts';
import type { Assessment, Finding } from '../../lambda/model/assessment.ts';
import { typicalCluster } from '../../scripts/fleet/clusters/typical.ts';
import { writeCapture } from '../../scripts/fleet/write-capture.ts';
import { runOf, told } from '../reconcile/run-of.ts';
import { memoryStore } from '../storage/memory-store.ts';

const FLEET = join(import.meta.dirname, '../../examples/fleet');
const DAY_ONE = '2026-11-20T06:00:00.000Z';
const DAY_TWO = '2026-11-21T06:00:00.000Z';

async function audit(directory: string, now: string): Promise<Assessment> {
  const result = await readCapture(directory, { plan: collectionPlan(), now });
  if (!result.ok) throw new Error(`${result.reason.message} ${result.problems.join('; ')}`);
  return assess(result.snapshot);
}

/** `check Kind namespace/name key`, sorted. */
function shown(findings: readonly Finding[]): string[] {
  return findings
    .map(({ check, resource, key }) => `${check} ${resource.kind} ${resource.namespace === undefined ? '' : `${resource.namespace}/`}${resource.name} ${key}`)
    .sort();
}

function outcomesOtherThan(assessment: Assessment, ...kinds: readonly string[]): string[] {
  return assessment.outcomes.filter(({ outcome }) => !kinds.includes(outcome)).map(({ check, outcome, reason }) => `${check}: ${outcome}, ${reason ?? ''}`);
}

let hardened: Assessment;
let typical: Assessment;
let dayTwo: Assessment;
let vulnerable: Assessment;
let noise: Assessment;
let noiseDirectory: string;

beforeAll(async () => {
  noiseDirectory = mkdtempSync(join(tmpdir(), 'eksaminer-noise-'));
  const { cluster, side } = typicalCluster(2, false);
  writeCapture(noiseDirectory, cluster, side);
  hardened = await audit(join(FLEET, 'day-1/hardened'), DAY_ONE);
  typical = await audit(join(FLEET, 'day-1/typical'), DAY_ONE);
  dayTwo = await audit(join(FLEET, 'day-2/typical'), DAY_TWO);
  vulnerable = await audit(join(FLEET, 'day-1/vulnerable'), DAY_ONE);
  noise = await audit(noiseDirectory, DAY_TWO);
}, 60_000);
afterAll(() => rmSync(noiseDirectory, { recursive: true, force: true }));

describe('every capture of the fleet', () => {
  test('is read completely and without a problem: each check passes, fails, or says why it does not apply', () => {
    for (const assessment of [hardened, typical, dayTwo, vulnerable]) {
      expect(assessment.problems).toEqual([]);
      expect(assessment.kubernetesVersion).toBe('1.35');
      // Of Kubernetes 1.35, but off: a server that does not serve them prints no List.
      const unread = assessment.coverage.filter(({ state }) => state !== 'read').map(({ source, state }) => `${source} ${state}`);
      expect(unread).toEqual(['mutatingAdmissionPolicies assumed', 'mutatingAdmissionPolicyBindings assumed']);
      expect(outcomesOtherThan(assessment, 'pass', 'fail', 'not-applicable')).toEqual([]);
    }
  });

  test('is a cluster of its own, and the typical one is the same on both days', () => {
    expect([hardened, typical, vulnerable].map(({ cluster }) => cluster.id)).toEqual([
      'arn:aws:eks:eu-west-1:111122223333:cluster/ledger',
      'arn:aws:eks:eu-central-1:444455556666:cluster/shop',
      'arn:aws:eks:us-east-1:777788889999:cluster/legacy',
    ]);
    expect(dayTwo.cluster.id).toBe(typical.cluster.id);
    expect(dayTwo.cluster.uid).toBe(typical.cluster.uid);
  });

  test('together they show every check but those that cannot be shown beside the others', () => {
    const seen = new Set([...typical.findings, ...vulnerable.findings, ...dayTwo.findings].map(({ check }) => check));
    // Faults that few clusters have, which their own cases show.
    const rare = new Set([
      ...['access-entry-orphaned', 'api-server-reachable', 'default-subject-claimed', 'legacy-service-account-token', 'mapped-principal-admin', 'node-access-entry-unused', 'session-tags-off', 'workload-role-privileged', 'workload-role-shared'],
      ...['baseline-policy-bypassed', 'cluster-policy-order-dependent', 'cluster-policy-overrides-network-policy', 'cluster-policy-rule-shadowed', 'domain-rule-inert'],
      ...['cross-namespace-open', 'dns-egress-missing', 'dns-egress-unscoped', 'network-policy-accidental-or', 'network-policy-admits-nodes', 'network-policy-allows-any-port', 'network-policy-block-covers-nodes'],
      ...['network-policy-exception-leak', 'network-policy-named-port-unresolved', 'network-policy-peer-matches-nothing', 'network-policy-port-limit-exceeded', 'network-policy-redundant'],
      ...['policy-agent-not-ready', 'policy-endpoint-behind'],
      ...['extra-interface-bypasses-policy', 'security-group-pod-bypasses-policy', 'standalone-pod-shares-policy'],
    ]);
    expect(CHECKS.map(({ id }) => id).filter((id) => !seen.has(id) && !rare.has(id))).toEqual([
      // On since Kubernetes 1.36.
      'constrained-impersonation',
      // The objects of Kubernetes are as they come in every cluster of the fleet.
      'default-role-altered',
      // A cluster has one engine in one state: here it is on, or absent.
      'network-policy-engine-conflict',
      'network-policy-engine-half-enabled',
      'network-policy-not-enforced',
      // The cluster with Windows nodes is the one without policies.
      'network-policy-unenforced-nodes',
      // An API server since 1.33 refuses the pods that it is about.
      'unsafe-proc-mount',
    ]);
  });
});

test('hardened: nothing is found', () => {
  expect(shown(hardened.findings)).toEqual([]);
});

describe('the fleet, from one day to the next', () => {
  const again = (assessment: Assessment): Assessment => ({ ...assessment, observedAt: DAY_TWO });

  test('exactly the news is told', async () => {
    const store = memoryStore();
    const baseline = await runOf(store, { assessments: [hardened, typical, vulnerable] });
    expect(new Set(told(baseline.changes).map((line) => line.split(' ', 2).join(' ')))).toEqual(new Set(['opened (first-look)']));
    expect(baseline.changes).toHaveLength(typical.findings.length + vulnerable.findings.length);
    const { changes } = await runOf(store, { assessments: [again(hardened), dayTwo, again(vulnerable)] });
    expect(told(changes).sort()).toEqual([
      'opened (cluster) default-deny-ingress-missing checkout medium',
      'opened (cluster) default-service-account-permissions default critical',
      'opened (cluster) exposed-dashboard kubernetes-dashboard critical',
      // Whoever runs in staging is cluster-admin now, and the dashboard stands one step before what was farther away.
      'opened (cluster) internet-to-sensitive-path catalog critical',
      'opened (cluster) internet-to-sensitive-path web critical',
      'resolved (cluster) cluster-deletion-protection-off shop medium',
      'resolved (cluster) dangling-subject tiller low',
      'updated (cluster) internet-to-sensitive-path grafana high',
      'updated (cluster) internet-to-sensitive-path prometheus high',
      'updated (cluster) privilege-escalation-path arn:aws:iam::444455556666:role/shop-developers critical',
      'updated (cluster) privilege-escalation-path shop:developers critical',
      'worsened (cluster) internet-to-sensitive-path elasticsearch high>critical',
      'worsened (cluster) internet-to-sensitive-path kube-state-metrics high>critical',
    ]);
    expect(new Set(changes.map(({ cluster }) => cluster.id))).toEqual(new Set([typical.cluster.id]));
  });

  test("a day's noise alone changes nothing at all", async () => {
    expect(noise.findings).toEqual(typical.findings);
    expect(noise.outcomes).toEqual(typical.outcomes);
    const store = memoryStore();
    await runOf(store, { assessments: [typical] });
    expect((await runOf(store, { assessments: [noise] })).changes).toEqual([]);
  });
});

describe('vulnerable: its stories', () => {
  test.each([
    ['the API server is on the Internet, in two halves', 'critical api-endpoint-open-to-internet Cluster legacy internet'],
    ['its security group is open', 'high api-server-security-group-open Cluster legacy sg-0876f9a24ae0cc103'],
    ['nobody can say afterwards who did what', 'high control-plane-audit-log-off Cluster legacy audit'],
    ['Tesla 2018: the dashboard is on the Internet', 'critical exposed-dashboard Deployment kubernetes-dashboard/kubernetes-dashboard internet'],
    ['Tesla 2018: and it is cluster-admin', 'critical cluster-admin-binding ServiceAccount kubernetes-dashboard/kubernetes-dashboard cluster-admin@cluster'],
    ['Siloscape 2021: ContainerAdministrator on a Windows node', 'high windows-container-administrator Deployment iis/intranet administrator/iis'],
    ['Siloscape 2021: with a token that starts workloads', 'critical pod-create ServiceAccount iis/intranet pod-create@cluster'],
    ['Siloscape 2021: reached from the Internet', 'info internet-exposed-service Deployment iis/intranet internet'],
    ['strangers have rights, latent while EKS refuses them', 'low anonymous-access User system:anonymous access@cluster'],
    ['everyone who signs in reads every Secret', 'critical authenticated-access Group system:authenticated secrets-read@cluster'],
    ['nothing would enforce a network policy', 'high network-policy-engine-absent NodeClass ec2/linux engine-absent'],
    ['and there is none', 'medium default-deny-ingress-missing Namespace web ingress'],
    ['a privileged pod', 'critical privileged-container DaemonSet ops/node-shell privileged/shell'],
    ['the root of the node', 'critical host-path-volume DaemonSet ops/node-shell hostPath /'],
    ["Docker's socket", 'critical container-runtime-socket-mounted Deployment ops/image-builder runtimeSocket/builder'],
    ['a role of wildcards', 'critical cluster-admin-binding Group devs cluster-admin@cluster'],
    ['every pod of a namespace is cluster-admin', 'critical default-service-account-permissions ServiceAccount web/default cluster-admin@cluster'],
    ['aws-auth alone decides who signs in', 'medium legacy-authentication-mode Cluster legacy authentication-mode'],
    ['and may be changed', 'critical aws-auth-writable Group help-desk aws-auth-update@kube-system'],
    ['a database on the Internet', 'high internet-exposed-service StatefulSet data/mysql internet'],
  ])('%s', (_story, finding) => {
    expect(vulnerable.findings.map((found) => `${found.severity} ${shown([found])[0]!}`)).toContain(finding);
  });
});
