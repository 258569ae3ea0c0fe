import type { Workload } from '../../workloads/workload.ts';
import type { Classes } from '../reachability/classes.ts';
import { DOCUMENTED, type Endpoint } from '../reachability/endpoint.ts';
import { namedPortsOf } from '../reachability/live-endpoints.ts';
import type { PortTable } from '../reachability/port-table.ts';
import type { Reachability } from '../reachability/reachability.ts';
import { vocabularyOf } from '../reachability/vocabulary.ts';
import type { NodeClassEnforcement } from '../policy-enforcement.ts';
import { engineReading } from './engine-conventions.ts';
import type { ReachEnds } from './reach-ends.ts';
import { readingsOver } from './readings.ts';

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
  const reading = readingsOver({ namespaces, nodes: [], endpoints, policies, tiers, vocabulary, table });
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
