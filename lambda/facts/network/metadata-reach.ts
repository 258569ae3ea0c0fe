import type { Unread } from '../../model/derived.ts';
import { defineFact } from '../define-fact.ts';
import { unsaid } from '../unsaid.ts';
import type { Workload } from '../workloads/workload.ts';
import { tierOnMetadataService } from './metadata-service.ts';
import { closesByDefault } from './default-deny.ts';
import { wantsWindows } from './node-classes.ts';
import type { PolicyCoverage } from './policy-coverage.ts';
import type { PolicyEnforcement } from './policy-enforcement.ts';
import type { PolicySelection } from './policy-selection.ts';
import { isSystemNamespace } from './system-namespaces.ts';

/** Who may reach the instance metadata service, and with it the credentials of the node. */
export interface MetadataReach {
  /** Sorted as the fact `workloads`. Host network, the system's namespaces and components of EKS and its add-ons are left out. */
  readonly workloads: readonly { readonly workload: Workload; readonly why: string }[];
  readonly unjudged: readonly Unread[];
}

/**
 * By policies alone: the hop limit of an instance's metadata options may keep pods from it and is not read. Auto Mode sets it to 1, Fargate
 * and hybrid nodes have no such service: only pods on EC2 nodes of the owner's count.
 */
export const metadataReach = defineFact({
  name: 'metadataReach',
  revision: 2,
  needs: ['policyCoverage', 'policyEnforcement', 'policySelection', 'workloads'],
  derive: ({ policyCoverage, policyEnforcement, policySelection, workloads }): MetadataReach => {
    const classes = new Map(policyEnforcement.classes.map((each) => [each.name, each]));
    if (classes.has('fargate/linux')) {
      return { workloads: [], unjudged: [unsaid('nodes', 'Fargate has no metadata service, and which workloads run on Fargate and which on nodes is not known')] };
    }
    const found: { workload: Workload; why: string }[] = [];
    let unread = false;
    for (const workload of workloads) {
      if (workload.spec.hostNetwork === true || workload.component !== undefined || isSystemNamespace(workload.resource.namespace)) continue;
      const nodes = classes.get(wantsWindows(workload.spec) ? 'ec2/windows' : 'ec2/linux');
      if (!nodes) continue;
      const answer = judge(workload, nodes, policyCoverage, policySelection);
      if (answer === 'unclear') unread = true;
      else if (answer !== undefined) found.push({ workload, why: answer });
    }
    return { workloads: found, unjudged: [...policyEnforcement.unjudged, ...(unread ? unclear(policyCoverage) : [])] };
  },
});

function unclear({ unjudged }: PolicyCoverage): readonly Unread[] {
  if (unjudged.length > 0) return unjudged;
  return [unsaid('eksClusterNetworkPolicies', 'a policy that decides about the metadata service has an action that this version does not know')];
}

/** Why it may reach the service; `undefined`: it may not. */
function judge(
  workload: Workload,
  { state, defaultDeny }: PolicyEnforcement['classes'][number],
  { namespaces }: PolicyCoverage,
  { of }: PolicySelection,
): string | undefined {
  if (state === 'off' || state === 'half' || state === 'never') return 'its nodes enforce no policies';
  const namespace = namespaces.get(workload.resource.namespace);
  const tiers = (namespace?.tiers ?? []).filter(({ pods }) => !pods || pods.matches(workload.labels));
  const admin = tierOnMetadataService(tiers.filter(({ tier }) => tier === 'admin'));
  if (admin === 'deny') return undefined;
  if (admin === 'unclear') return admin;
  const selection = of.get(workload);
  if (admin === 'silent') {
    if (selection?.egress && !selection.metadataService) return undefined;
    if (!selection?.egress) {
      const baseline = tierOnMetadataService(tiers.filter(({ tier }) => tier === 'baseline'));
      if (baseline === 'deny') return undefined;
      if (baseline === 'unclear') return baseline;
      if (baseline === 'silent' && closesByDefault(defaultDeny, selection !== undefined)) return undefined;
    }
  }
  if (namespace?.otherEngines) return 'unclear';
  return selection?.egress ? 'a policy lets it reach 169.254.169.254' : 'no policy limits its egress';
}
