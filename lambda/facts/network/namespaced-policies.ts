import type { V1NetworkPolicy, V1NetworkPolicyPeer, V1NetworkPolicyPort } from '@kubernetes/client-node';
import type { ApplicationNetworkPolicySpec, CustomObject } from '../../model/policy-kinds.ts';
import { difference, isEmpty, setOfCidrs } from '../cidr/address-set.ts';
import { defineFact } from '../define-fact.ts';
import { compileSelector } from './label-selector.ts';
import { DIRECTIONS, type Direction, type NamespacedPolicy, type Peer, type PolicyPort, type PolicyRule } from './policy.ts';
import { listOf, objectsOf, textsOf, written } from '../as-read.ts';
import { compareText } from '../../model/compare-text.ts';

/** NetworkPolicies and ApplicationNetworkPolicies as they are meant: defaults filled in, selectors compiled, blocks as sets. Sorted by source, namespace, name. */
export const namespacedPolicies = defineFact({
  name: 'namespacedPolicies',
  revision: 1,
  needs: ['networkPolicies', 'applicationNetworkPolicies'],
  fields: { networkPolicies: ['spec'], applicationNetworkPolicies: ['spec'] },
  derive: ({ networkPolicies, applicationNetworkPolicies }): readonly NamespacedPolicy[] =>
    [
      ...networkPolicies.map((policy) => readPolicy('networkPolicies', 'networking.k8s.io/v1', 'NetworkPolicy', policy)),
      ...applicationNetworkPolicies.map((policy) =>
        readPolicy('applicationNetworkPolicies', 'networking.k8s.aws/v1alpha1', 'ApplicationNetworkPolicy', policy),
      ),
    ].sort((a, b) => compareText(a.source, b.source) || compareText(a.resource.namespace, b.resource.namespace) || compareText(a.resource.name, b.resource.name)),
});

/** A rule of either kind: peers stand in `from` or in `to`. */
interface WrittenRule {
  readonly from?: readonly V1NetworkPolicyPeer[];
  readonly to?: readonly V1NetworkPolicyPeer[];
  readonly ports?: readonly V1NetworkPolicyPort[];
}

function readPolicy(
  source: NamespacedPolicy['source'],
  apiVersion: string,
  kind: string,
  { metadata, spec: given }: V1NetworkPolicy | CustomObject<ApplicationNetworkPolicySpec>,
): NamespacedPolicy {
  const spec = given ?? {};
  const malformed: string[] = [];
  const rulesOf = { ingress: objectsOf<WrittenRule>(spec.ingress as never), egress: objectsOf<WrittenRule>(spec.egress as never) };
  const isolates = isolatedDirections(textsOf(spec.policyTypes), rulesOf.egress.length > 0);
  const read = (direction: Direction): readonly PolicyRule[] =>
    isolates.includes(direction) ? rulesOf[direction].map((rule, index) => readRule(rule, index, direction, malformed)) : [];
  return {
    resource: { apiVersion, kind, namespace: metadata?.namespace ?? '', name: metadata?.name ?? '' },
    source,
    selector: compileSelector(spec.podSelector),
    isolates,
    rules: { ingress: read('ingress'), egress: read('egress') },
    ignored: DIRECTIONS.filter((direction) => !isolates.includes(direction) && rulesOf[direction].length > 0),
    malformed,
  };
}

/** No policyTypes: ingress, and egress where there are egress rules. Given, they are literal: a type that is not listed is not isolated. */
function isolatedDirections(policyTypes: readonly string[], hasEgressRules: boolean): readonly Direction[] {
  if (policyTypes.length === 0) return hasEgressRules ? DIRECTIONS : ['ingress'];
  return DIRECTIONS.filter((direction) => policyTypes.includes(direction === 'ingress' ? 'Ingress' : 'Egress'));
}

/** Empty lists mean the same as absent ones: everybody, every port. */
function readRule(rule: WrittenRule, index: number, direction: Direction, malformed: string[]): PolicyRule {
  const peers = objectsOf(direction === 'ingress' ? rule.from : rule.to);
  return { index, everybody: peers.length === 0, peers: peers.map((peer) => readPeer(peer, malformed)), ports: objectsOf(rule.ports).map(readPort) };
}

function readPeer(peer: V1NetworkPolicyPeer, malformed: string[]): Peer {
  if (peer.ipBlock) {
    const block = setOfCidrs([peer.ipBlock.cidr]);
    const except = setOfCidrs(listOf(peer.ipBlock.except));
    malformed.push(...block.malformed, ...except.malformed);
    return { type: 'block', cidr: written(peer.ipBlock.cidr), addresses: difference(block.set, except.set), excepting: !isEmpty(except.set) };
  }
  if (!peer.podSelector && !peer.namespaceSelector) return { type: 'other', domains: 'domainNames' in peer };
  return {
    type: 'pods',
    pods: compileSelector(peer.podSelector),
    ...(peer.namespaceSelector ? { namespaces: compileSelector(peer.namespaceSelector) } : {}),
  };
}

function readPort({ protocol, port, endPort }: V1NetworkPolicyPort): PolicyPort {
  return {
    protocol: protocol ?? 'TCP',
    ...(port === undefined || port === null ? {} : { port }),
    ...(endPort === undefined ? {} : { endPort }),
  };
}
