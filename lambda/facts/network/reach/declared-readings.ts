import type { Workload } from '../../workloads/workload.ts';
import type { Classes } from '../reachability/classes.ts';
import { DOCUMENTED, type Conventions, type Endpoint } from '../reachability/endpoint.ts';
import { namedPortsOf } from '../reachability/live-endpoints.ts';
import type { PortTable } from '../reachability/port-table.ts';
import { reachabilityOf, type Reachability } from '../reachability/reachability.ts';
import { vocabularyOf } from '../reachability/vocabulary.ts';
import type { NodeClassEnforcement } from '../policy-enforcement.ts';
import { engineReading } from './engine-conventions.ts';
import type { ReachEnds } from './reach-ends.ts';

/** The policies of one cluster as they are written, and as each engine there reads them, over the same workloads. All readings have the same classes. */
export interface DeclaredReadings {
  readonly classes: Classes;
  readonly written: Reachability;
  /** Undefined: nothing is enforced. */
  by(engine: NodeClassEnforcement | undefined): Reachability;
}

/** Of declared workloads that are not in the network of their node. `typical`: addresses that stand for theirs. */
export function declaredReadings({ namespaces, policies, tiers }: ReachEnds, workloads: readonly Workload[], typical: readonly string[], table: PortTable): DeclaredReadings {
  const vocabulary = vocabularyOf(policies, tiers);
  const endpoints = workloads.map((workload) => declaredEndpoint(workload, typical));
  const known = new Map<string, Reachability>();
  const reading = (conventions: Conventions, reads: ReadonlySet<string> | undefined): Reachability => {
    const key = JSON.stringify([conventions, reads ? [...reads] : 'all']);
    let reachability = known.get(key);
    if (!reachability) {
      const own = <T extends { readonly source: string }>(list: readonly T[]): readonly T[] => (reads ? list.filter(({ source }) => reads.has(source)) : list);
      known.set(key, (reachability = reachabilityOf({ namespaces, nodes: [], endpoints, policies: own(policies), tiers: own(tiers), conventions, vocabulary, table })));
    }
    return reachability;
  };
  const written = reading(DOCUMENTED, undefined);
  return {
    classes: written.classes,
    written,
    by: (engine) => {
      const { conventions, reads } = engine ? engineReading(engine) : { conventions: DOCUMENTED, reads: new Set<string>() };
      return reading(conventions, reads);
    },
  };
}

/** A pod as its workload declares it. */
export function declaredEndpoint({ resource, labels, spec }: Workload, addresses: readonly string[]): Endpoint {
  const hostNetwork = spec.hostNetwork === true;
  return { pod: { namespace: resource.namespace, labels, hostNetwork, namedPorts: namedPortsOf(spec.containers) }, addresses: hostNetwork ? [] : addresses };
}
