import type { CustomObject, GatewayClassSpec, GatewaySpec, LoadBalancerConfigurationSpec, ParametersRef } from '../../model/policy-kinds.ts';
import { objectsOf, textOf, textsOf } from '../as-read.ts';
import { setOfCidrs } from '../cidr/address-set.ts';
import { internetFamilies } from '../cidr/internet.ts';
import { CLOSED, type Door } from './exposure.ts';

/** A door, with the ports that it listens on. */
export type GatewayDoor = Exclude<Door, { state: 'open' }> | (Extract<Door, { state: 'open' }> & { readonly ports: readonly number[] });

const ALB_CONTROLLER = 'gateway.k8s.aws/alb';
const NLB_CONTROLLER = 'gateway.k8s.aws/nlb';
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
  const byKey = new Map(configurations.map(({ metadata, spec }) => [`${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`, spec ?? {}]));
  const configurationOf = (ref: ParametersRef | undefined, namespace: string): LoadBalancerConfigurationSpec | 'none' | 'missing' => {
    if (!ref) return 'none';
    if (`${textOf(ref.group) ?? ''} ${textOf(ref.kind) ?? ''}` !== CONFIGURATION) return 'missing';
    return byKey.get(`${namespace}/${textOf(ref.name) ?? ''}`) ?? 'missing';
  };

  return ({ metadata, spec }) => {
    const className = textOf(spec?.gatewayClassName);
    if (className === 'amazon-vpc-lattice') return { state: 'closed' };
    const gatewayClass = className === undefined ? undefined : byName.get(className);
    const controller = textOf(gatewayClass?.controllerName);
    if (controller !== ALB_CONTROLLER && controller !== NLB_CONTROLLER) return { state: 'unclear', why: 'the settings of its load balancer are not read' };
    const own = configurationOf(spec?.infrastructure?.parametersRef, metadata?.namespace ?? '');
    const common = configurationOf(gatewayClass?.parametersRef, textOf(gatewayClass?.parametersRef?.namespace) ?? '');
    if (own === 'missing' || common === 'missing') return { state: 'unclear', why: 'the LoadBalancerConfiguration that it names was not found' };
    const door = configuredDoor(inOrder(own, common));
    if (door.state !== 'open') return door;
    // Their TCPRoutes are of an experimental kind.
    if (controller === NLB_CONTROLLER) return { state: 'unclear', why: 'it is public, and where its routes lead is not read' };
    return { ...door, ports: objectsOf(spec?.listeners).flatMap(({ port }) => (typeof port === 'number' ? [port] : [])) };
  };
}

function inOrder(own: LoadBalancerConfigurationSpec | 'none', common: LoadBalancerConfigurationSpec | 'none'): readonly LoadBalancerConfigurationSpec[] {
  const all = common !== 'none' && common.mergingMode === 'prefer-gateway' ? [own, common] : [common, own];
  return all.filter((each) => each !== 'none');
}

function configuredDoor(configurations: readonly LoadBalancerConfigurationSpec[]): Door {
  if (configurations.flatMap(({ scheme }) => textOf(scheme) ?? [])[0] !== 'internet-facing') return CLOSED;
  if (configurations.some(({ securityGroups }) => textsOf(securityGroups).length > 0)) return { state: 'unclear', why: 'security groups of its own decide who may connect' };
  const ranges = configurations.map(({ sourceRanges }) => textsOf(sourceRanges)).find((list) => list.length > 0) ?? [];
  if (ranges.length > 0 && internetFamilies(setOfCidrs(ranges).set).length === 0) return CLOSED;
  return { state: 'open', how: 'internet-facing', sure: true };
}
