import type { Collected } from '../../model/collected.ts';
import { objectsOf } from '../as-read.ts';
import { defineFact } from '../define-fact.ts';
import { albParametersBy, type AlbParameters } from './alb-parameters.ts';
import type { Exposures } from './exposure.ts';
import { ExposureWalk, GATEWAY_NAME } from './exposure-walk.ts';
import { namespaceLabels } from '../network/namespace-labels.ts';
import { unaskedByGateways } from './gateway-asks.ts';
import { gatewayDoors } from './gateway-doors.ts';
import type { GatewayObjects } from './gateway-routes.ts';
import { BACKEND_ANNOTATIONS, DEFAULT_CLASS, INGRESS_ANNOTATIONS } from './ingress-doors.ts';
import { LOAD_BALANCER_ANNOTATIONS } from './load-balancer.ts';
import { ROUTE_SOURCES } from './route-kinds.ts';
import { TARGET_GROUP_SOURCES } from './target-groups.ts';

const ALB_PARAMETERS = ['spec.scheme', 'spec.inboundCIDRs', 'spec.targetType', 'spec.group.name'];
const LISTENERS = ['name', 'port', 'protocol', 'allowedRoutes'].map((field) => `spec.listeners[].${field}`);
const ROUTE = ['spec.parentRefs', 'spec.rules[].backendRefs'];
const TARGET_GROUP = ['metadata.labels', 'spec.serviceRef'];
const annotations = (names: readonly string[]): readonly string[] => names.map((name) => `metadata.annotations["${name}"]`);

/** What an Ingress calls its class by annotation may have some, too. */
const UNREAD_PARAMETERS: AlbParameters = { state: 'unread' };

/**
 * Ways from the Internet to workloads: load balancers, ALBs, node ports, hostPorts and externalIPs on nodes with public addresses, and what controllers behind those route on.
 * What policies close of them says the fact `policedExposures`.
 */
export const exposures = defineFact({
  name: 'exposures',
  revision: 8,
  needs: ['services', 'workloadIndex', 'workloads'],
  wants: [
    ...TARGET_GROUP_SOURCES,
    'autoIngressClassParams',
    'gatewayClasses',
    'gateways',
    'grpcRoutes',
    'httpRoutes',
    'ingressClassParams',
    'ingressClasses',
    'ingresses',
    'listenerSets',
    'loadBalancerConfigurations',
    'namespaces',
    'nodes',
    'referenceGrants',
    'tcpRoutes',
    'tlsRoutes',
    'udpRoutes',
  ],
  fields: {
    targetGroupBindings: TARGET_GROUP,
    services: [
      ...annotations([...LOAD_BALANCER_ANNOTATIONS, ...BACKEND_ANNOTATIONS]),
      `metadata.labels["${GATEWAY_NAME}"]`,
      'spec.type',
      'spec.externalIPs',
      'spec.externalTrafficPolicy',
      'spec.selector',
      'spec.ports',
      'spec.loadBalancerClass',
      'spec.loadBalancerSourceRanges',
    ],
    autoIngressClassParams: ALB_PARAMETERS,
    autoTargetGroupBindings: TARGET_GROUP,
    ingressClassParams: ALB_PARAMETERS,
    gatewayClasses: ['spec'],
    gateways: ['spec.gatewayClassName', 'spec.infrastructure.parametersRef', 'spec.allowedListeners', ...LISTENERS],
    listenerSets: ['spec.parentRef', ...LISTENERS],
    namespaces: ['metadata.labels'],
    referenceGrants: ['spec'],
    loadBalancerConfigurations: ['spec.scheme', 'spec.mergingMode', 'spec.sourceRanges', 'spec.securityGroups'],
    grpcRoutes: ROUTE,
    httpRoutes: ROUTE,
    tcpRoutes: ROUTE,
    tlsRoutes: ROUTE,
    udpRoutes: ROUTE,
    ingressClasses: ['spec', ...annotations([DEFAULT_CLASS])],
    ingresses: ['spec.ingressClassName', 'spec.defaultBackend', 'spec.rules', ...annotations(INGRESS_ANNOTATIONS)],
    nodes: ['status.addresses[type=ExternalIP].type'],
  },
  irrelevant: unaskedByGateways,
  derive: (input, look = 'all'): Exposures => {
    const { services, workloadIndex, workloads, autoIngressClassParams, gatewayClasses, gateways, ingressClassParams, ingressClasses, ingresses, listenerSets, loadBalancerConfigurations, namespaces, nodes, referenceGrants } = input;
    const walk = new ExposureWalk(services, workloadIndex, look === 'all');
    const publicNodes = nodes.ok && nodes.value.some((node) => objectsOf(node.status?.addresses).some(({ type }) => type === 'ExternalIP'));
    if (publicNodes) walk.throughNodes(workloads);
    walk.throughServices(publicNodes);
    const parametersOf = ingressClasses.ok
      ? albParametersBy({
          'elbv2.k8s.aws': ingressClassParams.ok ? ingressClassParams.value : [],
          'eks.amazonaws.com': autoIngressClassParams.ok ? autoIngressClassParams.value : [],
        })
      : () => UNREAD_PARAMETERS;
    if (ingresses.ok) walk.throughIngresses(ingresses.value, ingressClasses.ok ? ingressClasses.value : [], parametersOf, workloads);
    const doorOf = gatewayDoors(gatewayClasses.ok ? gatewayClasses.value : [], loadBalancerConfigurations.ok ? loadBalancerConfigurations.value : []);
    if (gateways.ok) {
      const routes = Object.fromEntries(ROUTE_SOURCES.map((source) => [source, valueOf(input[source])])) as GatewayObjects['routes'];
      const grants = referenceGrants.ok ? referenceGrants.value : undefined;
      walk.throughGateways({ gateways: gateways.value, listenerSets: valueOf(listenerSets), routes, grants, namespaces: namespaces.ok ? namespaceLabels(namespaces.value) : undefined }, doorOf);
    }
    for (const source of TARGET_GROUP_SOURCES) walk.throughTargetGroups(source, valueOf(input[source]));
    return walk.result();
  },
});

/** What was not read is none: that it was not is said of the fact. */
function valueOf<T>(collected: Collected<readonly T[]>): readonly T[] {
  return collected.ok ? collected.value : [];
}
