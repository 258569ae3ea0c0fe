import type { Unread } from '../../model/derived.ts';
import { defineFact } from '../define-fact.ts';
import { unsaid } from '../unsaid.ts';
import type { Workload } from '../workloads/workload.ts';
import { closesByDefault } from './default-deny.ts';
import { METADATA_ADDRESSES, METADATA_PORT } from './metadata-service.ts';
import { wantsWindows } from './node-classes.ts';
import type { NamespaceCoverage, PolicyCoverage } from './policy-coverage.ts';
import type { NodeClassEnforcement } from './policy-enforcement.ts';
import { askedClasses, reachOutside, tierOnTarget } from './outside-reach.ts';
import { isSystemNamespace } from './system-namespaces.ts';

/** Who may reach the instance metadata service, and with it the credentials of the node. */
export interface MetadataReach {
  /** Sorted as the fact `workloads`. Host network, the system's namespaces and components of EKS and its add-ons are left out. */
  readonly workloads: readonly { readonly workload: Workload; readonly why: string }[];
  /** Of those left out the ones that may too, the host network not among them. */
  readonly spared: readonly Workload[];
  /** Namespaces in which whoever makes a pod can label it so that it may. */
  readonly namespaces: ReadonlySet<string>;
  readonly unjudged: readonly Unread[];
}

/**
 * By policies alone: the hop limit of an instance's metadata options may keep pods from it and is not read. Auto Mode sets it to 1, Fargate
 * and hybrid nodes have no such service: only pods on EC2 nodes of the owner's count.
 */
export const metadataReach = defineFact({
  name: 'metadataReach',
  revision: 5,
  needs: ['policyCoverage', 'policyEnforcement', 'policySelection', 'workloads'],
  derive: ({ policyCoverage, policyEnforcement, policySelection, workloads }): MetadataReach => {
    const classes = new Map(askedClasses(policyEnforcement).map((each) => [each.name, each]));
    if (classes.has('fargate/linux')) {
      return { workloads: [], spared: [], namespaces: new Set(), unjudged: [unsaid('nodes', 'Fargate has no metadata service, and which workloads run on Fargate and which on nodes is not known')] };
    }
    const found: { workload: Workload; why: string }[] = [];
    const spared: Workload[] = [];
    let unread = false;
    for (const workload of workloads) {
      if (workload.spec.hostNetwork === true) continue;
      const nodes = classes.get(wantsWindows(workload.spec) ? 'ec2/windows' : 'ec2/linux');
      if (!nodes) continue;
      const selection = policySelection.of.get(workload);
      const selected = { selected: selection !== undefined, egress: selection?.egress === true, lets: selection?.metadataService === true };
      const answer = reachOutside(workload, nodes, policyCoverage, selected, SERVICE);
      const isSpared = workload.component !== undefined || isSystemNamespace(workload.resource.namespace);
      if (answer === 'unclear') unread ||= !isSpared;
      else if (answer !== undefined && isSpared) spared.push(workload);
      else if (answer !== undefined) found.push({ workload, why: WHY[answer] });
    }
    const there = new Set([...found.map(({ workload }) => workload), ...spared].map(({ resource }) => resource.namespace));
    const nodes = classes.get('ec2/linux') ?? classes.get('ec2/windows');
    const open = nodes ? [...policyCoverage.namespaces.values()].filter((namespace) => isOpen(namespace, nodes)).map(({ name }) => name) : [];
    return { workloads: found, spared, namespaces: new Set([...there, ...open]), unjudged: [...policyEnforcement.unjudged, ...(unread ? unclear(policyCoverage) : [])] };
  },
});

/** Whether a pod that no policy selects may. Tier policies about some pods alone a label escapes. */
function isOpen({ egress, tiers }: NamespaceCoverage, { state, defaultDeny }: NodeClassEnforcement): boolean {
  if (state === 'off' || state === 'half' || state === 'never') return true;
  const decided = (['admin', 'baseline'] as const).map((tier) => tierOnTarget(tiers.filter((each) => each.tier === tier && !each.pods), SERVICE));
  return egress.state === 'open' && !decided.some((answer) => answer === 'deny' || answer === 'unclear') && !closesByDefault(defaultDeny, false);
}

function unclear({ unjudged, unjudgedDefault }: PolicyCoverage): readonly Unread[] {
  if (unjudged.length + unjudgedDefault.length > 0) return [...unjudged, ...unjudgedDefault];
  return [unsaid('eksClusterNetworkPolicies', 'a policy that decides about the metadata service has an action that this version does not know, or is of a kind that the engine of the nodes may not read')];
}

/** The IPv4 address alone: a pod with IPv6 only cannot be kept from the other by half, and nobody writes one without the other in earnest. */
const SERVICE = { address: METADATA_ADDRESSES[0]!, port: METADATA_PORT };

const WHY = { unenforced: 'its nodes enforce no policies', let: 'a policy lets it reach 169.254.169.254', unlimited: 'no policy limits its egress' } as const;
