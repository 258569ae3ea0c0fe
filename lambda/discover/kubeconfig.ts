import type { ClusterTarget } from '../model/cluster-target.ts';
import { collected, refused, type Collected } from '../model/collected.ts';
import { clusterArn } from './cluster-arn.ts';
import { loadKubeconfig } from './load-kubeconfig.ts';

export type KubeconfigTarget = Extract<ClusterTarget, { readonly via: 'kubeconfig' }>;

/** How many contexts a message names. */
const NAMED = 20;

/**
 * The clusters that a kubeconfig's contexts lead to: those named, or all, or the current one. A name that is not there refuses all of them, so that a misspelt
 * `--context` is never a cluster quietly left out. The same name twice is one target.
 */
export async function kubeconfigTargets(options: {
  readonly contexts?: readonly string[];
  readonly all?: boolean;
  /** As in `$KUBECONFIG`; absent: that, else `~/.kube/config`. */
  readonly kubeconfig?: string;
}): Promise<Collected<readonly KubeconfigTarget[]>> {
  const loaded = await loadKubeconfig(options.kubeconfig);
  if (!loaded.ok) return loaded;
  const { files, currentContext, contexts } = loaded.value;
  const known = new Map(contexts.map((context) => [context.name, context]));
  const where = `kubeconfig ${files.join(', ')}`;
  if (known.size === 0) return refused('not-configured', `${where}: there is no context in it; make one with: aws eks update-kubeconfig --name CLUSTER`);

  let names: readonly string[];
  if (options.all) names = [...known.keys()];
  else if (options.contexts !== undefined && options.contexts.length > 0) names = [...new Set(options.contexts)];
  else if (currentContext !== undefined) names = [currentContext];
  else return refused('not-configured', `${where}: no current context is set; choose one with --context, of: ${listed(known)}`);

  const targets: KubeconfigTarget[] = [];
  for (const name of names) {
    const context = known.get(name);
    if (!context) return refused('not-configured', `${where}: there is no context "${name}"; it has: ${listed(known)}`);
    const arn = clusterArn(context);
    targets.push({
      via: 'kubeconfig',
      label: name,
      context: name,
      ...(options.kubeconfig === undefined ? {} : { kubeconfig: options.kubeconfig }),
      ...(arn === undefined ? {} : { arn }),
    });
  }
  return collected(targets);
}

function listed(known: ReadonlyMap<string, unknown>): string {
  const names = [...known.keys()].sort();
  const more = names.length > NAMED ? `, and ${names.length - NAMED} more` : '';
  return names.slice(0, NAMED).join(', ') + more;
}
