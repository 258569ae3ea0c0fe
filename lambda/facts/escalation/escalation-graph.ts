import { concludeDeed } from './deed-edges.ts';
import { deedsOf, type Deed, type DeedKind } from './deeds.ts';
import { indexWorld, type EscalationWorld, type IndexedWorld } from './escalation-world.ts';
import type { HeldGrant, Holder } from './holder.ts';
import { concludeMeaning } from './identity-edges.ts';
import type { RoleId } from './iam-roles.ts';
import { keyOf, place, type Meaning } from './meaning.ts';
import { isNothing, type Rights } from './rights.ts';
import type { SourceName } from '../../model/sources.ts';
import { PropositionNames } from './proposition-names.ts';
import type { NodeOs } from './surroundings.ts';
import { RuleSystem, type Proposition, type RuleNumber } from './rule-system.ts';

/** Lists of what makes pods. */
export const MAKERS = ['pods', 'deployments', 'daemonSets', 'statefulSets', 'replicaSets', 'jobs', 'cronJobs', 'replicationControllers'] as const satisfies readonly SourceName[];
/** Deeds that meet others. */
const MEETING: ReadonlySet<DeedKind> = new Set(['change-namespaces', 'create-held-bindings', 'create-pods', 'create-secrets', 'read-secrets', 'rewrite-roles']);

/** Everything that may come true and what follows from what, over one world. */
export interface EscalationGraph {
  readonly world: IndexedWorld;
  readonly system: RuleSystem;
  meaningOf(proposition: Proposition): Meaning;
  /** Undefined: nothing that was read could bring it about. */
  find(meaning: Meaning): Proposition | undefined;
  /** Rules by which a role of IAM or the credentials of a node are taken: without them, what is left is what the cluster itself says. */
  readonly iamEdges: ReadonlySet<RuleNumber>;
  /**
   * Where somebody's ways begin: himself; an account that leads to roles of IAM with its pods. Undefined: he is nobody in the cluster, or another stands for him
   * (`IndexedWorld.sources`) and nobody asked about him.
   */
  startOf(holder: Pick<Holder, 'text' | 'subject'>): Proposition | undefined;
}

/** What edges are added by: propositions come to be as they are spoken of, and each says once what follows from it. */
export interface GraphBuilder {
  readonly world: IndexedWorld;
  say(meaning: Meaning): Proposition;
  follows(then: Proposition, first: Proposition, second?: Proposition): void;
  takesRole(role: RoleId, from: Proposition): void;
  /** By what AWS says of nodes: beside what the cluster itself says, as roles are. */
  asksForCredentials(os: NodeOs, from: Proposition): void;
  /** Adds all that these rights are good for to whoever `holder` says. */
  grant(holder: Proposition, rights: Rights, namespace: string | undefined): void;
  /** Says of a place from which more could follow if these had been read that it is one. */
  lacks(from: Proposition, ...sources: readonly SourceName[]): void;
  /** The same of what makes pods. */
  lacksMakers(from: Proposition): void;
  /** Deeds of a kind that meets others, unlimited, that were spoken of; by namespace, `undefined` for every one. */
  spokenOf(kind: DeedKind): ReadonlyMap<string | undefined, Proposition>;
}

/** Linear in bindings, subjects, accounts and templates: powers lead to abstract nodes, and these to what they stand for. */
export function buildEscalationGraph(given: EscalationWorld, also: readonly Holder[] = [], asked: readonly string[] = []): EscalationGraph {
  const world = indexWorld(given, also, asked);
  const meanings: Meaning[] = [];
  const system = new RuleSystem((proposition) => keyOf(meanings[proposition]!));
  const names = new PropositionNames();
  // Many hold the same role in the same namespace.
  const placed = new Map<Rights, Map<string | undefined, readonly Proposition[]>>();
  const iamEdges = new Set<RuleNumber>();
  const unlimited = new Map<DeedKind, Map<string | undefined, Proposition>>();

  function say(meaning: Meaning): Proposition {
    return names.get(meaning) ?? propose(meaning);
  }

  function propose(meaning: Meaning): Proposition {
    const proposition = system.propose();
    names.set(meaning, proposition);
    meanings.push(meaning);
    return proposition;
  }

  function spokenOf(kind: DeedKind): Map<string | undefined, Proposition> {
    let spoken = unlimited.get(kind);
    if (!spoken) unlimited.set(kind, (spoken = new Map()));
    return spoken;
  }

  function grant(holder: Proposition, rights: Rights, namespace: string | undefined): void {
    let byPlace = placed.get(rights);
    if (!byPlace) placed.set(rights, (byPlace = new Map()));
    let deeds = byPlace.get(namespace);
    if (!deeds) byPlace.set(namespace, (deeds = deedsAt(rights, namespace)));
    for (const deed of deeds) system.add(deed, holder);
  }

  function deedsAt(rights: Rights, namespace: string | undefined): readonly Proposition[] {
    const deeds: Proposition[] = [];
    for (const deed of deedsOf(rights, namespace)) if (isWorthSaying(deed)) deeds.push(names.deed(deed, namespace) ?? say(deedAt(deed, namespace)));
    return deeds;
  }

  /** Most clusters have no such tokens, and readers of Secrets are many. */
  function isWorthSaying({ kind }: Deed): boolean {
    return kind !== 'read-tokens' || world.surroundings.legacyTokens.size > 0 || world.unread.has('serviceAccounts');
  }

  function lacks(from: Proposition, ...sources: readonly SourceName[]): void {
    if (world.unread.size === 0) return;
    for (const source of sources) if (world.unread.has(source)) system.add(say({ is: 'unread', source }), from);
  }

  function takesRole(role: RoleId, from: Proposition): void {
    iamEdges.add(system.add(say({ is: 'iam', role }), from));
  }

  function asksForCredentials(os: NodeOs, from: Proposition): void {
    iamEdges.add(system.add(say({ is: 'node-credentials', os }), from));
  }

  const someMakerUnread = MAKERS.some((source) => world.unread.has(source));
  function lacksMakers(from: Proposition): void {
    if (someMakerUnread) system.add(say({ is: 'unread-makers' }), from);
  }

  const builder: GraphBuilder = { world, say, spokenOf, grant, lacks, lacksMakers, follows: (then, first, second) => void system.add(then, first, second), takesRole, asksForCredentials };
  for (const { holder } of world.sources) begin(holder);
  for (const holder of also) begin(holder);
  // What is concluded is said, and stands then behind those that were said before.
  for (let at = 0; at < meanings.length; at += 1) {
    const meaning = meanings[at]!;
    if (meaning.is === 'deed') conclude(meaning.deed, meaning.namespace, at);
    else concludeMeaning(builder, meaning, at);
  }

  function begin(holder: Holder): void {
    say({ is: 'identity', subject: holder.text });
    const pods = podsOf(world, holder);
    if (pods) say(pods);
    if (holdsByDefault(holder)) say({ is: 'default-part', subject: holder.text });
  }

  function conclude(deed: Deed, namespace: string | undefined, proposition: Proposition): void {
    concludeDeed(builder, deed, namespace, proposition);
    if (MEETING.has(deed.kind) && deed.name === undefined && deed.joining === undefined) spokenOf(deed.kind).set(namespace, proposition);
  }

  const find = (meaning: Meaning): Proposition | undefined => names.get(meaning);
  return {
    world,
    system,
    meaningOf: (proposition) => meanings[proposition]!,
    find,
    iamEdges,
    startOf: (holder) => find(podsOf(world, holder) ?? { is: 'identity', subject: holder.text }),
  };
}

/** Of an account that leads to roles of IAM. */
function podsOf(world: IndexedWorld, { subject }: Pick<Holder, 'subject'>): Meaning | undefined {
  if (subject.kind !== 'ServiceAccount' || !world.rolesOf(subject.namespace!, subject.name)) return undefined;
  return { is: 'account', namespace: subject.namespace!, name: subject.name };
}

/** A namespace that is named is the place itself. */
export function deedAt(deed: Deed, namespace: string | undefined): Meaning {
  if (deed.kind === 'change-namespaces' && deed.name !== undefined) return { is: 'deed', deed: { kind: deed.kind }, namespace: deed.name };
  return place({ is: 'deed', deed } as const, namespace);
}

export function holdsByDefault({ cluster, namespaces, byDefault }: Holder): boolean {
  if (!byDefault) return false;
  const isDefault = (grant: HeldGrant): boolean => !isNothing(grant.byDefault);
  return cluster.some(isDefault) || [...namespaces.values()].some((grants) => grants.some(isDefault));
}
