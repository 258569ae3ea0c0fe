import type { V1Pod } from '@kubernetes/client-node';
import type { RefusalCode } from '../../model/collected.ts';
import type { Derived, Unread } from '../../model/derived.ts';
import { setOfCidrs } from '../cidr/address-set.ts';
import { defineFact } from '../define-fact.ts';
import { namespaceLabels } from '../network/namespace-labels.ts';
import type { PolicyCoverage } from '../network/policy-coverage.ts';
import { FARGATE, type NodeClassEnforcement, type PolicyEnforcement } from '../network/policy-enforcement.ts';
import { declaredEndpoint } from '../network/reach/declared-readings.ts';
import { engineOnNodes, nodeClassesFor, type EndEngine } from '../network/reach/end-engine.ts';
import { engineReading } from '../network/reach/engine-conventions.ts';
import { readingsOver } from '../network/reach/readings.ts';
import { piecesOf } from '../network/reachability/address-pieces.ts';
import { classSetOf, intersectionOf, isNone, type ClassSet } from '../network/reachability/class-set.ts';
import type { Classes } from '../network/reachability/classes.ts';
import type { TierPolicy } from '../network/tier-policies.ts';
import { DOCUMENTED, type Conventions } from '../network/reachability/endpoint.ts';
import { PROTOCOLS, type PortSet, type PortTable } from '../network/reachability/port-table.ts';
import type { Reachability, ReachabilityInput } from '../network/reachability/reachability.ts';
import { vocabularyOf } from '../network/reachability/vocabulary.ts';
import { POD_ADDRESS_FIELDS, typicalAddresses } from '../network/typical-addresses.ts';
import { unsaid } from '../unsaid.ts';
import type { Workload } from '../workloads/workload.ts';
import { jointGuard } from './doors.ts';
import type { ExposedPort, Exposure, Exposures, Guard } from './exposure.ts';
import { madeOnce } from '../../model/made-once.ts';
import { resourceWithKind } from '../../model/resource-words.ts';

/**
 * Ways from the Internet to workloads, with what policies make of them as they are enforced. Closed is what lets no address in by the ports of the way, nor the controller
 * that it passes; a way over a node is not, as every engine lets a node through to its own pods. Asked are the policies of the namespaces that the ways end in, and no others.
 */
export const policedExposures = defineFact({
  name: 'policedExposures',
  revision: 3,
  needs: ['exposures'],
  wants: ['fargateWorkloads', 'namespaces', 'namespacedPolicies', 'pods', 'policyCoverage', 'policyEnforcement', 'tierPolicies'],
  // Without them ways may be closed that count as open, and none is missing.
  eases: ['namespaces', 'namespacedPolicies', 'policyCoverage', 'policyEnforcement', 'tierPolicies'],
  fields: { namespaces: ['metadata.labels'], pods: POD_ADDRESS_FIELDS },
  // Where nobody asks EKS, nodes of Fargate tell of it while pods run there.
  irrelevant: ({ fargateWorkloads: { unread } }) => (unread.some(({ source, reason }) => source === 'eksFargateProfiles' && !NOT_ASKED.has(reason.code)) ? [] : ['eksFargateProfiles']),
  derive: ({ exposures, fargateWorkloads, namespaces, namespacedPolicies, pods, policyCoverage, policyEnforcement, tierPolicies }): Exposures => {
    const asked = [...new Set(exposures.all.filter(isPoliced).flatMap(({ workload, from }) => (typeof from === 'object' ? [workload!, from] : [workload!])))];
    if (asked.length === 0) return exposures;
    if (!namespaces.ok || !namespacedPolicies.ok || !tierPolicies.ok) {
      return { ...exposures, all: exposures.all.map((exposure) => (isPoliced(exposure) ? { ...exposure, guard: UNREAD } : exposure)) };
    }
    const places = new Set(asked.map(({ resource }) => resource.namespace));
    const policies = namespacedPolicies.value.filter(({ resource }) => places.has(resource.namespace));
    const judge = policeOf({ namespaces: namespaceLabels(namespaces.value), policies, tiers: tierPolicies.value }, asked, pods.ok ? pods.value : [], policyCoverage, enginesFor(policyEnforcement, fargateWorkloads, tierPolicies.value));
    const guarded = behindClosedControllers(exposures.all.map((exposure) => withGuard(exposure, isPoliced(exposure) ? judge(exposure) : undefined)));
    // A Service without a selector has its guard of the controller before it, which is named itself.
    const unknown = guarded.flatMap(({ guard, workload }) => (guard?.state === 'unknown' && workload ? [`${workload.resource.namespace}/${workload.resource.name}`] : []));
    if (unknown.length === 0) return { all: guarded, unjudged: exposures.unjudged };
    const unjudged = [...new Set(unknown)].map((name) => unsaid('daemonSets', `whether the policies that keep the Internet from ${name} are enforced is not known`));
    return { all: guarded, unjudged: [...exposures.unjudged, ...unreadOf(policyEnforcement), ...unreadOf(policyCoverage), ...unjudged] };
  },
});

const UNREAD: Guard = { state: 'unread', by: [] };

/** Why it was not read. */
function unreadOf(derived: Derived<unknown>): readonly Unread[] {
  return derived.ok ? [] : derived.unread;
}

function isPoliced({ workload, from }: Exposure): boolean {
  return workload !== undefined && workload.spec.hostNetwork !== true && from !== 'node' && !(typeof from === 'object' && from.spec.hostNetwork === true);
}

function withGuard(exposure: Exposure, guard: Guard | undefined): Exposure {
  return guard ? { ...exposure, guard } : exposure;
}

/** What a controller sends on that the Internet does not reach is not reached either. */
function behindClosedControllers(all: readonly Exposure[]): readonly Exposure[] {
  const byWorkload = Map.groupBy(all, ({ workload }) => workload);
  return all.map((exposure) => {
    if (exposure.guard || typeof exposure.from !== 'object') return exposure;
    const ways = byWorkload.get(exposure.from) ?? [];
    if (ways.length === 0 || !ways.every(({ guard }) => guard)) return exposure;
    return { ...exposure, guard: jointGuard(ways.map(({ guard }) => guard!)) };
  });
}

/** How the nodes of a workload enforce policies. */
interface OwnEngine {
  readonly engine: EndEngine;
  /** It may close what no policy opens: that is not known. */
  readonly mayDeny: boolean;
}

/** Those of Fargate never do, whether pods of it run there now or not. */
function enginesFor(enforcement: Derived<PolicyEnforcement>, fargate: Derived<readonly Workload[]>, tiers: readonly TierPolicy[]): (workload: Workload) => OwnEngine {
  const onFargate = fargate.ok ? new Set(fargate.value) : undefined;
  return (workload) => {
    if (onFargate?.has(workload)) return { engine: undefined, mayDeny: false };
    if (!enforcement.ok) return { engine: 'unknown', mayDeny: true };
    const all = nodeClassesFor(workload.spec, enforcement.value.classes)!;
    const classes = onFargate ? all.filter(({ name }) => name !== FARGATE.name) : all;
    const engine = engineOnNodes(classes, tiers);
    return { engine, mayDeny: classes.some(({ defaultDeny }) => defaultDeny === 'unknown' || (engine === 'unknown' && defaultDeny !== undefined)) };
  };
}

const NOT_ASKED: ReadonlySet<RefusalCode> = new Set(['not-configured', 'not-in-capture']);

type Policies = Pick<ReachabilityInput, 'namespaces' | 'policies' | 'tiers'>;

function policeOf(given: Policies, asked: readonly Workload[], pods: readonly V1Pod[], coverage: Derived<PolicyCoverage>, engineOf: (workload: Workload) => OwnEngine): (exposure: Exposure) => Guard | undefined {
  const vocabulary = vocabularyOf(given.policies, given.tiers);
  const anywhere = piecesOf(setOfCidrs(['0.0.0.0/0', '::/0']).set, vocabulary.addresses);
  // A block lets a controller in as it does what else has its address there.
  const typical = typicalAddresses(pods, vocabulary.addresses);
  const endpoints = [...asked.map((workload) => declaredEndpoint(workload, typical)), ...anywhere.map(({ address }) => ({ addresses: [address] }))];
  const numbers = new Map(asked.map((workload, number) => [workload, number]));
  const readings = readingsOver({ ...given, nodes: [], endpoints, vocabulary });
  const reading = (engine: NodeClassEnforcement | undefined, strict: Partial<Conventions> = {}): Reachability => {
    const { conventions, reads } = engine ? engineReading(engine) : { conventions: DOCUMENTED, reads: undefined };
    return readings({ ...conventions, ...strict }, reads);
  };
  const outside = new Map<Classes, ClassSet>();

  function letsIn({ classes, profiles, table, between }: Reachability, { workload, ports, from }: Exposure): boolean {
    const to = numbers.get(workload!)!;
    const meant = portsOf(table, ports);
    if (typeof from === 'object') return table.intersection(between(numbers.get(from)!, to).ingress, meant) !== table.none;
    const senders = madeOnce(outside, classes, () => classSetOf([...new Set(anywhere.map((_, at) => classes.of[asked.length + at]!))].sort((a, b) => a - b)));
    return profiles.of(classes.of[to]!, 'ingress').admission.some((part) => table.intersection(part.ports, meant) !== table.none && !isNone(intersectionOf(part.peers, senders)));
  }

  return (exposure) => {
    const { workload, ports, from } = exposure;
    const { engine, mayDeny } = engineOf(workload!);
    if (engine === undefined) return undefined;
    const known = engine === 'unknown' ? undefined : engine;
    const reachability = reading(known);
    if (letsIn(reachability, exposure)) return mayDeny && !letsIn(reading(known, { denyUnisolated: true }), exposure) ? UNREAD : undefined;
    const { classes, profiles, table } = reachability;
    const to = numbers.get(workload!)!;
    const meant = portsOf(table, ports);
    const peer = typeof from === 'object' ? numbers.get(from)! : asked.length;
    const denying = profiles.decisions(classes.of[to]!, 'ingress', classes.of[peer]!).filter(({ effect, ports: denied }) => effect === 'deny' && table.intersection(denied, meant) !== table.none);
    const by = denying.flatMap((decision) => decision.by.map(({ resource }) => resourceWithKind(resource)));
    const certain = engine !== 'unknown' && coverage.ok && coverage.value.namespaces.get(workload!.resource.namespace)?.otherEngines !== true;
    return { state: certain ? 'closed' : 'unknown', by: by.length > 0 ? [...new Set(by)].sort() : ['the default deny of the engine'] };
  };
}

/** Of whatever protocol; all where it is not known which. */
function portsOf(table: PortTable, ports: readonly ExposedPort[]): PortSet {
  if (ports.length === 0 || ports.some(({ container }) => container === undefined)) return table.all;
  return table.of(ports.flatMap(({ container }) => PROTOCOLS.map((protocol) => ({ protocol, first: container!, last: container! }))));
}
