import { createFactResolver, type FactResolver } from '../../lambda/facts/derive.ts';
import type { EscalationWorld } from '../../lambda/facts/escalation/escalation-world.ts';
import type { Authorizer } from '../../lambda/facts/rbac/authorizer/authorizer.ts';
import type { ClusterIdentity } from '../../lambda/model/cluster-target.ts';
import type { Unread } from '../../lambda/model/derived.ts';
import type { SourceName } from '../../lambda/model/sources.ts';
import type { Snapshot } from '../../lambda/model/snapshot.ts';
import { look } from '../audit/look.ts';
import { createProgress } from '../audit/progress.ts';
import { targetsOf, type SourceOptions } from '../audit/targets.ts';
import type { Console } from '../console.ts';

/** One cluster whose rights can be asked about. */
export interface RightsOfCluster {
  readonly cluster: ClusterIdentity;
  readonly authorizer: Authorizer;
  /** For who asks for ways: worked out when asked. */
  escalationWorld(): EscalationWorld;
  /** Why these could not be read. */
  unread(sources: readonly SourceName[]): readonly Unread[];
}

export interface LookedForRights {
  readonly clusters: readonly RightsOfCluster[];
  readonly missed: readonly { readonly label: string; readonly reason: string }[];
}

/** Reads every target as an audit does. What could not be read at all is told on standard error. */
export async function lookForRights(options: SourceOptions & { readonly quiet?: boolean }, io: Console): Promise<LookedForRights> {
  const targets = await targetsOf(options);
  const progress = createProgress(io, targets.length, options.quiet === true);
  const clusters: RightsOfCluster[] = [];
  const missed: { label: string; reason: string }[] = [];
  for (const target of targets) {
    const looked = await look(target, { startedAt: io.now().toISOString(), now: io.now, onProgress: (doing) => progress.tell(target.label, doing) });
    progress.done(target.label);
    progress.clear();
    const problems = looked.ok ? looked.snapshot.problems : looked.problems;
    for (const problem of problems) io.note(`eksaminer: ${problem}`);
    if (looked.ok) clusters.push(rightsOf(looked.snapshot));
    else {
      missed.push({ label: target.label, reason: looked.reason.message });
      io.note(`eksaminer: ${target.label} was not looked at: ${looked.reason.message}`);
    }
  }
  progress.end();
  return { clusters, missed };
}

function rightsOf(snapshot: Snapshot): RightsOfCluster {
  const facts = createFactResolver(snapshot);
  const authorizer = facts.fact('rbacAuthorizer');
  if (!authorizer.ok) throw new Error('the authorizer needs nothing that could be refused');
  return { cluster: snapshot.cluster, authorizer: authorizer.value, escalationWorld: () => worldOf(facts), unread: (sources) => sources.map((source) => ({ source, reason: reasonOf(snapshot, source) })) };
}

function worldOf(facts: FactResolver): EscalationWorld {
  const world = facts.fact('escalationWorld');
  if (!world.ok) throw new Error('the world of escalation needs nothing that could be refused');
  return world.value;
}

function reasonOf({ sources, namespaces }: Snapshot, source: SourceName): Unread['reason'] {
  const value = sources[source];
  if (!value.ok) return value.reason;
  return { code: 'not-configured', message: `only ${namespaces === 'all' ? 'a part' : namespaces.join(', ')} was looked at` };
}
