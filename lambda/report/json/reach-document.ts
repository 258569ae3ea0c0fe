import type { ReachPorts } from '../../facts/network/reach/reach-answer.ts';
import { BEYOND_POLICIES, type ReachOfCluster } from '../reach-of-cluster.ts';
import { cappedJson } from './ascii-json.ts';

/** `eksaminer reach --output json`. `enforced` is null where it is not known; `unknown` says why nothing is sure. */
export function reachDocument(asked: string, clusters: readonly ReachOfCluster[], missed: readonly { readonly label: string; readonly reason: string }[]): string {
  return cappedJson({
    schemaVersion: 1,
    asked,
    notes: [BEYOND_POLICIES],
    clusters: clusters.map(({ cluster, unread, answer }) => ({
      cluster: cluster.id,
      label: cluster.label,
      answered: answer !== undefined,
      missing: answer?.missing ?? [],
      declared: answer?.declared ?? [],
      notes: answer?.notes ?? [],
      rows: (answer?.rows ?? []).map(({ from, to, written, enforced, unknown, exempt, reasons }) => ({
        from,
        to,
        written: portFields(written),
        enforced: enforced === undefined ? null : portFields(enforced),
        unknown: unknown ?? null,
        exempt: exempt ?? null,
        reasons: reasons.map(({ direction, effect, policies, ports }) => ({ direction, effect, policies, ports: portFields(ports) })),
      })),
      unread: unread.map(({ source, reason }) => ({ source, code: reason.code, message: reason.message })),
    })),
    missed,
  });
}

export function portFields(ports: ReachPorts) {
  return ports.all ? 'all' : ports.ports.map(({ protocol, first, last }) => ({ protocol, first, last }));
}
