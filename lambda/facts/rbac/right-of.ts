import type { Severity } from '../../model/severity.ts';
import type { SourceName } from '../../model/sources.ts';
import type { Evidence, Json, ResourceRef } from '../../model/violation.ts';
import type { Asks } from './asks.ts';
import type { AnsweringRole, Grant, ScopeGrants, SubjectGrants } from './grant.ts';
import type { HeldAsks } from './held-powers.ts';
import { describeRule } from './policy-rule.ts';
import { powerSeverity, severityFor } from './power-severity.ts';
import { contains, powerDefinition, type Power, type PowerDefinition } from './powers.ts';
import type { Right } from './right.ts';
import { holderText, subjectResource, type Subject } from './subject.ts';
import { aboutOneObject } from './same-object.ts';
import { compareText } from '../../model/compare-text.ts';

/** A right, with what shows it, of whoever holds the same grants. */
export interface HeldRight {
  readonly power: Power;
  readonly key: string;
  /** Of a right in one namespace. */
  readonly namespace: string | undefined;
  /** Of one particular subject. */
  readonly severity: Severity;
  readonly cause: string;
  readonly evidence: Evidence;
  readonly restsOn: readonly SourceName[];
  /** After the holder: `may read every Secret in shop, by RoleBinding shop/ops`. */
  readonly says: string;
}

/** One right of one subject. `namespace`: undefined for the whole cluster. */
export function rightOf(held: SubjectGrants, power: Power, namespace: string | undefined, asked: HeldAsks, powers: readonly Power[]): Right {
  return rightBy(held.subject, subjectResource(held.subject), heldRight(power, namespace, asked, powers));
}

export function rightBy(subject: Subject, resource: ResourceRef, { power, key, namespace, severity, cause, evidence, restsOn, says }: HeldRight): Right {
  const right = { power, resource, key, severity: severityFor(subject, severity), cause, evidence, restsOn, message: `${holderText(subject)} ${says}` };
  return namespace === undefined ? right : { ...right, namespace };
}

export function heldRight(power: Power, namespace: string | undefined, { asks, scope, beside }: HeldAsks, powers: readonly Power[]): HeldRight {
  const answer = answerFor(power, asks, powers);
  const grants = contributing(beside.grants.length === 0 || isAlone(answer, scope) ? scope.grants : [...scope.grants, ...firstContributing(beside, answer.relevant)], answer.relevant);
  return {
    power,
    key: `${power}@${namespace ?? 'cluster'}`,
    namespace,
    severity: powerSeverity(power, namespace),
    cause: causeOf(grants, answer),
    evidence: evidenceOf(grants, answer),
    restsOn: sourcesOf(grants),
    says: `${answer.definition.says(namespace === undefined ? 'in every namespace' : `in ${namespace}`)}, by ${bindingsText(grants)}`,
  };
}

/** Grants of elsewhere belong to it only where those of the scope alone do not do. */
function isAlone({ definition }: Answer, scope: ScopeGrants): boolean {
  const own = aboutOneObject(scope.asks, [scope]);
  return definition.anyOf.some((needed) => (own & needed) === needed);
}

/** By which answers somebody has a power, and what is shown of that in whatever place; the same for all who answer the same. */
interface Answer {
  readonly power: Power;
  readonly definition: PowerDefinition;
  readonly asks: Asks;
  /** The combinations that give it. */
  readonly enough: readonly Asks[];
  /** All of them together. */
  readonly relevant: Asks;
  /** Weaker powers that are not told beside it, sorted. */
  readonly includes: readonly Power[];
  /** What a role is shown with. */
  readonly rules: Map<AnsweringRole, readonly string[]>;
  /** Of one role. */
  readonly causes: Map<AnsweringRole, string>;
}

const answers = new WeakMap<readonly Power[], Map<Power, Answer>>();

function answerFor(power: Power, asks: Asks, powers: readonly Power[]): Answer {
  let byPower = answers.get(powers);
  if (!byPower) answers.set(powers, (byPower = new Map()));
  let answer = byPower.get(power);
  if (answer?.asks === asks) return answer;
  const definition = powerDefinition(power);
  const enough = definition.anyOf.filter((needed) => (asks & needed) === needed);
  const includes = power.endsWith('-admin') ? [] : powers.filter((other) => other !== power && contains(power, other)).sort();
  answer = { power, definition, asks, enough, relevant: enough.reduce((all, needed) => all | needed, 0n), includes, rules: new Map(), causes: new Map() };
  byPower.set(power, answer);
  return answer;
}

/** Grants that have a part in it, by binding; those by default only where nothing else has. */
function contributing(grants: readonly Grant[], relevant: Asks): readonly Grant[] {
  let taking = 0;
  let added = 0;
  for (const { asks, byDefault } of grants) {
    if ((asks & relevant) === 0n) continue;
    taking += 1;
    if (byDefault === 0n || (asks & relevant & ~byDefault) !== 0n) added += 1;
  }
  const wanted = added > 0 ? added : taking;
  const found = wanted === grants.length ? grants : grants.filter(({ asks, byDefault }) => (asks & relevant & (added > 0 ? ~byDefault : -1n)) !== 0n);
  return isInOrder(found) ? found : [...found].sort(compareGrants);
}

function isInOrder(grants: readonly Grant[]): boolean {
  for (let at = 1; at < grants.length; at += 1) if (compareGrants(grants[at - 1]!, grants[at]!) > 0) return false;
  return true;
}

/** How many cluster-wide grants are named in each of a subject's namespaces. */
const BESIDE_CAP = 20;
const besideGrants = new WeakMap<ScopeGrants, Map<Asks, readonly Grant[]>>();

/** The first of a scope's grants that have a part in it; worked out once for all namespaces. */
function firstContributing(scope: ScopeGrants, relevant: Asks): readonly Grant[] {
  let byAsks = besideGrants.get(scope);
  if (!byAsks) besideGrants.set(scope, (byAsks = new Map()));
  let grants = byAsks.get(relevant);
  if (!grants) byAsks.set(relevant, (grants = contributing(scope.grants, relevant).slice(0, BESIDE_CAP)));
  return grants;
}

export function compareGrants(a: Grant, b: Grant): number {
  return compareText(a.binding.text, b.binding.text) || compareText(a.role.text, b.role.text);
}

/** The role whose repair removes it, and the power: the first role that gives it alone, else all that give it together. */
function causeOf(grants: readonly Grant[], answer: Answer): string {
  if (grants.length === 1) return causeBy(grants[0]!.role, answer);
  const { enough, power } = answer;
  let first: string | undefined;
  for (const { asks, role } of grants) {
    if (!enough.some((needed) => (asks & needed) === needed)) continue;
    const cause = sourceOf(role, enough);
    if (first === undefined || cause < first) first = cause;
  }
  return `${first ?? [...new Set(grants.map(({ role }) => sourceOf(role, enough)))].sort().join(' + ')}: ${power}`;
}

/** The same text for all: findings of one cause are one item. */
function causeBy(role: AnsweringRole, { enough, power, causes }: Answer): string {
  let cause = causes.get(role);
  if (cause === undefined) causes.set(role, (cause = `${sourceOf(role, enough)}: ${power}`));
  return cause;
}

/** What flowed into view, edit or admin and gives it there: to repair that is to repair all three, and all who hold them. */
function sourceOf(role: AnsweringRole, enough: readonly Asks[]): string {
  const inflow = role.inflows?.find(({ asks }) => enough.some((needed) => (asks & needed) === needed));
  if (!inflow) return role.text;
  const own = ownAsks(role);
  return enough.some((needed) => (own & needed) === needed) ? role.text : inflow.text;
}

const ownOfRoles = new WeakMap<AnsweringRole, Asks>();

/** What the rules of a role answer that none of its inflows has; worked out once. */
function ownAsks(role: AnsweringRole): Asks {
  const known = ownOfRoles.get(role);
  if (known !== undefined) return known;
  const inflowing = new Set((role.inflows ?? []).flatMap(({ rules }) => rules.map((rule) => JSON.stringify(rule))));
  const own = role.rules.reduce((all, rule, index) => (inflowing.has(JSON.stringify(rule)) ? all : all | role.ruleAsks[index]!), 0n);
  ownOfRoles.set(role, own);
  return own;
}

/** The rules of a role that answer one of these. */
export function rulesFor(role: AnsweringRole, relevant: Asks): readonly string[] {
  return [...new Set(role.rules.filter((_, index) => (role.ruleAsks[index]! & relevant) !== 0n).map(describeRule))].sort();
}

/** A grant as evidence holds it, with its rules described. */
export function shownGrant({ binding, role }: Grant, rules: readonly string[]): Json {
  // Whoever takes the right back deletes such a binding, and edits others.
  if (binding.subjects.length === 1) return { binding: binding.text, bindsNobodyElse: true, role: role.text, rules };
  return { binding: binding.text, role: role.text, rules };
}

function evidenceOf(grants: readonly Grant[], { relevant, includes, rules: known }: Answer): Evidence {
  const shown: Json[] = [];
  for (const grant of grants) {
    let rules = known.get(grant.role);
    if (!rules) known.set(grant.role, (rules = rulesFor(grant.role, relevant)));
    shown.push(shownGrant(grant, rules));
  }
  return includes.length > 0 ? { grants: shown, includes } : { grants: shown };
}

const SOURCES = ['clusterRoleBindings', 'clusterRoles', 'roleBindings', 'roles'] as const satisfies readonly SourceName[];
const sourceLists = new Map<number, readonly SourceName[]>();

/** The lists that grants stand in, sorted; the same list for the same sources. */
export function sourcesOf(grants: readonly Grant[]): readonly SourceName[] {
  let those = 0;
  for (const { binding } of grants) those |= (1 << SOURCES.indexOf(binding.source)) | (1 << SOURCES.indexOf(binding.roleSource));
  let sources = sourceLists.get(those);
  if (!sources) sourceLists.set(those, (sources = SOURCES.filter((_, index) => (those & (1 << index)) !== 0)));
  return sources;
}

/** `ClusterRoleBinding ops`, `RoleBinding shop/ops and 2 more`, of grants by binding. */
export function bindingsText(grants: readonly Grant[]): string {
  const first = grants[0]!.binding.text;
  let more = 0;
  for (let at = 1; at < grants.length; at += 1) if (grants[at]!.binding.text !== grants[at - 1]!.binding.text) more += 1;
  return more > 0 ? `${first} and ${more} more` : first;
}
