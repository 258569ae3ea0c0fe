import type { ClusterPolicyEndpointSpec, CustomObject, PolicyEndpointSpec } from '../../model/policy-kinds.ts';
import type { ResourceRef } from '../../model/violation.ts';
import { textOf, textsOf } from '../as-read.ts';
import { compileSelector } from './label-selector.ts';
import type { NamespacedPolicy } from './policy.ts';
import type { TierPolicy } from './tier-policies.ts';

/**
 * What the VPC CNI's agents enforce is written by its controller into PolicyEndpoints, one policy's into one or several, none being empty-handed. `missing`: nothing
 * is written for a policy. `stale`: what is written is of an earlier policy. `orphaned`: it is of a policy that is not there any more.
 * https://github.com/aws/amazon-network-policy-controller-k8s, https://github.com/aws/aws-network-policy-agent/issues/643
 */
export interface LateEndpoints {
  readonly resource: ResourceRef;
  readonly fault: 'missing' | 'stale' | 'orphaned';
  /** Of a stale one, what differs. */
  readonly differs: readonly string[];
}

/** What the endpoints of one policy say, and what it says itself, in the same words. */
interface Said {
  readonly [word: string]: string | undefined;
}

/** PolicyEndpoints beside the policies that they come from, in the order of the policies, orphans behind them. */
export function lateEndpoints(policies: readonly NamespacedPolicy[], endpoints: readonly CustomObject<PolicyEndpointSpec>[]): readonly LateEndpoints[] {
  return compared(
    policies.map(({ resource, selector, isolates }) => ({ key: refKey(resource.namespace, resource.name), resource, said: { podSelector: selector.text, policyTypes: isolates.join() } })),
    endpoints.map(({ metadata, spec }) => {
      const namespace = textOf(spec?.policyRef?.namespace) ?? metadata?.namespace ?? '';
      const name = textOf(spec?.policyRef?.name) ?? '';
      return { key: refKey(namespace, name), resource: { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', namespace, name }, said: saidByEndpoint(spec ?? {}) };
    }),
  );
}

function saidByEndpoint({ podSelector, podIsolation }: PolicyEndpointSpec): Said {
  const isolation = textsOf(podIsolation);
  const types = (['Ingress', 'Egress'] as const).filter((type) => isolation.includes(type)).map((type) => type.toLowerCase());
  return { podSelector: compileSelector(podSelector).text, ...(isolation.length === 0 ? {} : { policyTypes: types.join() }) };
}

/** The same for EKS's ClusterNetworkPolicies and their ClusterPolicyEndpoints. */
export function lateClusterEndpoints(policies: readonly TierPolicy[], endpoints: readonly CustomObject<ClusterPolicyEndpointSpec>[]): readonly LateEndpoints[] {
  return compared(
    policies
      .filter(({ source }) => source === 'eksClusterNetworkPolicies')
      .map(({ resource, tier, priority }) => ({ key: resource.name, resource, said: { tier, priority: String(priority) } })),
    endpoints.map(({ spec }) => {
      const name = textOf(spec?.policyRef?.name) ?? '';
      const said = { ...(textOf(spec?.tier) === undefined ? {} : { tier: spec!.tier!.toLowerCase() }), ...(typeof spec?.priority === 'number' ? { priority: String(spec.priority) } : {}) };
      return { key: name, resource: { apiVersion: 'networking.k8s.aws/v1alpha1', kind: 'ClusterNetworkPolicy', name }, said };
    }),
  );
}

interface Speaker {
  readonly key: string;
  readonly resource: ResourceRef;
  readonly said: Said;
}

function compared(policies: readonly Speaker[], endpoints: readonly Speaker[]): readonly LateEndpoints[] {
  const written = Map.groupBy(endpoints, ({ key }) => key);
  // A NetworkPolicy and an ApplicationNetworkPolicy may have one name: what is written is of either.
  const byKey = Map.groupBy(policies, ({ key }) => key);
  const found: LateEndpoints[] = [];
  for (const [key, namesakes] of byKey) {
    const own = written.get(key) ?? [];
    if (own.length === 0) for (const { resource } of namesakes) found.push({ resource, fault: 'missing', differs: [] });
    const stale = own.map((each) => namesakes.map(({ said }) => differences(said, each.said))).find((all) => all.every((differs) => differs.length > 0));
    if (stale) found.push({ resource: namesakes[0]!.resource, fault: 'stale', differs: stale[0]! });
  }
  for (const [key, orphans] of written) if (!byKey.has(key)) found.push({ resource: orphans[0]!.resource, fault: 'orphaned', differs: [] });
  return found;
}

/** What endpoints do not say does not differ. */
function differences(policy: Said, endpoint: Said): readonly string[] {
  return Object.keys(policy).filter((word) => endpoint[word] !== undefined && endpoint[word] !== policy[word]);
}

function refKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}
