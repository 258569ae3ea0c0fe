import type { Unread } from '../../model/derived.ts';
import { madeOnce } from '../../model/made-once.ts';
import type { CustomObject, GatewaySpec, ListenerSetSpec, ReferenceGrantSpec, RouteBackendRef, RouteSpec } from '../../model/policy-kinds.ts';
import { objectsOf, written } from '../as-read.ts';
import type { Labels } from '../network/label-selector.ts';
import { unsaid } from '../unsaid.ts';
import type { Exposure } from './exposure.ts';
import type { GatewayDoor } from './gateway-doors.ts';
import { GatewayListeners, type Listening } from './gateway-listeners.ts';
import { objectKey } from './object-key.ts';
import { joinWay, type OpenWay, type SenderOf } from './open-ways.ts';
import { referenceGrants } from './reference-grants.ts';
import { routeBackends } from './route-backends.ts';
import { HTTP_ROUTES, ROUTE_KINDS, ROUTE_SOURCES, type RouteKind, type RouteSource } from './route-kinds.ts';

type Route = CustomObject<RouteSpec>;

/** What was read of the Gateway API. Absent: it was not. */
export interface GatewayObjects {
  readonly gateways: readonly CustomObject<GatewaySpec>[];
  readonly listenerSets: readonly CustomObject<ListenerSetSpec>[];
  readonly routes: { readonly [S in RouteSource]: readonly Route[] };
  readonly grants: readonly CustomObject<ReferenceGrantSpec>[] | undefined;
  readonly namespaces: ReadonlyMap<string, Labels> | undefined;
}

/** A Gateway that the Internet reaches. */
export interface GatewayFront extends Pick<Exposure, 'path' | 'sure'> {
  /** Absent: routes of every kind. */
  readonly serves?: ReadonlySet<RouteKind>;
  /** Ports outside that lead to a listener of this port; none: nothing does. */
  outside(listener: number): readonly number[];
  readonly from: SenderOf;
}

/** From the Internet over a Gateway and a route to a Service. */
export interface RoutedWay extends Pick<Exposure, 'path' | 'sure'> {
  /** `namespace/name`. */
  readonly service: string;
  readonly outside: readonly number[];
  /** Of the Service's ports; absent: all. */
  readonly only: number | undefined;
  readonly from: SenderOf;
}

/** Where routes lead from Gateways that the Internet reaches. */
export class GatewayRoutes {
  readonly #objects: GatewayObjects;
  readonly #listeners: GatewayListeners;
  readonly #granted: ReturnType<typeof referenceGrants>;
  readonly #everywhere: boolean;
  readonly #fronts: Map<string, GatewayFront | undefined>;
  /** By Gateway and port of its listener; undefined: of all. */
  readonly #chained = new Map<string, Map<number | undefined, OpenWay>>();
  readonly #unjudged = new Map<string, Unread>();

  /** `inCluster`: by Gateway, how the Internet reaches the controller that serves it; undefined: not at all. */
  constructor(objects: GatewayObjects, inCluster: ReadonlyMap<string, GatewayFront | undefined>, doorOf: (gateway: CustomObject<GatewaySpec>) => GatewayDoor, everywhere: boolean) {
    this.#objects = objects;
    this.#listeners = new GatewayListeners(objects.gateways, objects.listenerSets, objects.namespaces);
    this.#granted = referenceGrants(objects.grants);
    this.#everywhere = everywhere;
    this.#fronts = new Map(inCluster);
    const hidden = new Map<string, Exclude<GatewayDoor, { state: 'closed' }>>();
    for (const gateway of objects.gateways) {
      const key = objectKey(gateway);
      if (this.#fronts.has(key)) continue;
      const door = doorOf(gateway);
      if (door.state === 'unclear') this.#say(unclearGateway(key, door.why));
      if (door.state === 'closed' && door.behind && door.behind.state !== 'closed') hidden.set(key, door.behind);
      this.#fronts.set(key, door.state === 'open' ? { ...door, path: [`Gateway ${key} (${door.how})`], outside: (port) => [port] } : undefined);
    }
    this.#chain(hidden);
  }

  /** Of what is not known whether the Internet reaches it; complete once all ways were asked for. */
  get unjudged(): readonly Unread[] {
    return [...this.#unjudged.values()];
  }

  *ways(): Generator<RoutedWay> {
    for (const source of ROUTE_SOURCES) {
      for (const route of this.#objects.routes[source]) {
        const fronts = this.#frontsOf(source, route);
        if (fronts.length === 0) continue;
        const kind = ROUTE_KINDS[source];
        for (const { kind: target = 'Service', ...ref } of routeBackends(route)) {
          if (target !== 'Service') continue;
          const granted = this.#mayReach(kind, route, target, ref);
          if (granted === false) continue;
          for (const { path, outside, sure, from } of fronts) {
            yield { service: targetOf(route, ref), path, outside: [...outside].sort((a, b) => a - b), only: ref.port, sure: sure && granted === true, from };
          }
        }
      }
    }
  }

  /**
   * A public NLB may lead to a Gateway with an internal ALB: the one thing beside Services that its TCPRoutes send to.
   * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/gateway/gateway_chaining/
   */
  #chain(hidden: ReadonlyMap<string, Exclude<GatewayDoor, { state: 'closed' }>>): void {
    if (hidden.size === 0) return;
    for (const route of this.#objects.routes.tcpRoutes) {
      const backends = routeBackends(route).filter(({ kind }) => kind === 'Gateway');
      if (backends.length === 0) continue;
      const fronts = this.#frontsOf('tcpRoutes', route);
      for (const ref of fronts.length > 0 ? backends : []) {
        const gateway = targetOf(route, ref);
        const door = hidden.get(gateway);
        const granted = this.#mayReach('TCPRoute', route, 'Gateway', ref);
        if (!door || granted === false) continue;
        if (door.state === 'unclear') {
          this.#say(unclearGateway(gateway, door.why));
          continue;
        }
        const chained = madeOnce(this.#chained, gateway, () => new Map());
        for (const front of fronts) {
          joinWay(chained, ref.port, { ...front, path: [...front.path, `Gateway ${gateway}`], sure: front.sure && door.sure && granted === true });
        }
      }
    }
  }

  /** The ways to a route, one for each Gateway that it hangs on. */
  #frontsOf(source: RouteSource, route: Route): readonly OpenWay[] {
    const kind = ROUTE_KINDS[source];
    const namespace = route.metadata?.namespace ?? '';
    const found = new Map<string, OpenWay>();
    for (const ref of objectsOf(route.spec?.parentRefs)) {
      if (ref.kind === 'XListenerSet') this.#say(unsaid(source, `whether the Internet reaches ${kind} ${objectKey(route)} is not known: listeners of the kind XListenerSet are not read`));
      if ((ref.kind ?? 'Gateway') !== 'Gateway' && ref.kind !== 'ListenerSet') continue;
      const listening = this.#listeners.of(kind, namespace, ref);
      if (!listening || !this.#fronts.has(listening.gateway)) {
        if (!this.#everywhere) this.#say(unsaid(source, `whether the Internet reaches ${kind} ${objectKey(route)} is not known: its ${listening ? 'Gateway' : written(ref.kind ?? 'Gateway')} stands in a namespace that was not looked at`));
        continue;
      }
      for (const front of this.#waysTo(kind, listening)) {
        const way = { ...front, path: [...front.path, ...setWords(listening), `${kind} ${objectKey(route)}`], sure: front.sure && listening.sure };
        joinWay(found, JSON.stringify([way.path, way.sure]), way);
      }
    }
    return [...found.values()];
  }

  /** By its own door, and over other Gateways by what leads to each listener. */
  #waysTo(kind: RouteKind, { gateway, ports }: Listening): readonly OpenWay[] {
    const front = this.#fronts.get(gateway);
    const own = front && (front.serves?.has(kind) ?? true) ? new Set(ports.flatMap((port) => front.outside(port))) : new Set<number>();
    const chained = HTTP_ROUTES.has(kind) ? this.#chained.get(gateway) : undefined;
    return [
      ...(front && own.size > 0 ? [{ path: front.path, outside: own, sure: front.sure, from: front.from }] : []),
      ...(chained ? [...ports, undefined].flatMap((port) => (ports.length > 0 ? (chained.get(port) ?? []) : [])) : []),
    ];
  }

  #say(unread: Unread): void {
    this.#unjudged.set(unread.reason.message, unread);
  }

  #mayReach(kind: RouteKind, route: Route, target: string, ref: RouteBackendRef): boolean | 'unknown' {
    const own = route.metadata?.namespace ?? '';
    return this.#granted({ from: { kind, namespace: own }, to: { kind: target, namespace: written(ref.namespace ?? own), name: written(ref.name) } });
  }
}

function unclearGateway(gateway: string, why: string): Unread {
  return unsaid('gateways', `whether the Internet reaches Gateway ${gateway} is not known: ${why}`);
}

function setWords({ set }: Listening): readonly string[] {
  return set === undefined ? [] : [`ListenerSet ${set}`];
}

function targetOf({ metadata }: Route, { namespace, name }: RouteBackendRef): string {
  return `${written(namespace ?? metadata?.namespace ?? '')}/${written(name)}`;
}
