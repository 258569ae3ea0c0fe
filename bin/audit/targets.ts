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
}

/** The targets that were asked for, each once, under labels of their own. Throws a UsageError where that is contradictory or impossible. */
export async function targetsOf({ context, allContexts, kubeconfig, from }: SourceOptions): Promise<readonly ClusterTarget[]> {
  const ways = [context && '--context', allContexts && '--all-contexts', from && '--from'].filter((way) => way !== undefined && way !== false);
  if (ways.length > 1) throw new UsageError(`${ways.join(' and ')} cannot be given together: each says which clusters to audit`);
  if (from && kubeconfig !== undefined) throw new UsageError('--kubeconfig has no meaning with --from: captures are read from files');
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

/** A capture is called as its directory or file is; where two are called alike, with the directories above them. */
export function captureTargets(paths: readonly string[]): readonly ClusterTarget[] {
  const distinct = new Map(paths.map((path) => [resolve(path), path]));
  const places = [...distinct].map(([absolute, path]) => ({ path, absolute }));
  const depths = new Map(places.map(({ absolute }) => [absolute, 1]));
  for (let again = true; again; ) {
    again = false;
    const counts = new Map<string, string[]>();
    for (const { absolute } of places) {
      const label = labelOf(absolute, depths.get(absolute)!);
      counts.set(label, [...(counts.get(label) ?? []), absolute]);
    }
    for (const alike of counts.values()) {
      if (alike.length < 2) continue;
      for (const absolute of alike) depths.set(absolute, depths.get(absolute)! + 1);
      again = true;
    }
  }
  return places.map(({ path, absolute }) => ({ via: 'capture', label: labelOf(absolute, depths.get(absolute)!), path }));
}

function labelOf(absolute: string, depth: number): string {
  const name = basename(absolute).replace(/(\.eksaminer)?(\.json|\.yaml|\.yml)?(\.gz)?$/, '') || basename(absolute) || absolute;
  let label = name;
  let above = dirname(absolute);
  for (let level = 1; level < depth; level += 1) {
    label = `${basename(above)}/${label}`;
    above = dirname(above);
  }
  return label;
}
