import type { V1Ingress, V1IngressClass, V1Service, V1ServicePort } from '@kubernetes/client-node';
import type { Unread } from '../../model/derived.ts';
import type { CustomObject, GatewaySpec, TargetGroupBindingSpec } from '../../model/policy-kinds.ts';
import type { WorkloadIndex } from '../network/workload-index.ts';
import { unsaid } from '../unsaid.ts';
import type { Workload } from '../workloads/workload.ts';
import type { AlbParameters } from './alb-parameters.ts';
import type { ExposedPort, Exposure, Exposures } from './exposure.ts';
import { albDoor, albGroupOf, albPorts, albSettingsOf, backendsOf, ingressClassesOf, hasAlbIpTargets, ingressServer, isGuardedInCluster } from './ingress-doors.ts';
import { hasIpTargets, loadBalancerDoor, senderOf } from './load-balancer.ts';
import { objectsOf, pairsOf, textsOf, written } from '../as-read.ts';
import type { GatewayDoor } from './gateway-doors.ts';
import { GatewayRoutes, type GatewayFront, type GatewayObjects } from './gateway-routes.ts';
import { hostPortsOf } from './host-ports.ts';
import { objectKey } from './object-key.ts';
import { boundServices, type TARGET_GROUP_SOURCES } from './target-groups.ts';
import { workloadsOfService } from './workloads-of-service.ts';

/** Gateway controllers that run in the cluster mark the Service of a Gateway so. */
export const GATEWAY_NAME = 'gateway.networking.k8s.io/gateway-name';

/** Collects exposures from the outside in. */
export class ExposureWalk {
  readonly #services: ReadonlyMap<string, V1Service>;
  readonly #index: WorkloadIndex;
  readonly #everywhere: boolean;
  readonly #found: Exposure[] = [];
  readonly #unjudged: Unread[] = [];

  /** `everywhere`: all namespaces were looked at; else a controller may stand in one that was not. */
  constructor(services: readonly V1Service[], index: WorkloadIndex, everywhere: boolean) {
    this.#services = new Map(services.map((service) => [objectKey(service), service]));
    this.#index = index;
    this.#everywhere = everywhere;
  }

  /** Ports on the addresses of nodes, where these are public; a security group may close them. */
  throughNodes(workloads: readonly Workload[]): void {
    for (const workload of workloads) {
      const ports = hostPortsOf(workload);
      if (ports.length === 0) continue;
      const { kind, namespace, name } = workload.resource;
      const how = workload.spec.hostNetwork === true ? 'in the network of nodes with public addresses' : 'hostPort on nodes with public addresses';
      this.#found.push({ workload, path: [`${kind} ${namespace}/${name} (${how})`], ports, sure: false, from: workload.spec.hostNetwork === true ? 'node' : 'outside' });
    }
  }

  throughServices(publicNodes: boolean): void {
    for (const service of this.#inOrder(({ spec }) => spec?.type === 'LoadBalancer' || (publicNodes && (spec?.type === 'NodePort' || textsOf(spec?.externalIPs).length > 0)))) {
      const type = service.spec?.type;
      if (publicNodes && textsOf(service.spec?.externalIPs).length > 0) {
        this.#enter(service, [], 'externalIPs on nodes with public addresses', (port) => [port.port], undefined, false, senderOf(service));
      }
      if (type === 'NodePort' && publicNodes) {
        this.#enter(service, [], 'NodePort on nodes with public addresses', (port) => [port.nodePort ?? port.port], undefined, false, senderOf(service));
      }
      if (type !== 'LoadBalancer') continue;
      const door = loadBalancerDoor(service);
      if (door.state === 'open') this.#enter(service, [], door.how, (port) => [port.port], undefined, door.sure, hasIpTargets(service) ? 'outside' : senderOf(service));
      else if (door.state === 'unclear') this.#unjudged.push(unsaid('services', `whether the Internet reaches Service ${objectKey(service)} is not known: ${door.why}`));
    }
  }

  /** Sorted, so that where several doors lead to one controller it is always the same that is named. */
  #inOrder(isAsked: (service: V1Service) => boolean): readonly V1Service[] {
    const asked = [...this.#services.values()].filter(isAsked).map((service) => ({ key: objectKey(service), service }));
    return asked.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ service }) => service);
  }

  throughIngresses(
    ingresses: readonly V1Ingress[],
    classes: readonly V1IngressClass[],
    parametersOf: (ingressClass: V1IngressClass | undefined) => AlbParameters,
    workloads: readonly Workload[],
  ): void {
    const classesByName = ingressClassesOf(classes);
    const served = ingresses.map((ingress) => ({ ingress, server: ingressServer(ingress, classesByName, parametersOf) }));
    const settings = albSettingsOf(served.flatMap(({ ingress, server }) => (server.type === 'alb' ? [{ ingress, parameters: server.parameters }] : [])));
    const fronts = new Map<RegExp, Front | undefined>();
    for (const { ingress, server } of served) {
      if (server.type === 'alb') {
        const each = { ingress, parameters: server.parameters };
        const door = albDoor(each, settings.get(albGroupOf(each))!);
        if (door.state === 'open') this.#route(ingress, [`Ingress ${objectKey(ingress)} (${door.how})`], albPorts(ingress), door.sure, (service) => (hasAlbIpTargets(each, service) ? 'outside' : senderOf(service)));
        else if (door.state === 'unclear') this.#unjudged.push(unsaid('ingresses', `whether the Internet reaches Ingress ${objectKey(ingress)} is not known: ${door.why}`));
      } else if (server.type === 'in-cluster' && !isGuardedInCluster(ingress)) {
        if (!fronts.has(server.image)) fronts.set(server.image, frontOf(server.image, this.#found, workloads));
        const front = fronts.get(server.image);
        if (!front && !this.#everywhere) this.#unjudged.push(unsaid('ingresses', `whether the Internet reaches Ingress ${objectKey(ingress)} is not known: its controller may stand in a namespace that was not looked at`));
        if (front) this.#route(ingress, [...front.exposure.path, `Ingress ${objectKey(ingress)}`], outsideOf(front.exposure), front.alone, () => front.exposure.workload ?? 'node');
      }
    }
  }

  throughGateways(objects: GatewayObjects, doorOf: (gateway: CustomObject<GatewaySpec>) => GatewayDoor): void {
    const exposed = new Map<string, Exposure>(this.#found.flatMap((exposure) => (exposure.service ? [[`${exposure.service.namespace}/${exposure.service.name}`, exposure] as const] : [])));
    const inCluster = new Map<string, GatewayFront | undefined>();
    for (const service of this.#inOrder(({ metadata }) => metadata?.labels?.[GATEWAY_NAME] !== undefined)) {
      const exposure = exposed.get(objectKey(service));
      inCluster.set(`${service.metadata?.namespace ?? ''}/${written(service.metadata?.labels?.[GATEWAY_NAME])}`, exposure && gatewayFront(exposure));
    }
    const routes = new GatewayRoutes(objects, inCluster, doorOf, this.#everywhere);
    for (const { service: key, path, outside, only, sure, from } of routes.ways()) {
      const service = this.#services.get(key);
      if (service) this.#enter(service, path, undefined, () => outside, only, sure, from(service));
    }
    this.#unjudged.push(...routes.unjudged);
  }

  throughTargetGroups(source: (typeof TARGET_GROUP_SOURCES)[number], bindings: readonly CustomObject<TargetGroupBindingSpec>[]): void {
    for (const { binding, service } of boundServices(bindings)) {
      if (this.#services.has(service)) this.#unjudged.push(unsaid(source, `whether the Internet reaches Service ${service} is not known: TargetGroupBinding ${binding} puts it behind a load balancer that is no object of the cluster`));
    }
  }

  result(): Exposures {
    const sorted = this.#found
      .map((exposure) => ({ exposure, order: JSON.stringify([exposure.workload?.resource, exposure.service, exposure.path, exposure.ports]) }))
      .sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
    const unjudged = [...this.#unjudged].sort((a, b) => (a.reason.message < b.reason.message ? -1 : 1));
    return { all: sorted.map(({ exposure }) => exposure), unjudged };
  }

  #route(ingress: V1Ingress, path: readonly string[], outside: readonly number[], sure: boolean, from: (service: V1Service) => Exposure['from']): void {
    for (const { service: name, port } of backendsOf(ingress)) {
      const service = this.#services.get(`${ingress.metadata?.namespace ?? ''}/${written(name)}`);
      if (service) this.#enter(service, path, undefined, () => [outside[0] ?? 443], port, sure, from(service));
    }
  }

  /** The last step: a Service, its ports (all, or the one that a backend names) and the workloads that it selects. */
  #enter(
    service: V1Service,
    before: readonly string[],
    how: string | undefined,
    outside: (port: V1ServicePort) => readonly number[],
    only: number | string | undefined,
    sure: boolean,
    from: Exposure['from'],
  ): void {
    const namespace = service.metadata?.namespace ?? '';
    const name = service.metadata?.name ?? '';
    const frame = {
      service: { apiVersion: 'v1', kind: 'Service', namespace, name },
      path: [...before, `Service ${namespace}/${name}${how === undefined ? '' : ` (${how})`}`],
      sure,
      from,
    };
    const ports = objectsOf(service.spec?.ports).filter((port) => only === undefined || port.port === only || port.name === only);
    if (Object.keys(pairsOf(service.spec?.selector)).length === 0) {
      if (service.spec?.type !== 'ExternalName') this.#found.push({ ...frame, ports: ports.flatMap((port) => outside(port).map((number) => ({ outside: number }))) });
      return;
    }
    for (const workload of workloadsOfService(service, this.#index)) {
      this.#found.push({ ...frame, workload, ports: ports.flatMap((port) => outside(port).map((number) => exposedPort(number, port, workload))) });
    }
  }
}

function exposedPort(outside: number, { port, targetPort }: V1ServicePort, { spec }: Workload): ExposedPort {
  if (typeof targetPort === 'number') return { outside, container: targetPort };
  if (targetPort === undefined || targetPort === null) return { outside, container: port };
  // Sidecars stand among the init containers, and no other of these has ports.
  const named = [...objectsOf(spec.containers), ...objectsOf(spec.initContainers)].flatMap(({ ports }) => objectsOf(ports)).find(({ name }) => name === String(targetPort));
  return named ? { outside, container: named.containerPort } : { outside };
}

function outsideOf({ ports }: Exposure): readonly number[] {
  return ports.map(({ outside }) => outside);
}

function runs({ spec }: Workload, image: RegExp): boolean {
  return (spec.containers ?? []).some((container) => image.test(container.image ?? ''));
}

/** Its Service has a port for each listener; what is outside of another number is not told apart. */
function gatewayFront(exposure: Exposure): GatewayFront {
  const ports = outsideOf(exposure);
  return { path: exposure.path, sure: exposure.sure, outside: (listener) => (ports.includes(listener) ? [listener] : ports), from: () => exposure.workload ?? 'node' };
}

/** A controller that the Internet reaches, and whether every one with its image does: else another may serve the Ingress. */
interface Front {
  readonly exposure: Exposure;
  readonly alone: boolean;
}

function frontOf(image: RegExp, found: readonly Exposure[], workloads: readonly Workload[]): Front | undefined {
  const fronts = found.filter(({ workload }) => workload && runs(workload, image));
  const reached = new Set(fronts.filter(({ sure }) => sure).map(({ workload }) => workload));
  const exposure = fronts.find(({ sure }) => sure) ?? fronts[0];
  return exposure && { exposure, alone: workloads.every((workload) => !runs(workload, image) || reached.has(workload)) };
}
