import type { ClusterTarget } from '../../model/cluster-target.ts';
import type { Refusal } from '../../model/collected.ts';
import type { KindRead } from './read-kind.ts';

/** Why not one kind could be read, as one sentence with the next step. */
export function nothingRead(reads: ReadonlyMap<string, KindRead>, target: ClusterTarget): Refusal {
  const reasons = [...reads.values()].flatMap(({ value }) => (value.ok ? [] : [value.reason]));
  const [first] = reasons;
  if (first === undefined) return { code: 'unavailable', message: 'the API server serves none of the kinds that an audit reads: is it a cluster?' };
  const codes = new Set(reasons.map(({ code }) => code));
  if (codes.has('forbidden')) return { code: 'forbidden', message: `signed in, but the API server gives no rights (403 on everything). The group "eksaminer" is not bound in it. Next: kubectl ${contextOf(target)}apply -f docs/permissions.yaml` };
  if (codes.has('unauthorized')) return { code: 'unauthorized', message: first.message };
  return { code: first.code, message: `not one kind could be read: ${first.message}` };
}

function contextOf(target: ClusterTarget): string {
  if (target.via !== 'kubeconfig') return '';
  const { context } = target;
  // Pasted into a shell, a context's name must stay one word.
  return `--context ${/^[\w@%+=:,./-]+$/.test(context) ? context : `'${context.replaceAll("'", "'\\''")}'`} `;
}
