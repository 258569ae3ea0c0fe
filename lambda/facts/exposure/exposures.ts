import { objectsOf } from '../as-read.ts';
import { defineFact } from '../define-fact.ts';
import { albParametersBy } from './alb-parameters.ts';
import type { Exposures } from './exposure.ts';
import { ExposureWalk, GATEWAY_NAME } from './exposure-walk.ts';
import { gatewayDoors } from './gateway-doors.ts';
import { BACKEND_ANNOTATIONS, DEFAULT_CLASS, INGRESS_ANNOTATIONS } from './ingress-doors.ts';
import { LOAD_BALANCER_ANNOTATIONS } from './load-balancer.ts';

const ALB_PARAMETERS = ['spec.scheme', 'spec.inboundCIDRs', 'spec.targetType', 'spec.group.name'];
const annotations = (names: readonly string[]): readonly string[] => names.map((name) => `metadata.annotations["${name}"]`);

/**
 * Ways from the Internet to workloads: load balancers, ALBs, node ports, hostPorts and externalIPs on nodes with public addresses, and what controllers behind those route on.
 * What policies close of them says the fact `policedExposures`.
 */
export const exposures = defineFact({
  name: 'exposures',
  revision: 5,
  needs: ['services', 'workloadIndex', 'workloads'],
  wants: ['autoIngressClassParams', 'gatewayClasses', 'gateways', 'httpRoutes', 'ingressClassParams', 'ingressClasses', 'ingresses', 'loadBalancerConfigurations', 'nodes'],
  fields: {
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
    ingressClassParams: ALB_PARAMETERS,
    gatewayClasses: ['spec'],
    gateways: ['spec.gatewayClassName', 'spec.infrastructure.parametersRef', 'spec.listeners[].port'],
    loadBalancerConfigurations: ['spec.scheme', 'spec.mergingMode', 'spec.sourceRanges', 'spec.securityGroups'],
    httpRoutes: ['spec.parentRefs', 'spec.rules[].backendRefs'],
    ingressClasses: ['spec', ...annotations([DEFAULT_CLASS])],
    ingresses: ['spec.ingressClassName', 'spec.defaultBackend', 'spec.rules', ...annotations(INGRESS_ANNOTATIONS)],
    nodes: ['status.addresses[type=ExternalIP].type'],
  },
  derive: (input, look = 'all'): Exposures => {
    const { services, workloadIndex, workloads, autoIngressClassParams, gatewayClasses, gateways, httpRoutes, ingressClassParams, ingressClasses, ingresses, loadBalancerConfigurations, nodes } = input;
    const walk = new ExposureWalk(services, workloadIndex, look === 'all');
    const publicNodes = nodes.ok && nodes.value.some((node) => objectsOf(node.status?.addresses).some(({ type }) => type === 'ExternalIP'));
    if (publicNodes) walk.throughNodes(workloads);
    walk.throughServices(publicNodes);
    const parametersOf = albParametersBy({
      'elbv2.k8s.aws': ingressClassParams.ok ? ingressClassParams.value : [],
      'eks.amazonaws.com': autoIngressClassParams.ok ? autoIngressClassParams.value : [],
    });
    if (ingresses.ok) walk.throughIngresses(ingresses.value, ingressClasses.ok ? ingressClasses.value : [], parametersOf, workloads);
    const doorOf = gatewayDoors(gatewayClasses.ok ? gatewayClasses.value : [], loadBalancerConfigurations.ok ? loadBalancerConfigurations.value : []);
    if (gateways.ok) walk.throughGateways(gateways.value, httpRoutes.ok ? httpRoutes.value : [], doorOf);
    return walk.result();
  },
});
