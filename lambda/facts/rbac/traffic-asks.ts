import { CHANGE, WRITE, WRITE_OR_DELETE, ask, type Ask } from './ask.ts';

/** Questions about where traffic goes and who is let through. */
export const TRAFFIC_ASKS = {
  // Any one Service takes any external address.
  writeServices: ask(WRITE, ['/services'], 'some'),
  changeServiceStatus: ask(CHANGE, ['/services/status'], 'some'),
  writeEndpoints: ask(WRITE, ['/endpoints', 'discovery.k8s.io/endpointslices']),
  writeRoutes: ask(
    WRITE_OR_DELETE,
    [
      'networking.k8s.io/ingresses',
      'gateway.networking.k8s.io/gateways',
      'gateway.networking.k8s.io/httproutes',
      'gateway.networking.k8s.io/grpcroutes',
      'gateway.networking.k8s.io/tlsroutes',
      'gateway.networking.k8s.io/tcproutes',
      'gateway.networking.k8s.io/udproutes',
    ],
  ),
  // They are there already: `create` changes none of them.
  changeSystemConfig: ask(CHANGE, ['/configmaps'], ['coredns', 'kube-proxy', 'kube-proxy-config', 'amazon-vpc-cni'], 'kube-system'),
  changeArgoConfig: ask(CHANGE, ['/configmaps'], ['argocd-cm', 'argocd-rbac-cm'], 'argocd'),
} as const satisfies Record<string, Ask>;
