import { parseClusterArn } from '../model/cluster-identity.ts';
import type { KubeconfigContext } from './load-kubeconfig.ts';

/** `https://<id>.gr7.eu-west-1.eks.amazonaws.com`, `.cn`, and the dual-stack `….api.aws` form. */
const EKS_HOST = /\.([a-z0-9-]+)\.(?:eks\.amazonaws\.com(?:\.cn)?|api\.aws|api\.amazonwebservices\.com\.cn)$/;

/**
 * The ARN of a context's cluster, as `aws eks update-kubeconfig` writes it into the names of cluster, user and context (https://docs.aws.amazon.com/eks/latest/userguide/create-kubeconfig.html).
 * Never put together from parts: a role's account need not be the cluster's. Undefined too where the server's host or the plugin's
 * arguments speak of another cluster, so that an entry copied from elsewhere gives no wrong identity.
 */
export function clusterArn({ name, cluster, user }: KubeconfigContext): string | undefined {
  const args = argumentsOf(user?.exec as unknown);
  const inArguments = valueOf(args, ['--cluster-name', '--name', '--cluster-id', '-i']);
  for (const candidate of [cluster?.name, inArguments, name, user?.name]) {
    const parsed = candidate === undefined ? undefined : parseClusterArn(candidate);
    if (!parsed) continue;
    const { region, name: clusterName } = parsed;
    const hostRegion = EKS_HOST.exec(hostOf(cluster?.server))?.[1];
    const argumentRegion = valueOf(args, ['--region']);
    if (hostRegion !== undefined && hostRegion !== region) return undefined;
    if (argumentRegion !== undefined && argumentRegion !== region) return undefined;
    if (inArguments !== undefined && inArguments !== clusterName && inArguments !== candidate) return undefined;
    return candidate;
  }
  return undefined;
}

function argumentsOf(exec: unknown): readonly string[] {
  const args = typeof exec === 'object' && exec !== null && 'args' in exec && Array.isArray(exec.args) ? (exec.args as unknown[]) : [];
  return args.filter((argument) => typeof argument === 'string');
}

function valueOf(args: readonly string[], flags: readonly string[]): string | undefined {
  for (const [index, argument] of args.entries()) {
    if (flags.includes(argument)) return args[index + 1];
    const flag = flags.find((each) => argument.startsWith(`${each}=`));
    if (flag !== undefined) return argument.slice(flag.length + 1);
  }
  return undefined;
}

function hostOf(server: string | undefined): string {
  return server !== undefined && URL.canParse(server) ? new URL(server).hostname : '';
}
