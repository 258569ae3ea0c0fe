import { internetExposedService } from '../../../lambda/checks/network/internet-exposed-service.ts';
import type { CheckCases } from '../check-cases.ts';
import { CILIUM, ciliumConfig, denyAll, deployment, ENFORCED, namespace, networkPolicy, node, resourceOf, service, vpcCniConfig } from './objects.ts';

const AWS = 'service.beta.kubernetes.io/aws-load-balancer-';
const ALB = 'alb.ingress.kubernetes.io/';
const shop = { deployments: [deployment('shop', 'web')] };
const found = { resource: resourceOf('shop', 'web'), key: 'internet' };
const balancer = (spec: object = {}, annotations: Record<string, string> = {}) => ({ ...shop, services: [service('shop', 'web', { type: 'LoadBalancer', ...spec }, annotations)] });
const byController = (annotations: Record<string, string>) => balancer({ loadBalancerClass: 'service.k8s.aws/nlb' }, annotations);
const classes = [
  { metadata: { name: 'alb' }, spec: { controller: 'ingress.k8s.aws/alb' } },
  { metadata: { name: 'nginx' }, spec: { controller: 'k8s.io/ingress-nginx' } },
];
const toWeb = { backend: { service: { name: 'web', port: { number: 443 } } }, path: '/', pathType: 'Prefix' };
const ingress = (annotations: Record<string, string>, spec: object = {}, name = 'web') => ({
  metadata: { namespace: 'shop', name, annotations },
  spec: { ingressClassName: 'alb', rules: [{ http: { paths: [toWeb] } }], ...spec },
});
const byIngress = (annotations: Record<string, string>, spec: object = {}) => ({ ...shop, services: [service('shop', 'web')], ingressClasses: classes, ingresses: [ingress(annotations, spec)] });
const nginx = (type: string) => ({
  deployments: [...shop.deployments, deployment('edge', 'nginx', { containers: [{ name: 'c', image: 'registry.k8s.io/ingress-nginx/controller:v1' }] })],
  services: [service('shop', 'web'), service('edge', 'nginx', { type })],
  ingressClasses: classes,
});
const ofOtherController = (name: string) => ({
  metadata: { namespace: 'shop', name, labels: { app: 'kafka', 'statefulset.kubernetes.io/pod-name': name }, ownerReferences: [{ apiVersion: 'core.strimzi.io/v1beta2', kind: 'StrimziPodSet', name: 'kafka', uid: 'u', controller: true }] },
  spec: { containers: [{ name: 'kafka', image: 'quay.io/strimzi/kafka:1' }] },
});
const publicNode = node('n1', {}, ['InternalIP', 'ExternalIP']);

const withParameters = (spec: object, apiGroup = 'elbv2.k8s.aws') => ({
  ingressClasses: [{ metadata: { name: 'alb' }, spec: { controller: 'ingress.k8s.aws/alb', parameters: { apiGroup, kind: 'IngressClassParams', name: 'edge' } } }],
  [apiGroup === 'elbv2.k8s.aws' ? 'ingressClassParams' : 'autoIngressClassParams']: [{ metadata: { name: 'edge' }, spec }],
});

const named = (name: string) => ({ namespaces: [namespace('shop'), namespace('edge')], ...ENFORCED, ...(name === '' ? {} : { networkPolicies: [networkPolicy('shop', name, { policyTypes: ['Ingress'] })] }) });
const admitting = (name: string, rule: object) => ({ ...named(''), networkPolicies: [networkPolicy('shop', name, { policyTypes: ['Ingress'], ingress: [rule] })] });
const toPods = (annotations: Record<string, string> = {}) => byController({ [`${AWS}scheme`]: 'internet-facing', [`${AWS}nlb-target-type`]: 'ip', ...annotations });
const closedWeb = { ...found, severity: 'info' as const, message: 'Only NetworkPolicy shop/deny keeps the Internet from shop/web: Service shop/web (LoadBalancer without source ranges)' };
const openWeb = { ...found, severity: 'info' as const, message: 'The Internet reaches shop/web on port 443: Service shop/web (LoadBalancer without source ranges)' };
const behindNginx = { ...nginx('LoadBalancer'), ingresses: [ingress({}, { ingressClassName: 'nginx' })] };
const podAt = (podIP: string) => ({ metadata: { namespace: 'edge', name: 'nginx-1', ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'nginx', uid: 'r', controller: true }] }, spec: { containers: [] }, status: { podIP } });
const edge = { resource: resourceOf('edge', 'nginx'), key: 'internet', severity: 'info' as const };
const viaNginx = 'Service edge/nginx (LoadBalancer without source ranges) > Ingress shop/web > Service shop/web';

const configuration = (name: string, spec: object) => ({ metadata: { namespace: 'edge', name }, spec });
const settings = { group: 'gateway.k8s.aws', kind: 'LoadBalancerConfiguration' };
const byGateway = (configurations: readonly object[], ofClass: object = {}, ofGateway: object = {}, controllerName = 'gateway.k8s.aws/alb') => ({
  ...shop,
  services: [service('shop', 'web')],
  gatewayClasses: [{ metadata: { name: 'aws' }, spec: { controllerName, ...ofClass } }],
  gateways: [{ metadata: { namespace: 'edge', name: 'public' }, spec: { gatewayClassName: 'aws', listeners: [{ port: 8080, allowedRoutes: { namespaces: { from: 'All' } } }], ...ofGateway } }],
  loadBalancerConfigurations: configurations,
  httpRoutes: [{ metadata: { namespace: 'shop', name: 'web' }, spec: { parentRefs: [{ name: 'public', namespace: 'edge' }], rules: [{ backendRefs: [{ name: 'web', port: 443 }] }] } }],
});
const byClass = { parametersRef: { ...settings, name: 'class', namespace: 'edge' } };
const byOwn = { infrastructure: { parametersRef: { ...settings, name: 'own' } } };
const viaGateway = { ...found, severity: 'medium' as const, message: 'The Internet reaches shop/web on port 8080: Gateway edge/public (internet-facing) > HTTPRoute shop/web > Service shop/web' };

export const cases = {
  check: internetExposedService,
  pass: [
    { name: 'inside the cluster', sources: { ...shop, services: [service('shop', 'web')] } },
    { name: 'source ranges of one office', sources: balancer({ loadBalancerSourceRanges: ['198.51.100.0/24'] }) },
    { name: 'the same by annotation', sources: balancer({}, { 'service.beta.kubernetes.io/load-balancer-source-ranges': '198.51.100.0/24, 203.0.113.0/24' }) },
    { name: "the cloud controller's annotation for internal ones", sources: balancer({}, { [`${AWS}internal`]: 'true' }) },
    { name: "the Load Balancer Controller's default is internal", sources: byController({}) },
    { name: "the same for Auto Mode's class", sources: balancer({ loadBalancerClass: 'eks.amazonaws.com/nlb' }) },
    { name: 'the same by type', sources: balancer({}, { [`${AWS}type`]: 'external' }) },
    { name: "another implementation's class", sources: balancer({ loadBalancerClass: 'tailscale' }) },
    { name: 'one pod of a StatefulSet that is not there', sources: { statefulSets: [{ ...deployment('shop', 'kafka') } as never], services: [service('shop', 'web', { type: 'LoadBalancer', selector: { 'statefulset.kubernetes.io/pod-name': 'kafka-west-1' } })] } },
    { name: 'the newest pods of what has other labels', sources: balancer({ selector: { app: 'gone', 'pod-template-hash': '6f7d8c9b5' } }) },
    { name: 'a selector that matches nothing', sources: balancer({ selector: { app: 'gone' } }) },
    { name: "an ALB's default is internal", sources: byIngress({}) },
    { name: 'an ALB that asks for a login', sources: byIngress({ [`${ALB}scheme`]: 'internet-facing', [`${ALB}auth-type`]: 'oidc' }) },
    { name: 'an ALB for one office', sources: byIngress({ [`${ALB}scheme`]: 'internet-facing', [`${ALB}inbound-cidrs`]: '198.51.100.0/24' }) },
    { name: "the scheme on an Ingress that is not the ALB's", sources: byIngress({ [`${ALB}scheme`]: 'internet-facing' }, { ingressClassName: 'nginx' }) },
    { name: 'node ports on private nodes', sources: { ...shop, services: [service('shop', 'web', { type: 'NodePort' })], nodes: [node('n1')] } },
    { name: 'behind a controller that is internal', sources: { ...nginx('ClusterIP'), ingresses: [ingress({}, { ingressClassName: 'nginx' })] } },
    { name: 'an ALB whose class says that it is internal, whatever the Ingress says', sources: { ...byIngress({ [`${ALB}scheme`]: 'internet-facing' }), ...withParameters({ scheme: 'internal' }) } },
    { name: 'an ALB whose class admits one office', sources: { ...byIngress({ [`${ALB}inbound-cidrs`]: '0.0.0.0/0' }), ...withParameters({ scheme: 'internet-facing', inboundCIDRs: ['198.51.100.0/24'] }) } },
    { name: 'an ALB whose class says nothing of its scheme', sources: { ...byIngress({}), ...withParameters({}) } },
    { name: 'a Gateway of the Load Balancer Controller, which is internal by default', sources: byGateway([]) },
    { name: 'a Gateway that is internal by its class, whatever it says itself', sources: byGateway([configuration('class', { scheme: 'internal' }), configuration('own', { scheme: 'internet-facing' })], byClass, byOwn) },
    { name: 'a Gateway for one office', sources: byGateway([configuration('own', { scheme: 'internet-facing', sourceRanges: ['198.51.100.0/24'] })], {}, byOwn) },
    { name: 'a Gateway that takes routes of its own namespace alone', sources: byGateway([configuration('own', { scheme: 'internet-facing' })], {}, { ...byOwn, listeners: [{ port: 8080 }] }) },
    { name: 'a Gateway of VPC Lattice', sources: byGateway([], {}, { gatewayClassName: 'amazon-vpc-lattice' }) },
    { name: 'hostPorts on nodes that have private addresses alone', sources: { deployments: [deployment('shop', 'web', { containers: [{ name: 'c', ports: [{ containerPort: 80, hostPort: 80 }] }] })], nodes: [node('n1')] } },
    { name: 'ports of containers on public nodes', sources: { deployments: [deployment('shop', 'web', { containers: [{ name: 'c', ports: [{ containerPort: 80 }] }] })], nodes: [publicNode] } },
    { name: 'externalIPs on nodes that have private addresses alone', sources: { ...shop, services: [service('shop', 'web', { externalIPs: ['10.0.0.1'] })], nodes: [node('n1')] } },
  ],
  fail: [
    {
      name: 'an ALB whose class says that it is public',
      sources: { ...byIngress({}), ...withParameters({ scheme: 'internet-facing' }, 'eks.amazonaws.com') },
      findings: [{ ...found, severity: 'info', message: 'The Internet reaches shop/web on port 443: Ingress shop/web (internet-facing) > Service shop/web' }],
    },
    {
      name: 'an ALB that the class puts into the group of a public one',
      sources: { ...byIngress({}), ...withParameters({ group: { name: 'g' } }), ingresses: [ingress({}), ingress({ [`${ALB}scheme`]: 'internet-facing' }, { rules: [] }, 'other')] },
      findings: [{ ...found, severity: 'info' }],
    },
    {
      name: 'a load balancer without source ranges',
      sources: balancer(),
      findings: [
        {
          ...found,
          severity: 'info',
          message: 'The Internet reaches shop/web on port 443: Service shop/web (LoadBalancer without source ranges)',
          cause: 'Service shop/web (LoadBalancer without source ranges)',
        },
      ],
    },
    { name: 'source ranges as wide as the Internet', sources: balancer({ loadBalancerSourceRanges: ['0.0.0.0/1', '128.0.0.0/1'] }), findings: [{ ...found, severity: 'info' }] },
    { name: 'internal by an annotation that the cloud controller does not know', sources: balancer({}, { [`${AWS}scheme`]: 'internal' }), findings: [{ ...found, severity: 'info' }] },
    { name: "internet-facing by the Load Balancer Controller's annotation", sources: byController({ [`${AWS}scheme`]: 'internet-facing' }), findings: [{ ...found, severity: 'info' }] },
    { name: 'the older annotation, negated', sources: byController({ [`${AWS}internal`]: 'false' }), findings: [{ ...found, severity: 'info' }] },
    {
      name: 'one pod of a StatefulSet, by the label that its controller puts on it',
      sources: { statefulSets: [{ ...deployment('shop', 'kafka') } as never, { ...deployment('shop', 'kafka-0') } as never], services: [service('shop', 'broker-1', { type: 'LoadBalancer', selector: { 'statefulset.kubernetes.io/pod-name': 'kafka-1' } })] },
      findings: [{ ...found, resource: { ...resourceOf('shop', 'kafka'), kind: 'StatefulSet' }, severity: 'info' }],
    },
    {
      name: 'one pod of what another controller makes, which names them as it likes',
      sources: { pods: ['a', 'b'].map((name) => ofOtherController(name)), services: [service('shop', 'broker', { type: 'LoadBalancer', selector: { app: 'kafka', 'statefulset.kubernetes.io/pod-name': 'b' } })] },
      findings: [{ ...found, resource: { apiVersion: 'core.strimzi.io/v1beta2', kind: 'StrimziPodSet', namespace: 'shop', name: 'kafka' }, severity: 'info' }],
    },
    { name: 'the newest pods, by the label that a rollout puts on them', sources: balancer({ selector: { app: 'web', 'rollouts-pod-template-hash': '6f7d8c9b5' } }), findings: [{ ...found, severity: 'info' }] },
    { name: 'a database', sources: balancer({ ports: [{ port: 5432 }] }), findings: [found] },
    { name: 'a database behind 443', sources: balancer({ ports: [{ port: 443, targetPort: 6379 }] }), findings: [found] },
    {
      name: 'a database behind 443 and the name of a port',
      sources: { ...balancer({ ports: [{ port: 443, targetPort: 'db' }] }), deployments: [deployment('shop', 'web', { containers: [{ name: 'c', ports: [{ name: 'db', containerPort: 27017 }] }] })] },
      findings: [found],
    },
    {
      name: 'a database behind 443 and the name of a port of a sidecar',
      sources: { ...balancer({ ports: [{ port: 443, targetPort: 'db' }] }), deployments: [deployment('shop', 'web', { initContainers: [{ name: 'c', restartPolicy: 'Always', ports: [{ name: 'db', containerPort: 27017 }] }] })] },
      findings: [found],
    },
    { name: 'an unusual port', sources: balancer({ ports: [{ port: 8443 }] }), findings: [{ ...found, severity: 'medium' }] },
    {
      name: 'an ALB',
      sources: byIngress({ [`${ALB}scheme`]: 'internet-facing' }),
      findings: [{ ...found, severity: 'info', message: 'The Internet reaches shop/web on port 443: Ingress shop/web (internet-facing) > Service shop/web' }],
    },
    {
      name: 'an ALB that another Ingress of its group makes public',
      sources: { ...byIngress({ [`${ALB}group.name`]: 'g' }), ingresses: [ingress({ [`${ALB}group.name`]: 'g' }), ingress({ [`${ALB}group.name`]: 'g', [`${ALB}scheme`]: 'internet-facing' }, { rules: [] }, 'other')] },
      findings: [{ ...found, severity: 'info' }],
    },
    {
      name: 'an ALB by the default class',
      sources: { ...byIngress({ [`${ALB}scheme`]: 'internet-facing' }, { ingressClassName: undefined }), ingressClasses: [{ metadata: { name: 'x', annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } }, spec: { controller: 'eks.amazonaws.com/alb' } }] },
      findings: [{ ...found, severity: 'info' }],
    },
    {
      name: 'behind a controller that the Internet reaches',
      sources: { ...nginx('LoadBalancer'), ingresses: [ingress({}, { ingressClassName: 'nginx' })] },
      findings: [
        { resource: resourceOf('edge', 'nginx'), key: 'internet', severity: 'info' },
        { ...found, severity: 'info', message: 'The Internet reaches shop/web on port 443: Service edge/nginx (LoadBalancer without source ranges) > Ingress shop/web > Service shop/web' },
      ],
    },
    {
      name: 'node ports on public nodes are inferred',
      sources: { ...shop, services: [service('shop', 'web', { type: 'NodePort', ports: [{ port: 5432, nodePort: 30432 }] })], nodes: [publicNode] },
      findings: [{ ...found, severity: 'medium', message: 'The Internet may reach shop/web on port 30432: Service shop/web (NodePort on nodes with public addresses)' }],
    },
    {
      name: 'hostPorts on public nodes are inferred',
      sources: { deployments: [deployment('shop', 'web', { containers: [{ name: 'c', ports: [{ containerPort: 6379, hostPort: 80 }, { containerPort: 9090 }] }] })], nodes: [publicNode] },
      findings: [{ ...found, severity: 'medium', message: 'The Internet may reach shop/web on port 80: Deployment shop/web (hostPort on nodes with public addresses)' }],
    },
    {
      name: 'ports in the network of public nodes are inferred',
      sources: { deployments: [deployment('shop', 'web', { hostNetwork: true, containers: [{ name: 'c', ports: [{ containerPort: 9100 }] }] })], nodes: [publicNode] },
      findings: [{ ...found, severity: 'medium', message: 'The Internet may reach shop/web on port 9100: Deployment shop/web (in the network of nodes with public addresses)' }],
    },
    {
      name: 'externalIPs on public nodes are inferred',
      sources: { ...shop, services: [service('shop', 'web', { externalIPs: ['10.0.0.1'], ports: [{ port: 22 }] })], nodes: [publicNode] },
      findings: [{ ...found, severity: 'medium', message: 'The Internet may reach shop/web on port 22: Service shop/web (externalIPs on nodes with public addresses)' }],
    },
    { name: 'a Gateway that is public by its own settings', sources: byGateway([configuration('own', { scheme: 'internet-facing' })], {}, byOwn), findings: [viaGateway] },
    { name: 'a Gateway that is public by its class', sources: byGateway([configuration('class', { scheme: 'internet-facing' })], byClass), findings: [viaGateway] },
    { name: 'a Gateway whose own settings count', sources: byGateway([configuration('class', { scheme: 'internal', mergingMode: 'prefer-gateway' }), configuration('own', { scheme: 'internet-facing' })], byClass, byOwn), findings: [viaGateway] },
    { name: 'a default deny closes what a load balancer sends to pods', sources: { ...named('deny'), ...toPods() }, findings: [closedWeb] },
    { name: 'a default deny closes what a load balancer sends to nodes that keep the client', sources: { ...named('deny'), ...balancer({ externalTrafficPolicy: 'Local' }) }, findings: [closedWeb] },
    { name: 'a policy that lets pods alone in closes it too', sources: { ...admitting('deny', { from: [{ namespaceSelector: {} }] }), ...toPods() }, findings: [closedWeb] },
    { name: 'a policy that lets other ports in closes it too', sources: { ...admitting('deny', { from: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 443 }] }), ...toPods() }, findings: [closedWeb] },
    { name: 'a policy that lets the addresses of load balancers in does not', sources: { ...admitting('lets', { from: [{ ipBlock: { cidr: '10.0.0.0/16' } }], ports: [{ port: 8443 }] }), ...toPods() }, findings: [openWeb] },
    { name: 'through a node each engine lets it in', sources: { ...named('deny'), ...balancer() }, findings: [openWeb] },
    { name: 'a policy that nobody enforces closes nothing', sources: { ...named('deny'), vpcCniConfig: [vpcCniConfig('false')], ...toPods() }, findings: [openWeb] },
    { name: 'a policy closes nothing of what a Fargate profile takes, whether pods run there now or not', sources: { ...named('deny'), ...toPods(), eksFargateProfiles: [{ fargateProfileName: 'shop', selectors: [{ namespace: 'shop' }] }] }, findings: [openWeb] },
    { name: 'beside Fargate it closes what runs elsewhere', sources: { ...named('deny'), ...toPods(), eksFargateProfiles: [{ fargateProfileName: 'edge', selectors: [{ namespace: 'edge' }] }], nodes: [node('n1'), node('f1', { 'eks.amazonaws.com/compute-type': 'fargate' })] }, findings: [closedWeb] },
    { name: 'no policy closes nothing', sources: { ...named(''), ...toPods() }, findings: [openWeb] },
    {
      name: 'it is not known whether they are enforced',
      sources: { ...named('deny'), daemonSets: [CILIUM], ciliumConfig: [ciliumConfig({ 'enable-k8s-networkpolicy': 'false' })], ...toPods() },
      findings: [{ ...found, severity: 'low', message: 'The Internet reaches shop/web unless NetworkPolicy shop/deny is enforced, which is not known: Service shop/web (LoadBalancer without source ranges)' }],
    },
    {
      name: 'a default deny closes what an ALB sends to pods',
      sources: { ...named('deny'), ...byIngress({ [`${ALB}scheme`]: 'internet-facing', [`${ALB}target-type`]: 'ip' }) },
      findings: [{ ...closedWeb, message: 'Only NetworkPolicy shop/deny keeps the Internet from shop/web: Ingress shop/web (internet-facing) > Service shop/web' }],
    },
    { name: 'an ALB whose class sends to nodes', sources: { ...named('deny'), ...byIngress({ [`${ALB}scheme`]: 'internet-facing', [`${ALB}target-type`]: 'ip' }), ...withParameters({ targetType: 'instance' }) }, findings: [{ ...openWeb, message: 'The Internet reaches shop/web on port 443: Ingress shop/web (internet-facing) > Service shop/web' }] },
    { name: 'a policy that does not let the controller in', sources: { ...named('deny'), ...behindNginx }, findings: [edge, { ...closedWeb, message: `Only NetworkPolicy shop/deny keeps the Internet from shop/web: ${viaNginx}` }] },
    {
      name: 'a policy that lets the controller in',
      sources: { ...admitting('lets', { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'edge' } }, podSelector: { matchLabels: { app: 'nginx' } } }] }), ...behindNginx },
      findings: [edge, { ...openWeb, message: `The Internet reaches shop/web on port 443: ${viaNginx}` }],
    },
    {
      name: 'a policy that lets addresses in among which the controller has its own',
      sources: { ...admitting('lets', { from: [{ ipBlock: { cidr: '10.0.0.0/16' } }] }), ...behindNginx, pods: [podAt('10.0.3.7')] },
      findings: [edge, { ...openWeb, message: `The Internet reaches shop/web on port 443: ${viaNginx}` }],
    },
    {
      name: 'a policy that lets other addresses in',
      sources: { ...admitting('deny', { from: [{ ipBlock: { cidr: '10.0.0.0/16' } }] }), ...behindNginx, pods: [podAt('10.1.3.7')] },
      findings: [edge, { ...closedWeb, message: `Only NetworkPolicy shop/deny keeps the Internet from shop/web: ${viaNginx}` }],
    },
    {
      name: 'what a closed controller sends on',
      sources: { ...named(''), ...behindNginx, services: [service('shop', 'web'), service('edge', 'nginx', { type: 'LoadBalancer', externalTrafficPolicy: 'Local' })], networkPolicies: [denyAll('edge')] },
      findings: [
        { ...edge, message: 'Only NetworkPolicy edge/deny-all keeps the Internet from edge/nginx: Service edge/nginx (LoadBalancer without source ranges)' },
        { ...closedWeb, message: `Only NetworkPolicy edge/deny-all keeps the Internet from shop/web: ${viaNginx}` },
      ],
    },
    {
      name: 'what a controller that may be closed sends to a Service without a selector',
      sources: {
        ...named(''), daemonSets: [CILIUM], ciliumConfig: [ciliumConfig({ 'enable-k8s-networkpolicy': 'false' })], ...behindNginx, networkPolicies: [denyAll('edge')],
        services: [{ metadata: { namespace: 'shop', name: 'web' }, spec: { ports: [{ port: 443 }] } }, service('edge', 'nginx', { type: 'LoadBalancer', externalTrafficPolicy: 'Local' })],
      },
      findings: [
        { ...edge, severity: 'low', message: 'The Internet reaches edge/nginx unless NetworkPolicy edge/deny-all is enforced, which is not known: Service edge/nginx (LoadBalancer without source ranges)' },
        { resource: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web' }, key: 'internet', severity: 'low', message: `The Internet reaches shop/web unless NetworkPolicy edge/deny-all is enforced, which is not known: ${viaNginx}` },
      ],
    },
    {
      name: 'one way closed, another open',
      sources: { ...named('deny'), ...shop, services: [service('shop', 'web', { type: 'LoadBalancer', externalTrafficPolicy: 'Local' }), { ...service('shop', 'web', { type: 'LoadBalancer' }), metadata: { namespace: 'shop', name: 'open' } }] },
      findings: [{ ...openWeb, message: 'The Internet reaches shop/web on port 443: Service shop/open (LoadBalancer without source ranges)' }],
    },
    {
      name: 'a hostPort that policies close',
      sources: { ...named('deny'), deployments: [deployment('shop', 'web', { containers: [{ name: 'c', ports: [{ containerPort: 6379, hostPort: 80 }] }] })], nodes: [publicNode] },
      findings: [{ ...closedWeb, message: 'Only NetworkPolicy shop/deny keeps the Internet from shop/web: Deployment shop/web (hostPort on nodes with public addresses)' }],
    },
    {
      name: 'through a Gateway in the cluster',
      sources: {
        ...shop,
        deployments: [...shop.deployments, deployment('edge', 'gw')],
        services: [service('shop', 'web'), { ...service('edge', 'gw', { type: 'LoadBalancer' }), metadata: { namespace: 'edge', name: 'gw', labels: { 'gateway.networking.k8s.io/gateway-name': 'public' } } }],
        gateways: [{ metadata: { namespace: 'edge', name: 'public' }, spec: { gatewayClassName: 'istio', listeners: [{ port: 443, protocol: 'HTTPS', allowedRoutes: { namespaces: { from: 'All' } } }] } }],
        httpRoutes: [{ metadata: { namespace: 'shop', name: 'web' }, spec: { parentRefs: [{ name: 'public', namespace: 'edge' }], rules: [{ backendRefs: [{ name: 'web', port: 443 }] }] } }],
      },
      findings: [
        { resource: resourceOf('edge', 'gw'), key: 'internet', severity: 'info' },
        { ...found, severity: 'info', message: 'The Internet reaches shop/web on port 443: Service edge/gw (LoadBalancer without source ranges) > HTTPRoute shop/web > Service shop/web' },
      ],
    },
    {
      name: 'a Service without a selector stands for itself',
      sources: { services: [{ metadata: { namespace: 'shop', name: 'manual' }, spec: { type: 'LoadBalancer', ports: [{ port: 22 }] } }] },
      findings: [{ resource: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'manual' }, key: 'internet' }],
    },
  ],
} satisfies CheckCases;
