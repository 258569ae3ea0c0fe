import { pairsOfCell } from '../../facts/network/reach/reach-matrix.ts';
import { DECLARED_WORKLOADS, type MatrixOfCluster } from '../matrix-of-cluster.ts';
import { cappedJson } from './ascii-json.ts';

/** `eksaminer reach --matrix --output json`, as `docs/schema/reach-matrix-1.json` describes it. */
export function reachMatrixDocument(port: string | undefined, clusters: readonly MatrixOfCluster[], missed: readonly { readonly label: string; readonly reason: string }[]): string {
  return cappedJson({
    schemaVersion: 1,
    port: port ?? null,
    notes: [DECLARED_WORKLOADS],
    clusters: clusters.map(({ cluster, unread, matrix }) => ({
      cluster: cluster.id,
      label: cluster.label,
      answered: matrix !== undefined,
      namespaces: matrix?.namespaces ?? [],
      pairs: matrix ? matrix.namespaces.map((_, from) => matrix.namespaces.map((_, to) => pairsOfCell(matrix, from, to))) : [],
      written: cellsOf(matrix?.written),
      enforced: cellsOf(matrix?.enforced),
      hostNetworkWorkloads: matrix?.hostNetwork ?? null,
      workloadsWithoutNodes: matrix?.withoutNodes ?? null,
      notes: matrix?.notes ?? [],
      unread: unread.map(({ source, reason }) => ({ source, code: reason.code, message: reason.message })),
    })),
    missed,
  });
}

function cellsOf(cells: NonNullable<MatrixOfCluster['matrix']>['written'] = []) {
  return cells.map((row) => row.map((pairs) => pairs ?? null));
}
