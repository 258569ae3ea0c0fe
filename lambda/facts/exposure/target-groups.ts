import type { CustomObject, TargetGroupBindingSpec } from '../../model/policy-kinds.ts';
import { written } from '../as-read.ts';
import { objectKey } from './object-key.ts';

export const TARGET_GROUP_SOURCES = ['targetGroupBindings', 'autoTargetGroupBindings'] as const;

/** Keys end so of the labels by which the controllers find again what they made for an Ingress, a Service or a Gateway. */
const MADE_FOR = /\/stack(-name)?$/;

/** A Service that somebody put behind a load balancer. */
export interface BoundService {
  /** `namespace/name`, of both. */
  readonly binding: string;
  readonly service: string;
}

/**
 * Services behind target groups of load balancers that are no object of the cluster: whom those answer cannot be known here. The controllers make bindings, too, for the Ingresses,
 * Services and Gateways that are read themselves. Sorted by binding.
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/,
 * https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/deploy/tracking/provider.go
 */
export function boundServices(bindings: readonly CustomObject<TargetGroupBindingSpec>[]): readonly BoundService[] {
  return bindings
    .filter(({ metadata }) => !Object.keys(metadata?.labels ?? {}).some((key) => MADE_FOR.test(key)))
    .map((binding) => ({ binding: objectKey(binding), service: `${binding.metadata?.namespace ?? ''}/${written(binding.spec?.serviceRef?.name ?? '')}` }))
    .sort((a, b) => (a.binding < b.binding ? -1 : 1));
}
