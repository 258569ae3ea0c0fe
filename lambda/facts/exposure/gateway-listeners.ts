import { madeOnce } from '../../model/made-once.ts';
import type { AllowedNamespaces, CustomObject, GatewayListener, GatewaySpec, ListenerSetSpec, RouteParentRef } from '../../model/policy-kinds.ts';
import { objectsOf, textOf, written } from '../as-read.ts';
import { compileSelector, type Labels } from '../network/label-selector.ts';
import { objectKey } from './object-key.ts';
import { HTTP_ROUTES, type RouteKind } from './route-kinds.ts';

/** Who listens: a Gateway by itself, or by a ListenerSet. */
export interface Listening {
  /** `namespace/name` of the Gateway. */
  readonly gateway: string;
  /** The ListenerSet, where it is one. */
  readonly set?: string;
  /** Ports of the listeners that take the route. */
  readonly ports: readonly number[];
  /** False where labels of namespaces decide that were not read. */
  readonly sure: boolean;
}

interface Owner {
  readonly gateway: string;
  readonly set?: string;
  readonly namespace: string;
  readonly listeners: readonly GatewayListener[];
  readonly sure: boolean;
}

/** Route kinds that a listener takes where it names none; of a protocol that is not here, all. https://gateway-api.sigs.k8s.io/concepts/api-overview/#route-summary-table */
const KINDS_OF_PROTOCOL: ReadonlyMap<string, ReadonlySet<RouteKind>> = new Map([
  ['HTTP', HTTP_ROUTES],
  ['HTTPS', HTTP_ROUTES],
  ['TLS', new Set<RouteKind>(['TLSRoute', 'TCPRoute'])],
  ['TCP', new Set<RouteKind>(['TCPRoute'])],
  ['UDP', new Set<RouteKind>(['UDPRoute'])],
]);

/** Which listeners take which routes: by name and port, as the route says, and by kind and namespace, as the listener says. */
export class GatewayListeners {
  readonly #owners = new Map<string, Owner>();
  readonly #allows: (allowed: AllowedNamespaces | undefined, standard: string, own: string, other: string) => boolean | 'unknown';
  readonly #known = new Map<string, { readonly ports: readonly number[]; readonly sure: boolean }>();

  /** `namespaces`: their labels; absent: not read. */
  constructor(gateways: readonly CustomObject<GatewaySpec>[], sets: readonly CustomObject<ListenerSetSpec>[], namespaces: ReadonlyMap<string, Labels> | undefined) {
    this.#allows = namespaceRule(namespaces);
    const byKey = new Map<string, GatewaySpec>();
    for (const object of gateways) {
      const { metadata, spec } = object;
      const gateway = objectKey(object);
      byKey.set(gateway, spec ?? {});
      this.#owners.set(`Gateway ${gateway}`, { gateway, namespace: metadata?.namespace ?? '', listeners: objectsOf(spec?.listeners), sure: true });
    }
    for (const object of sets) {
      const { metadata, spec } = object;
      const namespace = metadata?.namespace ?? '';
      const parentNamespace = written(spec?.parentRef?.namespace ?? namespace);
      const gateway = `${parentNamespace}/${written(spec?.parentRef?.name)}`;
      const parent = byKey.get(gateway);
      // A Gateway takes none unless it says whose.
      const allowed = parent === undefined ? 'unknown' : this.#allows(parent.allowedListeners?.namespaces, 'None', parentNamespace, namespace);
      const set = objectKey(object);
      this.#owners.set(`ListenerSet ${set}`, { gateway, set, namespace, listeners: allowed === false ? [] : objectsOf(spec?.listeners), sure: allowed === true });
    }
  }

  /** Absent: neither a Gateway nor a ListenerSet of that name was read. */
  of(kind: RouteKind, namespace: string, { kind: parentKind = 'Gateway', ...ref }: RouteParentRef): Listening | undefined {
    const parent = `${written(parentKind)} ${written(ref.namespace ?? namespace)}/${written(ref.name)}`;
    const owner = this.#owners.get(parent);
    if (!owner) return undefined;
    const { ports, sure } = madeOnce(this.#known, JSON.stringify([parent, kind, namespace, ref.sectionName, ref.port]), () => this.#taking(owner, kind, namespace, ref));
    return { gateway: owner.gateway, ...(owner.set === undefined ? {} : { set: owner.set }), ports, sure: owner.sure && sure };
  }

  #taking({ listeners, namespace: own }: Owner, kind: RouteKind, namespace: string, { sectionName, port }: RouteParentRef): { readonly ports: readonly number[]; readonly sure: boolean } {
    const taking = listeners
      .filter((listener) => (textOf(sectionName) === undefined || listener.name === sectionName) && (typeof port !== 'number' || listener.port === port) && takes(listener, kind))
      .map((listener) => ({ port: listener.port, allowed: this.#allows(listener.allowedRoutes?.namespaces, 'Same', own, namespace) }))
      .filter(({ allowed }) => allowed !== false);
    const certain = taking.filter(({ allowed }) => allowed === true);
    const counted = certain.length > 0 ? certain : taking;
    return { ports: [...new Set(counted.flatMap((each) => (typeof each.port === 'number' ? [each.port] : [])))].sort((a, b) => a - b), sure: certain.length > 0 };
  }
}

function takes({ protocol, allowedRoutes }: GatewayListener, kind: RouteKind): boolean {
  const named = objectsOf(allowedRoutes?.kinds);
  return named.length > 0 ? named.some((each) => each.kind === kind) : (KINDS_OF_PROTOCOL.get(written(protocol))?.has(kind) ?? true);
}

/** `standard`: what an absent rule means. */
function namespaceRule(namespaces: ReadonlyMap<string, Labels> | undefined): (allowed: AllowedNamespaces | undefined, standard: string, own: string, other: string) => boolean | 'unknown' {
  return (allowed, standard, own, other) => {
    const from = allowed?.from ?? standard;
    if (from === 'All') return true;
    if (from === 'Same') return own === other;
    if (from !== 'Selector' || typeof allowed?.selector !== 'object' || allowed.selector === null) return false;
    const labels = namespaces?.get(other);
    return labels === undefined ? 'unknown' : compileSelector(allowed.selector).matches(labels);
  };
}
