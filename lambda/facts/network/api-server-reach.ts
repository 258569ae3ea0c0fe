import type { Unread } from '../../model/derived.ts';
import { includesAddress } from '../cidr/address-set.ts';
import { defineFact } from '../define-fact.ts';
import { unsaid } from '../unsaid.ts';
import { tokenFinder } from '../workloads/token-finder.ts';
import type { Workload } from '../workloads/workload.ts';
import { API_SERVER_FIELDS, apiServerAddresses } from './api-server-addresses.ts';
import { admitsPort, type NamespacedPolicy } from './policy.ts';
import type { PolicyCoverage } from './policy-coverage.ts';
import type { NodeClassEnforcement } from './policy-enforcement.ts';
import type { PolicySelection } from './policy-selection.ts';
import { askedClasses, reachOutside, type OutsideReach, type OutsideTarget } from './outside-reach.ts';
import { nodeClassesFor } from './reach/end-engine.ts';
import { workloadsSelectedBy } from './selected-workloads.ts';
import { isSystemNamespace } from './system-namespaces.ts';

/** Who may reach the API server and says to have no business with it. */
export interface ApiServerReach {
  /** Sorted as the fact `workloads`. Host network, the system's namespaces and components of EKS and its add-ons are left out. */
  readonly workloads: readonly { readonly workload: Workload; readonly why: string }[];
  readonly unjudged: readonly Unread[];
}

/**
 * No business with it has who takes no token: automountServiceAccountToken is false, of the pods or of their ServiceAccount. A token that is projected by hand is not seen. Asked are
 * the addresses behind the Service default/kubernetes, on its ports.
 */
export const apiServerReach = defineFact({
  name: 'apiServerReach',
  revision: 3,
  needs: ['endpointSlices', 'policyCoverage', 'policyEnforcement', 'policySelection', 'workloadIndex', 'workloads'],
  wants: ['serviceAccounts'],
  fields: { endpointSlices: API_SERVER_FIELDS, serviceAccounts: ['automountServiceAccountToken'] },
  reach: { endpointSlices: 'default' },
  derive: ({ endpointSlices, policyCoverage, policyEnforcement, policySelection, workloadIndex, workloads, serviceAccounts }): ApiServerReach => {
    const takesToken = tokenFinder(serviceAccounts.ok ? serviceAccounts.value : []);
    const asked = workloads.filter((workload) => !takesToken(workload) && workload.spec.hostNetwork !== true && workload.component === undefined && !isSystemNamespace(workload.resource.namespace));
    if (asked.length === 0) return { workloads: [], unjudged: [] };
    const targets = targetsOf(apiServerAddresses(endpointSlices));
    if (targets.length === 0) return { workloads: [], unjudged: [unsaid('endpointSlices', 'where the API server answers is not known: none of them is that of the Service default/kubernetes')] };
    const places = new Set(asked.map(({ resource }) => resource.namespace));
    const letting = targets.map((target) => ({ target, workloads: workloadsSelectedBy(policySelection, workloadIndex, places, (policy) => letsReach(policy, target)) }));
    const nodeClasses = askedClasses(policyEnforcement);
    const found: { workload: Workload; why: string }[] = [];
    let unclear = false;
    for (const workload of asked) {
      const answers = new Set(nodeClassesFor(workload.spec, nodeClasses)!.map((nodes) => reachOnNodes(workload, nodes, policyCoverage, policySelection, letting)));
      const [first] = answers;
      // It may run on any of the nodes.
      if (answers.has('unclear') || (answers.has(undefined) && answers.size > 1)) unclear = true;
      else if (first !== undefined && first !== 'unclear') found.push({ workload, why: WHY[first] });
    }
    return { workloads: found, unjudged: [...policyEnforcement.unjudged, ...(unclear ? unjudgedOf(policyCoverage) : [])] };
  },
});

const WHY = { unenforced: 'its nodes enforce no policies', let: 'a policy lets it through', unlimited: 'no policy limits its egress' } as const;

function unjudgedOf({ unjudged, unjudgedDefault }: PolicyCoverage): readonly Unread[] {
  if (unjudged.length + unjudgedDefault.length > 0) return [...unjudged, ...unjudgedDefault];
  return [unsaid('nodes', 'on some of the nodes that workloads may run on policies keep them from the API server, on others not')];
}

function targetsOf({ addresses, ports }: ReturnType<typeof apiServerAddresses>): readonly OutsideTarget[] {
  return addresses.flatMap((address) => ports.map((port) => ({ address, port })));
}

interface Letting {
  readonly target: OutsideTarget;
  readonly workloads: ReadonlySet<Workload>;
}

/** On any of the addresses. */
function reachOnNodes(workload: Workload, nodes: NodeClassEnforcement, coverage: PolicyCoverage, { of }: PolicySelection, letting: readonly Letting[]): OutsideReach | undefined {
  const selection = of.get(workload);
  let found: OutsideReach | undefined;
  for (const { target, workloads } of letting) {
    const answer = reachOutside(workload, nodes, coverage, { selected: selection !== undefined, egress: selection?.egress === true, lets: workloads.has(workload) }, target);
    if (answer !== undefined && answer !== 'unclear') return answer;
    found ??= answer;
  }
  return found;
}

/** Pod and namespace peers never match the address: it is no pod's. */
function letsReach({ rules }: NamespacedPolicy, { address, port }: OutsideTarget): boolean {
  return rules.egress.some((rule) => admitsPort(rule.ports, 'TCP', port) && (rule.everybody || rule.peers.some((peer) => peer.type === 'block' && includesAddress(peer.addresses, address))));
}
