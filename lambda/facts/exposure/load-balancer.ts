import type { V1Service } from '@kubernetes/client-node';
import { setOfCidrs } from '../cidr/address-set.ts';
import { internetFamilies } from '../cidr/internet.ts';
import { CLOSED, type Door } from './exposure.ts';
import { listOf, textOf } from '../as-read.ts';

const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';
const TYPE = `${PREFIX}type`;
const SCHEME = `${PREFIX}scheme`;
const INTERNAL = `${PREFIX}internal`;
const SECURITY_GROUPS = `${PREFIX}security-groups`;
const TARGET_TYPE = `${PREFIX}nlb-target-type`;
const SOURCE_RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** Annotations of Services that are read here. */
export const LOAD_BALANCER_ANNOTATIONS: readonly string[] = [TYPE, SCHEME, INTERNAL, SECURITY_GROUPS, TARGET_TYPE, SOURCE_RANGES];

/** Classes of the AWS Load Balancer Controller and of Auto Mode. */
const CONTROLLER_CLASSES: ReadonlySet<string> = new Set(['service.k8s.aws/nlb', 'eks.amazonaws.com/nlb']);

/**
 * Whether a Service of type LoadBalancer gets a load balancer that answers the Internet. Two controllers make them and differ: the AWS Load
 * Balancer Controller (by class, or by the types external and nlb-ip) makes internal ones unless told otherwise; the cloud controller, for all
 * other Services without a class, makes public ones unless told otherwise.
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/, https://cloud-provider-aws.sigs.k8s.io/service_controller/
 */
export function loadBalancerDoor({ metadata, spec }: V1Service): Door {
  const annotation = (name: string): string | undefined => metadata?.annotations?.[name];
  const byClass = spec?.loadBalancerClass;
  // Another implementation's class: not a load balancer of AWS's.
  if (byClass !== undefined && !CONTROLLER_CLASSES.has(byClass)) return CLOSED;
  const type = annotation(TYPE);
  const byController = byClass !== undefined || type === 'external' || type === 'nlb-ip';
  if (!(byController ? isInternetFacing(annotation(SCHEME), annotation(INTERNAL)) : isPublicByDefault(annotation(INTERNAL)))) return CLOSED;

  const ranges = listOf(spec?.loadBalancerSourceRanges).length > 0 ? listOf(spec?.loadBalancerSourceRanges) : split(annotation(SOURCE_RANGES));
  if (byController && annotation(SECURITY_GROUPS)) return { state: 'unclear', why: 'security groups of its own decide who may connect' };
  if (ranges.length === 0) return { state: 'open', how: 'LoadBalancer without source ranges', sure: true };
  const { set, malformed } = setOfCidrs(ranges);
  if (internetFamilies(set).length > 0) return { state: 'open', how: 'LoadBalancer whose source ranges are as wide as the Internet', sure: true };
  return malformed.length > 0 ? { state: 'unclear', why: `its source ranges hold ${JSON.stringify(malformed[0])}, which is no address block` } : CLOSED;
}

/** It sends to the addresses of pods, and not to ports of nodes. What the controller does where nothing is said is a flag of its own. */
export function hasIpTargets({ metadata }: V1Service): boolean {
  return metadata?.annotations?.[TARGET_TYPE] === 'ip' || metadata?.annotations?.[TYPE] === 'nlb-ip';
}

/** A node port without a local policy is served by any node, which then speaks for the client. https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy */
export function senderOf({ spec }: V1Service): 'outside' | 'node' {
  return spec?.externalTrafficPolicy === 'Local' ? 'outside' : 'node';
}

/** The scheme decides; the older annotation says the opposite of what it is not. */
function isInternetFacing(scheme: string | undefined, internal: string | undefined): boolean {
  if (scheme !== undefined) return scheme === 'internet-facing';
  return internal === 'false';
}

/** Any value but `false` makes it internal. The scheme is not the cloud controller's annotation, and does nothing. */
function isPublicByDefault(internal: string | undefined): boolean {
  return internal === undefined || internal === '' || internal === 'false';
}

/** A comma-separated list, as annotations hold it. */
export function split(list: string | undefined): readonly string[] {
  return (textOf(list) ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
