import { compareText } from '../../model/compare-text.ts';
import { listed } from '../../model/listed.ts';
import { compareSeverity, type Severity } from '../../model/severity.ts';
import type { SourceName } from '../../model/sources.ts';
import { ownGroups, subjectText, type Subject } from '../../facts/rbac/subject.ts';
import { isWithin, type HeldRight } from './held-right.ts';
import type { RightsSide } from './rights-side.ts';

/** `seen-later`, `seen-before`: one side has it, and whether the other had it is not known. */
export const DIFFERENCES = ['gained', 'lost', 'seen-later', 'seen-before'] as const;
export type Difference = (typeof DIFFERENCES)[number];

/** Rights that came or went by one cause. */
export interface RightsChange {
  readonly difference: Difference;
  /** The worst of them. */
  readonly severity: Severity;
  /** What one repair would take back: `ClusterRole deployer: pod-create`. */
  readonly cause: string;
  /** Why it is not known; of the first of them. */
  readonly reason?: string;
  /** By holder, then place. */
  readonly rights: readonly HeldRight[];
}

/** What two looks at one cluster say of who holds what. */
export interface RightsDiff {
  readonly before: RightsSide;
  readonly after: RightsSide;
  /** Gained, lost, not known; the worst first. */
  readonly changes: readonly RightsChange[];
  /** Rights that both sides have, in the same words or others. */
  readonly same: number;
  /** Checks that a side could not answer completely, by why: what more they would have said is not known. */
  readonly blind: readonly { readonly side: 'before' | 'after'; readonly reason: string; readonly checks: readonly string[] }[];
}

/** Linear in the rights: each is looked up among those of its holder, and of the groups that come with him. */
export function diffRights(before: RightsSide, after: RightsSide): RightsDiff {
  const [had, has] = [indexed(before), indexed(after)];
  const found: { readonly right: HeldRight; readonly difference: Difference; readonly reason?: string }[] = [];
  let same = 0;
  for (const right of after.rights) {
    if (covers(had, right)) same += 1;
    else found.push(placed(right, 'gained', whyUnknown(right, before, after)));
  }
  for (const right of before.rights) if (!covers(has, right)) found.push(placed(right, 'lost', whyUnknown(right, after, before)));
  const groups = Map.groupBy(found, ({ right, difference }) => JSON.stringify([difference, right.cause]));
  return { before, after, changes: [...groups.values()].map(changeOf).sort(compareChanges), same, blind: blindIn(before, after) };

  function placed(right: HeldRight, difference: 'gained' | 'lost', reason: string | undefined) {
    return reason === undefined ? { right, difference } : { right, difference: difference === 'gained' ? ('seen-later' as const) : ('seen-before' as const), reason };
  }
}

function changeOf(group: readonly { readonly right: HeldRight; readonly difference: Difference; readonly reason?: string }[]): RightsChange {
  const rights = group.map(({ right }) => right).sort((a, b) => compareText(a.holder, b.holder) || compareText(a.namespace ?? '', b.namespace ?? '') || compareText(a.power, b.power));
  const [{ difference, reason }] = group as readonly [(typeof group)[number]];
  return { difference, severity: rights.map(({ severity }) => severity).sort(compareSeverity)[0]!, cause: rights[0]!.cause, ...(reason === undefined ? {} : { reason }), rights };
}

function compareChanges(a: RightsChange, b: RightsChange): number {
  return DIFFERENCES.indexOf(a.difference) - DIFFERENCES.indexOf(b.difference) || compareSeverity(a.severity, b.severity) || compareText(a.cause, b.cause);
}

/** By holder, then scope (`undefined`: everywhere), the powers there. */
type Index = ReadonlyMap<string, ReadonlyMap<string | undefined, readonly string[]>>;

function indexed({ rights }: RightsSide): Index {
  const index = new Map<string, Map<string | undefined, string[]>>();
  for (const { holder, namespace, power } of rights) {
    let scopes = index.get(holder);
    if (!scopes) index.set(holder, (scopes = new Map()));
    const powers = scopes.get(namespace);
    if (powers) powers.push(power);
    else scopes.set(namespace, [power]);
  }
  return index;
}

/** What everywhere holds, and what the groups hold that come with somebody, he has in one namespace too. */
function covers(index: Index, { holder, resource, namespace, power }: HeldRight): boolean {
  for (const each of [holder, ...groupsWith(holder, resource)]) {
    const scopes = index.get(each);
    for (const scope of new Set([undefined, namespace])) if (scopes?.get(scope)?.some((strong) => isWithin(power, strong))) return true;
  }
  return false;
}

function groupsWith(holder: string, { kind, namespace, name }: HeldRight['resource']): readonly string[] {
  const subject = { kind, ...(namespace === undefined ? {} : { namespace }), name } as Subject;
  // Of IAM's principals it is not said here which groups they are in.
  return subjectText(subject) === holder ? ownGroups(subject) : [];
}

const OF_NAMESPACES: ReadonlySet<SourceName> = new Set<SourceName>(['roles', 'roleBindings']);
/** An account in some namespace is a part of it, and so are the bindings there. */
const RESTS_ON_NAMESPACES = new Set(['impersonation']);

/** Why nobody can say whether a side that does not show a right had it all the same; undefined: it had not. */
function whyUnknown({ check, namespace, power }: HeldRight, side: RightsSide, other: RightsSide): string | undefined {
  const { namespaces, blind, revisions, cluster } = side;
  if (namespace !== undefined && namespaces !== 'all' && !namespaces.includes(namespace)) return `only ${listed(namespaces)} ${namespaces.length === 1 ? 'was' : 'were'} looked at`;
  const revision = revisions.get(check);
  if (revision === undefined) return `the check ${check} had not looked at ${cluster.label} yet`;
  const why = blind.get(check);
  // What is granted in the whole cluster stands in no Role and no RoleBinding.
  const direct = namespace === undefined && !power.includes(' ') && !RESTS_ON_NAMESPACES.has(power);
  if (why && !(direct && why.sources?.every((source) => OF_NAMESPACES.has(source)))) return why.reason;
  return revision === other.revisions.get(check) ? undefined : `another version of the check ${check} looked then`;
}

function blindIn(before: RightsSide, after: RightsSide): RightsDiff['blind'] {
  return ([['before', before], ['after', after]] as const).flatMap(([side, { blind }]) => {
    const byReason = Map.groupBy([...blind], ([, { reason }]) => reason);
    return [...byReason].map(([reason, checks]) => ({ side, reason, checks: checks.map(([check]) => check).sort() })).sort((a, b) => compareText(a.reason, b.reason));
  });
}
