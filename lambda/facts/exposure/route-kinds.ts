/** Sources of the Gateway API's routes, with their kinds. */
export const ROUTE_KINDS = {
  grpcRoutes: 'GRPCRoute',
  httpRoutes: 'HTTPRoute',
  tcpRoutes: 'TCPRoute',
  tlsRoutes: 'TLSRoute',
  udpRoutes: 'UDPRoute',
} as const;

export type RouteSource = keyof typeof ROUTE_KINDS;
export type RouteKind = (typeof ROUTE_KINDS)[RouteSource];

export const ROUTE_SOURCES = Object.keys(ROUTE_KINDS) as readonly RouteSource[];

export const HTTP_ROUTES: ReadonlySet<RouteKind> = new Set<RouteKind>(['HTTPRoute', 'GRPCRoute']);
