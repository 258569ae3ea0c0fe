import type { V1ServiceAccount } from '@kubernetes/client-node';
import type { RbacGrants } from '../rbac/right.ts';
import { takersOf } from '../workloads/privileges.ts';
import { hostPathsOf } from '../workloads/host-paths.ts';
import { tokenFinder } from '../workloads/token-finder.ts';
import type { Workload } from '../workloads/workload.ts';
import { isSystemNamespace } from '../network/system-namespaces.ts';

/** Why whoever takes a workload over has more than that. */
export interface Sensitivity {
  /** `control`: of the node or of the cluster; `namespace`: it stands among what others trust. */
  readonly is: 'control' | 'namespace';
  /** After its name: `is privileged`. */
  readonly says: string;
}

/** Namespaces in which, by the names that their makers give them, the tools stand that hold credentials of everybody or deploy everywhere. */
const TRUSTED_NAMESPACES: ReadonlySet<string> = new Set(['argo', 'argocd', 'cert-manager', 'external-secrets', 'flux-system', 'gatekeeper-system', 'karpenter', 'kyverno', 'monitoring', 'vault', 'velero']);

/** Finds what makes a workload sensitive; components of EKS and its add-ons are not, as far as they are what their makers made them. `grants` absent: rights were not read. */
export function sensitivityFinder(workloads: readonly Workload[], accounts: readonly V1ServiceAccount[], grants: RbacGrants | undefined): (workload: Workload) => Sensitivity | undefined {
  const privileged = new Set(takersOf(workloads, 'privileged'));
  const sockets = new Set(takersOf(workloads, 'runtimeSocket'));
  const takesToken = tokenFinder(accounts);
  const powers = grants ? powersOfAccounts(grants) : new Map<string, string>();
  return (workload) => {
    const { component, resource, serviceAccount, spec } = workload;
    if (component !== undefined) return undefined;
    if (privileged.has(workload)) return { is: 'control', says: 'is privileged' };
    if (sockets.has(workload)) return { is: 'control', says: 'commands the container runtime of its node' };
    if (hostPathsOf(spec).some(({ path, writable }) => path === '/' && writable)) return { is: 'control', says: 'may change the files of its node' };
    const account = `${resource.namespace}/${serviceAccount}`;
    const power = powers.get(account);
    if (power !== undefined && takesToken(workload)) return { is: 'control', says: `runs as ServiceAccount ${account}, which has ${power} in the whole cluster` };
    if (isSystemNamespace(resource.namespace) || TRUSTED_NAMESPACES.has(resource.namespace)) return { is: 'namespace', says: `stands in ${resource.namespace}` };
    return undefined;
  };
}

/** The gravest right in the whole cluster of each account that has a critical one. */
function powersOfAccounts({ byPower, ofNamespaces }: RbacGrants): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { power, resource, key, severity } of [...Object.values(byPower).flat(), ...ofNamespaces]) {
    if (severity !== 'critical' || resource.kind !== 'ServiceAccount' || !key.endsWith('@cluster')) continue;
    const account = `${resource.namespace}/${resource.name}`;
    if (!found.has(account)) found.set(account, power);
  }
  return found;
}
