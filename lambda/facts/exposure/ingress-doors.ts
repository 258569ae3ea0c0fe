import type { V1Ingress, V1IngressClass, V1Service } from '@kubernetes/client-node';
import { objectsOf, textOf, textsOf, written } from '../as-read.ts';
import { setOfCidrs } from '../cidr/address-set.ts';
import { internetFamilies } from '../cidr/internet.ts';
import type { AlbParameters } from './alb-parameters.ts';
import { CLOSED, type Door } from './exposure.ts';
import { split } from './load-balancer.ts';

const ALB = 'alb.ingress.kubernetes.io/';
const SCHEME = `${ALB}scheme`;
const INBOUND_CIDRS = `${ALB}inbound-cidrs`;
const SECURITY_GROUPS = `${ALB}security-groups`;
const GROUP = `${ALB}group.name`;
const LISTEN_PORTS = `${ALB}listen-ports`;
const TARGET_TYPE = `${ALB}target-type`;
const AUTH_TYPE = `${ALB}auth-type`;
const CLASS = 'kubernetes.io/ingress.class';
const NGINX = 'nginx.ingress.kubernetes.io/';
/** With any of these the controller asks who comes, or looks where from, before it lets a request through. */
const NGINX_GUARDS = ['auth-url', 'auth-type', 'auth-tls-secret', 'whitelist-source-range', 'allowlist-source-range'].map((name) => NGINX + name);

/** Annotations of Ingresses that are read here. */
export const INGRESS_ANNOTATIONS: readonly string[] = [SCHEME, INBOUND_CIDRS, SECURITY_GROUPS, GROUP, LISTEN_PORTS, TARGET_TYPE, AUTH_TYPE, CLASS, ...NGINX_GUARDS];

/** And of the Services behind them. */
export const BACKEND_ANNOTATIONS: readonly string[] = [TARGET_TYPE];

export const DEFAULT_CLASS = 'ingressclass.kubernetes.io/is-default-class';
const ALB_CONTROLLERS: ReadonlySet<string> = new Set(['ingress.k8s.aws/alb', 'eks.amazonaws.com/alb']);
/** Controllers that run in the cluster: their class, and their image. What reaches them reaches what they route to. */
const IN_CLUSTER: readonly { readonly controller: RegExp; readonly legacyClass: string; readonly image: RegExp }[] = [
  { controller: /^k8s\.io\/ingress-nginx$/, legacyClass: 'nginx', image: /ingress-nginx\/controller|ingress-nginx-controller/ },
  { controller: /^nginx\.org\/ingress-controller$/, legacyClass: 'nginx', image: /nginx\/nginx-ingress|nginx-ic/ },
  { controller: /^traefik\.io\/ingress-controller$/, legacyClass: 'traefik', image: /(^|\/)traefik(:|@|$)/ },
];

/** Who serves an Ingress: an ALB, a controller in the cluster known by its image, or something else. */
export type IngressServer =
  | { readonly type: 'alb'; readonly parameters: AlbParameters }
  | { readonly type: 'in-cluster'; readonly image: RegExp }
  | { readonly type: 'other' };

/** Ingress classes by name, and the default one. */
export interface IngressClasses {
  readonly byName: ReadonlyMap<string, V1IngressClass>;
  readonly standard: V1IngressClass | undefined;
}

export function ingressClassesOf(classes: readonly V1IngressClass[]): IngressClasses {
  const standard = classes.filter(({ metadata }) => metadata?.annotations?.[DEFAULT_CLASS] === 'true');
  return {
    byName: new Map(classes.map((each) => [each.metadata?.name ?? '', each])),
    // The API server refuses an Ingress without a class where two are the default one.
    standard: standard.length === 1 ? standard[0] : undefined,
  };
}

/** The class by name, by the annotation that came before it, or the default one. */
export function ingressServer({ metadata, spec }: V1Ingress, classes: IngressClasses, parametersOf: (each: V1IngressClass | undefined) => AlbParameters): IngressServer {
  const legacy = metadata?.annotations?.[CLASS];
  const name = spec?.ingressClassName ?? legacy;
  const found = name === undefined ? classes.standard : classes.byName.get(name);
  const controller = found?.spec?.controller;
  if (controller !== undefined ? ALB_CONTROLLERS.has(controller) : legacy === 'alb') return { type: 'alb', parameters: parametersOf(found) };
  const inCluster = IN_CLUSTER.find((each) => (controller !== undefined ? each.controller.test(controller) : legacy !== undefined && each.legacyClass === legacy));
  return inCluster ? { type: 'in-cluster', image: inCluster.image } : { type: 'other' };
}

/** What the Ingresses that share one ALB say of it together. */
export interface AlbSettings {
  readonly schemes: Set<string>;
  readonly inboundCidrs: string[];
  ownSecurityGroups: boolean;
}

/** An Ingress that an ALB serves, with what its class says of that. */
export interface AlbIngress {
  readonly ingress: V1Ingress;
  readonly parameters: AlbParameters;
}

/** Key of the Ingresses that share one ALB: those of a group, by their class or by annotation, else each alone. */
export function albGroupOf({ ingress: { metadata }, parameters }: AlbIngress): string {
  const byClass = parameters.state === 'read' ? textOf(parameters.spec.group?.name) : undefined;
  return byClass ?? metadata?.annotations?.[GROUP] ?? JSON.stringify([metadata?.namespace, metadata?.name]);
}

export function albSettingsOf(served: readonly AlbIngress[]): ReadonlyMap<string, AlbSettings> {
  const groups = new Map<string, AlbSettings>();
  for (const each of served) {
    const key = albGroupOf(each);
    let settings = groups.get(key);
    if (!settings) groups.set(key, (settings = { schemes: new Set(), inboundCidrs: [], ownSecurityGroups: false }));
    const { [SCHEME]: scheme, [INBOUND_CIDRS]: cidrs, [SECURITY_GROUPS]: securityGroups } = each.ingress.metadata?.annotations ?? {};
    if (scheme !== undefined) settings.schemes.add(scheme);
    settings.inboundCidrs.push(...split(cidrs));
    if (securityGroups !== undefined) settings.ownSecurityGroups = true;
  }
  return groups;
}

/**
 * An ALB is internal unless its class, or where that says nothing some Ingress of its group, says otherwise; so it is with the addresses that it admits.
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/ingress_class/
 */
export function albDoor({ ingress, parameters }: AlbIngress, settings: AlbSettings): Door {
  const byClass = parameters.state === 'read' ? textOf(parameters.spec.scheme) : undefined;
  const schemes = byClass === undefined ? settings.schemes : new Set([byClass]);
  // They count before what the Ingress says.
  if (parameters.state === 'unread') return { state: 'unclear', why: 'the parameters of its ingress class decide whether it is public' };
  if (!schemes.has('internet-facing')) return CLOSED;
  if (isAuthenticated(ingress)) return CLOSED;
  if (settings.ownSecurityGroups) return { state: 'unclear', why: 'security groups of its own decide who may connect' };
  const classCidrs = parameters.state === 'read' ? textsOf(parameters.spec.inboundCIDRs) : [];
  const inbound = classCidrs.length > 0 ? classCidrs : settings.inboundCidrs;
  if (inbound.length > 0 && internetFamilies(setOfCidrs(inbound).set).length === 0) return CLOSED;
  return { state: 'open', how: 'internet-facing', sure: true };
}

/** The ALB sends to the addresses of pods, and not to ports of nodes: by its class, else by the Service, else by the Ingress. */
export function hasAlbIpTargets({ ingress, parameters }: AlbIngress, service: V1Service): boolean {
  if (parameters.state === 'unread') return false;
  const byClass = parameters.state === 'read' ? textOf(parameters.spec.targetType) : undefined;
  return (byClass ?? service.metadata?.annotations?.[TARGET_TYPE] ?? ingress.metadata?.annotations?.[TARGET_TYPE]) === 'ip';
}

/** The ALB asks for a login before it lets a request through. */
function isAuthenticated({ metadata }: V1Ingress): boolean {
  const type = metadata?.annotations?.[AUTH_TYPE];
  return type === 'cognito' || type === 'oidc';
}

export function isGuardedInCluster({ metadata }: V1Ingress): boolean {
  return NGINX_GUARDS.some((name) => metadata?.annotations?.[name] !== undefined);
}

/** Ports that the ALB listens on. Without a list: 80, and 443 where there is a certificate; which of them is no difference here. */
export function albPorts({ metadata }: V1Ingress): readonly number[] {
  const numbers = (textOf(metadata?.annotations?.[LISTEN_PORTS])?.match(/\d+/g) ?? []).map(Number).filter((port) => port > 0 && port < 65_536);
  return numbers.length > 0 ? numbers : [443];
}

/** Names of the Services that an Ingress sends requests to, with the port as it names it. */
export function backendsOf({ spec }: V1Ingress): readonly { readonly service: string; readonly port: number | string | undefined }[] {
  const rules = objectsOf(spec?.rules).flatMap((rule) => objectsOf(rule.http?.paths).map((path) => path.backend));
  return [...(spec?.defaultBackend ? [spec.defaultBackend] : []), ...rules].flatMap((backend) => {
    const service = backend?.service;
    return service ? [{ service: written(service.name), port: service.port?.number ?? service.port?.name }] : [];
  });
}
