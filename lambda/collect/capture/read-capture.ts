import { basename, resolve } from 'node:path';
import { AwsContents } from '../aws/aws-contents.ts';
import { collectAws } from '../aws/collect-aws.ts';
import { clusterIdentity } from '../../model/cluster-identity.ts';
import { collected, refused, type Collected } from '../../model/collected.ts';
import { KUBERNETES_SOURCES } from '../../model/kinds.ts';
import type { CollectedSources, Snapshot } from '../../model/snapshot.ts';
import { AWS_SOURCES, type AwsSource, type SourceName } from '../../model/sources.ts';
import { listCaptureFiles } from './capture-files.ts';
import { CAPTURE_LIMITS } from './capture-limits.ts';
import { nothing, settled, type CaptureOptions, type CaptureResult } from './capture-result.ts';
import { collectKind } from './collect-kubernetes.ts';
import { keptTrees, type CaptureContents } from './file-sink.ts';
import { misnamedLists } from './misnamed-lists.ts';
import { KubernetesContents } from './kubernetes-contents.ts';
import { readCaptureFile } from './read-capture-file.ts';

/**
 * Reads a capture: a directory of files as `kubectl get … -o json|yaml` and the AWS CLI write them, or one file that
 * `eksaminer capture` made. Never throws on bad input: what could not be read is refused in the snapshot and named in its problems;
 * `ok: false` where there is nothing of a cluster.
 */
export async function readCapture(path: string, options: CaptureOptions): Promise<CaptureResult> {
  const listing = await listCaptureFiles(path);
  if (!listing.ok) return nothing(listing.message, []);
  if (listing.files.length === 0) return nothing(`${path} holds no files; write some with kubectl get <kind> -A -o json > <kind>.json`, listing.problems);
  const { plan, namespaces, onProgress, limits = CAPTURE_LIMITS } = options;
  const contents: CaptureContents = {
    kubernetes: new KubernetesContents(namespaces ? new Set(namespaces) : 'all'),
    aws: new AwsContents(plan),
    problems: [...listing.problems],
    ownHeaders: new Map(),
    listsByFile: new Map(),
    limits,
    taken: 0,
  };
  const trees = keptTrees(plan, contents);
  const faults: string[] = [];
  for (const file of listing.files) {
    onProgress?.(`reading ${file.name}`);
    const fault = await readCaptureFile(file, contents, trees);
    if (fault !== undefined) faults.push(fault);
  }
  const others = listing.files.length - faults.length;
  const rest = others === 1 ? 'The other file was read' : `The other ${others} files were read`;
  for (const fault of faults) contents.problems.push(others === 0 ? fault : `${fault}${fault.endsWith('?') ? '' : '.'} ${rest}`);

  contents.problems.push(...misnamedLists(contents));

  const label = basename(resolve(path)).replace(/(\.json|\.gz)+$/, '');
  if (contents.ownHeaders.size > 0) {
    const { snapshotOfOwnCapture } = await import('./own-capture.ts');
    return snapshotOfOwnCapture(contents, listing.files.length, options, label);
  }
  return snapshotOfFiles(contents, options, label, path);
}

function snapshotOfFiles(contents: CaptureContents, { namespaces, now }: CaptureOptions, label: string, path: string): CaptureResult {
  const { kubernetes, aws, problems } = contents;
  const cluster = collectAws('eksCluster', aws);
  const seen = [...kubernetes.held.values()].some(({ given, listed }) => given > 0 || listed);
  const described = aws.of('eksCluster').described.size;
  if (described > (seen ? 1 : 0) && !cluster.ok) return nothing(cluster.reason.message, problems);
  if (!seen && !cluster.ok) return nothing(problems[0] ?? `${path} holds nothing of a cluster`, problems);
  const version = versionOf(aws);
  const sources: [SourceName, Collected<unknown>][] = KUBERNETES_SOURCES.map((source) => [source, collectKind(source, kubernetes, version.ok ? version.value : undefined)]);
  for (const source of Object.keys(AWS_SOURCES) as AwsSource[]) sources.push([source, collectAws(source, aws)]);
  sources.push(['kubernetesVersion', version]);
  const arn = aws.cluster?.arn;
  const identity = clusterIdentity({ label, ...(arn === undefined ? {} : { arn }), ...(kubernetes.uid === undefined ? {} : { uid: kubernetes.uid }) });
  const snapshot: Snapshot = { cluster: identity, observedAt: now, namespaces: namespaces ?? 'all', sources: Object.fromEntries(sources) as unknown as CollectedSources, problems };
  return settled(snapshot, kubernetes, namespaces, 'Add what aws eks describe-cluster prints, or the list of namespaces (kubectl get namespaces -o json > namespaces.json)');
}

function versionOf(aws: AwsContents): Collected<string> {
  const version = aws.serverVersion ?? aws.cluster?.version;
  return version === undefined ? refused('not-in-capture', 'not in the capture (what kubectl version -o json or aws eks describe-cluster prints)') : collected(version);
}
