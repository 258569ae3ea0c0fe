import type { SourceName } from '../../model/sources.ts';
import type { Evidence, Json } from '../../model/violation.ts';
import type { Asks } from './asks.ts';
import type { Binding } from './bindings.ts';
import type { AnsweringRole, Grant, ScopeGrants, SubjectGrants } from './grant.ts';
import type { HeldAsks } from './held-powers.ts';
import { describeRule } from './policy-rule.ts';
import { powerSeverity, severityFor } from './power-severity.ts';
import { contains, powerDefinition, type Power } from './powers.ts';
import type { Right } from './right.ts';
import { holderText, subjectResource } from './subject.ts';
import { aboutOneObject } from './same-object.ts';
import { compareText } from '../../model/compare-text.ts';

/** One right with what shows it. `namespace`: undefined for the whole cluster. */
export function rightOf(held: SubjectGrants, power: Power, namespace: string | undefined, { asks, scope, beside }: HeldAsks, powers: readonly Power[]): Right {
  const definition = powerDefinition(power);
  const { enough, relevant } = answersFor(power, asks);
  // Grants of elsewhere belong to it only where those of the scope alone do not do.
  const own = aboutOneObject(scope.asks, [scope]);
  const alone = definition.anyOf.some((needed) => (own & needed) === needed);
  const grants = contributing([...scope.grants, ...(alone ? [] : firstContributing(beside, relevant))], relevant);
  const where = namespace === undefined ? 'in every namespace' : `in ${namespace}`;
  return {
    power,
    resource: subjectResource(held.subject),
    key: `${power}@${namespace ?? 'cluster'}`,
    ...(namespace === undefined ? {} : { namespace }),
    severity: severityFor(held.subject, powerSeverity(power, namespace)),
    cause: `${causingRoles(grants, enough)}: ${power}`,
    evidence: evidenceOf(power, grants, relevant, powers),
    restsOn: sourcesOf(grants),
    message: `${holderText(held.subject)} ${definition.says(where)}, by ${bindingsText(grants)}`,
  };
}

interface Answers {
  readonly enough: readonly Asks[];
  /** All of them together. */
  readonly relevant: Asks;
}

/** The combinations that give a power to whoever answers so. */
function answersFor(power: Power, asks: Asks): Answers {
  const enough = powerDefinition(power).anyOf.filter((needed) => (asks & needed) === needed);
  return { enough, relevant: enough.reduce((all, needed) => all | needed, 0n) };
}

/** Grants that have a part in it, by binding; those by default only where nothing else has. */
function contributing(grants: readonly Grant[], relevant: Asks): readonly Grant[] {
  if (grants.length === 1 && (grants[0]!.asks & relevant) !== 0n) return grants;
  const taking = grants.filter(({ asks }) => (asks & relevant) !== 0n);
  const added = taking.filter(({ asks, byDefault }) => (asks & relevant & ~byDefault) !== 0n);
  return (added.length > 0 ? added : taking).sort(compareGrants);
}

/** How many cluster-wide grants are named in each of a subject's namespaces. */
const BESIDE_CAP = 20;
const besideGrants = new WeakMap<ScopeGrants, Map<Asks, readonly Grant[]>>();

/** The first of a scope's grants that have a part in it; worked out once for all namespaces. */
function firstContributing(scope: ScopeGrants, relevant: Asks): readonly Grant[] {
  let byAsks = besideGrants.get(scope);
  if (!byAsks) besideGrants.set(scope, (byAsks = new Map()));
  let grants = byAsks.get(relevant);
  if (!grants) byAsks.set(relevant, (grants = contributing([...scope.grants], relevant).slice(0, BESIDE_CAP)));
  return grants;
}

export function compareGrants(a: Grant, b: Grant): number {
  return compareText(a.binding.text, b.binding.text) || compareText(a.role.text, b.role.text);
}

/** The role whose repair removes it: the first that gives it alone, else all that give it together. */
function causingRoles(grants: readonly Grant[], enough: readonly Asks[]): string {
  if (grants.length === 1) return sourceOf(grants[0]!.role, enough);
  const alone = grants.filter(({ asks }) => enough.some((needed) => (asks & needed) === needed));
  const roles = [...new Set((alone.length > 0 ? alone : grants).map(({ role }) => sourceOf(role, enough)))].sort();
  return alone.length > 0 ? roles[0]! : roles.join(' + ');
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

/** What a binding was shown with last: it gives thousands the same. */
const shownOf = new WeakMap<Binding, { readonly power: Power; readonly relevant: Asks; readonly powers: readonly Power[]; readonly evidence: Evidence }>();

/** What a role is shown with for a power; made once for the many subjects that are bound to it. */
const shownRules = new WeakMap<AnsweringRole, Map<Asks, readonly string[]>>();

export function shownGrant({ binding, role }: Grant, relevant: Asks): Json {
  // Whoever takes the right back deletes such a binding, and edits others.
  return { binding: binding.text, ...(binding.subjects.size === 1 ? { bindsNobodyElse: true } : {}), role: role.text, rules: rulesFor(role, relevant) };
}

function rulesFor(role: AnsweringRole, relevant: Asks): readonly string[] {
  let byAsks = shownRules.get(role);
  if (!byAsks) shownRules.set(role, (byAsks = new Map()));
  let rules = byAsks.get(relevant);
  if (!rules) {
    rules = [...new Set(role.rules.filter((_, index) => (role.ruleAsks[index]! & relevant) !== 0n).map(describeRule))].sort();
    byAsks.set(relevant, rules);
  }
  return rules;
}

function evidenceOf(power: Power, grants: readonly Grant[], relevant: Asks, powers: readonly Power[]): Evidence {
  const binding = grants.length === 1 ? grants[0]!.binding : undefined;
  const known = binding && shownOf.get(binding);
  if (known && known.power === power && known.relevant === relevant && known.powers === powers) return known.evidence;
  const includes = powers.filter((other) => other !== power && contains(power, other)).sort();
  const evidence = { grants: grants.map((grant) => shownGrant(grant, relevant)), ...(includes.length > 0 && !power.endsWith('-admin') ? { includes } : {}) };
  if (binding) shownOf.set(binding, { power, relevant, powers, evidence });
  return evidence;
}

export function sourcesOf(grants: readonly Grant[]): readonly SourceName[] {
  return [...new Set(grants.flatMap(({ binding }) => [binding.source, binding.roleSource]))].sort();
}

/** `ClusterRoleBinding ops`, `RoleBinding shop/ops and 2 more`. */
export function bindingsText(grants: readonly Grant[]): string {
  if (grants.length === 1) return grants[0]!.binding.text;
  const texts = [...new Set(grants.map(({ binding }) => binding.text))].sort();
  return texts.length > 1 ? `${texts[0]} and ${texts.length - 1} more` : texts[0]!;
}
