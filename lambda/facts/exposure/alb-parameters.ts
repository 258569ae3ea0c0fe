import type { V1IngressClass } from '@kubernetes/client-node';
import type { CustomObject, IngressClassParamsSpec } from '../../model/policy-kinds.ts';
import { textOf } from '../as-read.ts';

/** What an ingress class says of the ALBs of its Ingresses; `unread`: it says something, and that was not found. */
export type AlbParameters = { readonly state: 'none' } | { readonly state: 'unread' } | { readonly state: 'read'; readonly spec: IngressClassParamsSpec };

type Params = readonly CustomObject<IngressClassParamsSpec>[];

/** By the group of the API that a class names: the AWS Load Balancer Controller's, or Auto Mode's. */
export function albParametersBy(byGroup: { readonly 'elbv2.k8s.aws': Params; readonly 'eks.amazonaws.com': Params }): (ingressClass: V1IngressClass | undefined) => AlbParameters {
  const known = new Map(Object.entries(byGroup).flatMap(([group, list]) => list.map((each) => [`${group}/${each.metadata?.name ?? ''}`, each.spec ?? {}] as const)));
  return (ingressClass) => {
    const parameters = ingressClass?.spec?.parameters;
    if (!parameters) return { state: 'none' };
    const spec = known.get(`${textOf(parameters.apiGroup) ?? ''}/${textOf(parameters.name) ?? ''}`);
    return spec ? { state: 'read', spec } : { state: 'unread' };
  };
}
