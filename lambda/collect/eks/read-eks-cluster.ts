import { DescribeClusterCommand } from '@aws-sdk/client-eks';
import type { EndpointRules } from '../../contract.ts';
import type { EksTarget } from '../../model/cluster-target.ts';
import { collected, refused, type Collected, type Refusal } from '../../model/collected.ts';
import type { CollectionPlan } from '../../model/collection-plan.ts';
import type { EksCluster } from '../../model/eks.ts';
import { KUBERNETES_SOURCES } from '../../model/kinds.ts';
import type { CollectedSources } from '../../model/snapshot.ts';
import { trimAnswers } from '../aws/trim-answers.ts';
import { systemClock, type Clock } from '../kubernetes/clock.ts';
import type { Deadlines } from '../kubernetes/exchange.ts';
import { identityOf, type ReadResult } from '../kubernetes/read-cluster.ts';
import { readKubernetes, type KubernetesRead, type KubernetesResult } from '../kubernetes/read-kubernetes.ts';
import { serverText } from '../kubernetes/server-text.ts';
import { awsRefusal } from './aws-fault.ts';
import { collect, openSession, type AwsSession } from './aws-session.ts';
import type { Lookup } from './check-endpoint.ts';
import { connectEks, type ApiServer } from './connect-eks.ts';
import { heldCredentials, type CredentialsProvider } from './held-credentials.ts';
import { plain } from './plain.ts';
import { addRoles, readAwsSide, type AwsReads } from './read-aws-side.ts';
import { rolesOfServiceAccounts, withRoles, withoutRoles } from './service-account-roles.ts';

export interface EksReadOptions {
  /** Of the account that the cluster is in: AWS is asked, and tokens are signed with them. */
  readonly credentials: CredentialsProvider;
  readonly plan: CollectionPlan;
  readonly now: () => Date;
  /** What the deployer allows beside EKS's own endpoints. */
  readonly endpoints: EndpointRules;
  /** Absent: all. */
  readonly namespaces?: readonly string[];
  readonly onProgress?: (doing: string) => void;
  /** For the whole cluster, both sides. */
  readonly deadlineMs?: number;
  /** For one request to the API server. */
  readonly deadlines?: Partial<Deadlines>;
  readonly clock?: Clock;
  readonly random?: () => number;
  /** In place of AWS's own endpoints. */
  readonly awsEndpoint?: string;
  /** In place of the system's resolver, for the API server's name. */
  readonly lookup?: Lookup;
}

const DEADLINE_MS = 14 * 60_000;

/**
 * Reads one EKS cluster from both sides. Each source that could not be read is refused in the snapshot, for its own reason; a cluster whose API server cannot be
 * reached or lets nobody in still gives AWS's side. `ok: false`: there are no credentials, EKS says that there is no such cluster, or neither side said anything.
 */
export async function readEksCluster(target: EksTarget, options: EksReadOptions): Promise<ReadResult> {
  const { clock = systemClock, deadlineMs = DEADLINE_MS, awsEndpoint } = options;
  const credentials = heldCredentials(options.credentials, () => clock.date());
  const end = clock.now() + deadlineMs;
  const deadline = new AbortController();
  const callOff = clock.after(deadlineMs, () => deadline.abort());
  const session = openSession({ region: target.region, credentials, abortSignal: deadline.signal, ...(awsEndpoint === undefined ? {} : { awsEndpoint }) });
  try {
    const refusal = await noCredentials(credentials);
    if (refusal) return unread(target, refusal);
    return await readBoth(session, target, { ...options, credentials }, () => Math.max(1, end - clock.now()));
  } finally {
    callOff();
    session.close();
  }
}

async function readBoth(session: AwsSession, target: EksTarget, options: EksReadOptions, left: () => number): Promise<ReadResult> {
  const { plan, now, onProgress, namespaces } = options;
  const observedAt = now().toISOString();
  onProgress?.('asking EKS');
  const described = await collect(() => describe(session, target));
  if (described.ok && described.value === undefined) return unread(target, noSuchCluster(target));
  const cluster: Collected<EksCluster & ApiServer> = described.ok ? collected(described.value!) : described;
  const [kubernetes, { reads, gone }] = await Promise.all([readApiServer(target, cluster, options, left), readAwsSide(session, target.name, cluster)]);
  // What vanished while it was read may have been all of it, and an empty list of a cluster that is gone is no answer about it.
  if (gone) {
    const again = await collect(() => describe(session, target));
    if (!again.ok) return unread(target, again.reason);
    if (again.value === undefined) return unread(target, noSuchCluster(target));
  }
  if (!kubernetes.ok && kubernetes.reason.code === 'not-configured') return { ...kubernetes, cluster: identityOf(target, kubernetes.uid) };
  if (!session.answered() && !kubernetes.ok) return unread(target, cluster.ok ? kubernetes.reason : cluster.reason);
  onProgress?.('reading roles');
  await addRoles(session, reads, target.account, kubernetes.ok ? rolesOfServiceAccounts(kubernetes.sources) : []);
  const sources = { ...kubernetesSide(kubernetes, cluster, plan), ...awsSide(reads, plan) } as unknown as CollectedSources;
  return { ok: true, snapshot: { cluster: identityOf(target, kubernetes.uid), observedAt, namespaces: namespaces ?? 'all', sources, problems: kubernetes.problems } };
}

/** Undefined: EKS knows no such cluster. */
async function describe({ eks, call }: AwsSession, { name }: EksTarget): Promise<(EksCluster & ApiServer) | undefined> {
  const answer = await call('eks:DescribeCluster', async (options) => (await eks.send(new DescribeClusterCommand({ name }), options)).cluster ?? {});
  return answer === undefined ? undefined : (plain(answer) as EksCluster & ApiServer);
}

async function readApiServer(target: EksTarget, cluster: Collected<ApiServer>, options: EksReadOptions, left: () => number): Promise<KubernetesResult> {
  const { credentials, plan, endpoints, namespaces, onProgress, deadlines, clock = systemClock, random, lookup } = options;
  const connection = cluster.ok ? await connectEks(target, cluster.value, { credentials, rules: endpoints, date: () => clock.date(), ...(lookup ? { lookup } : {}) }) : cluster;
  if (!connection.ok) return { ok: false, reason: connection.reason, uid: undefined, known: false, problems: [] };
  const read = await readKubernetes(connection.value, {
    target,
    plan: withRoles(plan),
    clock,
    deadlineMs: left(),
    ...(random ? { random } : {}),
    ...(deadlines ? { deadlines } : {}),
    ...(namespaces ? { namespaces } : {}),
    ...(onProgress ? { onProgress } : {}),
  });
  return read.ok || read.known || read.reason.code !== 'unauthorized' ? read : { ...read, reason: notLetIn(target, read.reason) };
}

/** The next step, where the API server knows nobody of that name. */
function notLetIn({ name, region, role }: EksTarget, reason: Refusal): Refusal {
  if (!reason.message.includes('(401)')) return reason;
  const principal = role?.arn ?? '<the role that audits>';
  const next = `aws eks create-access-entry --cluster-name ${name} --region ${region} --principal-arn ${principal} --kubernetes-groups eksaminer`;
  return { code: 'unauthorized', message: `the API server does not let ${role === undefined ? 'the caller' : principal} in (401): it has no access entry there. Next: ${next}` };
}

function kubernetesSide(read: KubernetesResult, cluster: Collected<EksCluster>, plan: CollectionPlan): Partial<KubernetesRead> {
  if (read.ok) return withoutRoles(read.sources, plan);
  const refusal = { ok: false as const, reason: read.reason };
  const version = cluster.ok ? /^\d+\.\d+$/.exec(cluster.value.version ?? '')?.[0] : undefined;
  const sources = Object.fromEntries(KUBERNETES_SOURCES.map((source) => [source, refusal])) as Partial<KubernetesRead>;
  return { ...sources, kubernetesVersion: version === undefined ? refusal : collected(version) };
}

function awsSide(reads: AwsReads, plan: CollectionPlan): Readonly<Record<string, Collected<unknown>>> {
  return Object.fromEntries([...reads].map(([source, read]) => [source, read.ok ? { ...read, value: trimAnswers(plan, source, read.value) } : read]));
}

async function noCredentials(credentials: CredentialsProvider): Promise<Refusal | undefined> {
  try {
    await credentials();
    return undefined;
  } catch (error) {
    const refusal = awsRefusal(error, 'sts:AssumeRole');
    return refusal.code === 'forbidden' ? refusal : { code: 'unauthorized', message: `no credentials for this cluster's account: ${serverText(error instanceof Error ? error.message : String(error))}` };
  }
}

function noSuchCluster({ name, region, account }: EksTarget): Refusal {
  return refused('unavailable', `EKS knows no cluster "${name}" in ${region} of account ${account}: it was deleted`).reason;
}

function unread(target: EksTarget, reason: Refusal): ReadResult {
  return { ok: false, reason, cluster: identityOf(target, undefined), problems: [] };
}
