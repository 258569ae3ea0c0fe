import { basename, dirname, resolve } from 'node:path';
import type { ClusterTarget } from '../../lambda/model/cluster-target.ts';
import { UsageError } from '../usage-error.ts';

/** How a person says which clusters. */
export interface SourceOptions {
  readonly context?: readonly string[];
  readonly allContexts?: boolean;
  readonly kubeconfig?: string;
  readonly from?: readonly string[];
  readonly namespace?: readonly string[];
  /** The clusters that EKS names, seen with the caller's own credentials. */
  readonly eks?: boolean;
  /** Regions, or `all`. */
  readonly region?: readonly string[];
  readonly profile?: string;
}

/** Throws a UsageError where it is said twice which clusters, or a part of it has no meaning. */
export function refuseContradictions({ context, allContexts, from, eks, kubeconfig, region, profile }: SourceOptions): void {
  const ways = [context && '--context', allContexts && '--all-contexts', from && '--from', eks && '--eks'].filter((way) => way !== undefined && way !== false);
  if (ways.length > 1) throw new UsageError(`${ways.join(' and ')} cannot be given together: each says which clusters to audit`);
  if (from && kubeconfig !== undefined) throw new UsageError('--kubeconfig has no meaning with --from: captures are read from files');
  if (eks && kubeconfig !== undefined) throw new UsageError('--kubeconfig has no meaning with --eks: EKS says where its clusters are');
  if (!eks && region) throw new UsageError('--region says where EKS is asked for clusters; give it with --eks');
  if (!eks && profile !== undefined) throw new UsageError('--profile says who asks EKS for clusters; give it with --eks');
}

/** The targets of a kubeconfig or of captures that were asked for, each once, under labels of their own. Throws a UsageError where that is impossible. */
export async function targetsOf(options: SourceOptions): Promise<readonly ClusterTarget[]> {
  refuseContradictions(options);
  const { context, allContexts, kubeconfig, from } = options;
  if (from) return captureTargets(from);
  const { kubeconfigTargets } = await import('../../lambda/discover/kubeconfig.ts');
  const found = await kubeconfigTargets({
    ...(context === undefined ? {} : { contexts: context }),
    ...(allContexts === undefined ? {} : { all: allContexts }),
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
  });
  if (!found.ok) throw new UsageError(found.reason.message);
  return found.value;
}

/** A capture is called as its directory or file is; where two are called alike, with the file's ending, then with the directories above. */
export function captureTargets(paths: readonly string[]): readonly ClusterTarget[] {
  const places = [...new Map(paths.map((path) => [resolve(path), path]))].map(([absolute, path]) => ({ path, names: namesOf(absolute), chosen: 0 }));
  for (let alike = places; alike.length > 0; ) {
    const labels = places.map(({ names, chosen }) => names[chosen]!);
    alike = places.filter(({ names, chosen }, index) => labels.indexOf(names[chosen]!) !== labels.lastIndexOf(labels[index]!) && chosen < names.length - 1);
    for (const place of alike) place.chosen += 1;
  }
  return places.map(({ path, names, chosen }) => ({ via: 'capture', label: names[chosen]!, path }));
}

/** From the shortest to the whole path, which no two places share. */
function namesOf(absolute: string): readonly string[] {
  const whole = basename(absolute) || absolute;
  const names = [whole.replace(/(?<=.)(\.eksaminer)?(\.json|\.yaml|\.yml)?(\.gz)?$/, ''), whole];
  let above = dirname(absolute);
  while (basename(above) !== '') {
    names.push(`${basename(above)}/${names.at(-1)!}`);
    above = dirname(above);
  }
  return [...names, absolute];
}
