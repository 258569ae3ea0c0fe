import type { CustomObject, GatewayClassSpec, GatewaySpec, LoadBalancerConfigurationSpec, ParametersRef } from '../../model/policy-kinds.ts';
import { textOf, textsOf } from '../as-read.ts';
import { setOfCidrs } from '../cidr/address-set.ts';
import { internetFamilies } from '../cidr/internet.ts';
import { CLOSED, type Door } from './exposure.ts';
import { senderOf } from './load-balancer.ts';
import type { SenderOf } from './open-ways.ts';
import { objectKey } from './object-key.ts';
import { HTTP_ROUTES, type RouteKind } from './route-kinds.ts';

/** With the kinds of routes that its load balancer serves, and who sends to what these lead to. */
export type OpenGateway = Extract<Door, { state: 'open' }> & { readonly serves: ReadonlySet<RouteKind>; readonly from: SenderOf };

/** `behind`: what an internal one would be if it were public, as what sends to it may be. */
export type GatewayDoor = OpenGateway | Extract<Door, { state: 'unclear' }> | { readonly state: 'closed'; readonly behind?: GatewayDoor };

/** Its controllers, and what each takes: ALBs routes of HTTP, NLBs those of lower layers. https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/gateway/gateway/ */
const SERVED: ReadonlyMap<string, ReadonlySet<RouteKind>> = new Map([
  ['gateway.k8s.aws/alb', HTTP_ROUTES],
  ['gateway.k8s.aws/nlb', new Set<RouteKind>(['TCPRoute', 'TLSRoute', 'UDPRoute'])],
]);
const CONFIGURATION = 'gateway.k8s.aws LoadBalancerConfiguration';

/**
 * Whether the load balancer of a Gateway answers the Internet. The AWS Load Balancer Controller makes internal ones unless a LoadBalancerConfiguration of the Gateway
 * or its class says otherwise; where both do, the class's counts, unless that says that the Gateway's does. VPC Lattice stays inside AWS.
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/gateway/loadbalancerconfig/
 */
export function gatewayDoors(
  classes: readonly CustomObject<GatewayClassSpec>[],
  configurations: readonly CustomObject<LoadBalancerConfigurationSpec>[],
): (gateway: CustomObject<GatewaySpec>) => GatewayDoor {
  const byName = new Map(classes.map((each) => [each.metadata?.name ?? '', each.spec ?? {}]));
  const byKey = new Map(configurations.map((object) => [objectKey(object), object.spec ?? {}]));
  const configurationOf = (ref: ParametersRef | undefined, namespace: string): LoadBalancerConfigurationSpec | 'none' | 'missing' => {
    if (!ref) return 'none';
    if (`${textOf(ref.group) ?? ''} ${textOf(ref.kind) ?? ''}` !== CONFIGURATION) return 'missing';
    return byKey.get(`${namespace}/${textOf(ref.name) ?? ''}`) ?? 'missing';
  };

  return ({ metadata, spec }) => {
    const className = textOf(spec?.gatewayClassName);
    if (className === 'amazon-vpc-lattice') return { state: 'closed' };
    const gatewayClass = className === undefined ? undefined : byName.get(className);
    const serves = SERVED.get(textOf(gatewayClass?.controllerName) ?? '');
    if (!serves) return { state: 'unclear', why: 'the settings of its load balancer are not read' };
    const own = configurationOf(spec?.infrastructure?.parametersRef, metadata?.namespace ?? '');
    const common = configurationOf(gatewayClass?.parametersRef, textOf(gatewayClass?.parametersRef?.namespace) ?? '');
    if (own === 'missing' || common === 'missing') return { state: 'unclear', why: 'the LoadBalancerConfiguration that it names was not found' };
    const configurations = inOrder(own, common);
    const door = publicDoor(configurations);
    const whole: GatewayDoor = door.state === 'open' ? { ...door, serves, from: senderOf } : door;
    return isInternetFacing(configurations) ? whole : { state: 'closed', behind: whole };
  };
}

function inOrder(own: LoadBalancerConfigurationSpec | 'none', common: LoadBalancerConfigurationSpec | 'none'): readonly LoadBalancerConfigurationSpec[] {
  const all = common !== 'none' && common.mergingMode === 'prefer-gateway' ? [own, common] : [common, own];
  return all.filter((each) => each !== 'none');
}

function isInternetFacing(configurations: readonly LoadBalancerConfigurationSpec[]): boolean {
  return configurations.flatMap(({ scheme }) => textOf(scheme) ?? [])[0] === 'internet-facing';
}

/** Whom it answers where its scheme is no obstacle. */
function publicDoor(configurations: readonly LoadBalancerConfigurationSpec[]): Door {
  if (configurations.some(({ securityGroups }) => textsOf(securityGroups).length > 0)) return { state: 'unclear', why: 'security groups of its own decide who may connect' };
  const ranges = configurations.map(({ sourceRanges }) => textsOf(sourceRanges)).find((list) => list.length > 0) ?? [];
  if (ranges.length > 0 && internetFamilies(setOfCidrs(ranges).set).length === 0) return CLOSED;
  return { state: 'open', how: 'internet-facing', sure: true };
}
