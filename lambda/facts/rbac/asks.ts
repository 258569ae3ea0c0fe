import type { Ask } from './ask.ts';
import { ASKS } from './ask-table.ts';
import { UNWRITTEN, type ResourceRequest } from './authorizer/request.ts';
import { ruleAllows } from './authorizer/rule-allows.ts';
import type { PolicyRule } from './policy-rule.ts';
import { TEXT_ASKS, type TextAsk } from './text-asks.ts';

/**
 * What the catalogue of powers asks of a role, one bit each: "may it do one of these verbs on one of these resources?". A role's answers
 * are worked out once, in time linear in its rules, by putting the requests behind each question to the authorizer's own test of a rule; everything after
 * that is arithmetic on bits.
 */
export type Asks = bigint;

/** One that requests ask. */
export type RequestAskName = keyof typeof ASKS;
export type AskName = RequestAskName | keyof typeof TEXT_ASKS;

const BITS = new Map<AskName, Asks>(([...Object.keys(ASKS), ...Object.keys(TEXT_ASKS)] as AskName[]).map((name, index) => [name, 1n << BigInt(index)]));

/** The bits of these asks together. */
export function asking(...names: readonly AskName[]): Asks {
  return names.reduce((bits, name) => bits | BITS.get(name)!, 0n);
}

/** All that are asked by requests; the others look at how a rule is written. */
export const REQUEST_ASKS: Asks = asking(...(Object.keys(ASKS) as RequestAskName[]));

/** One verb on one resource of an ask. */
interface Question {
  readonly bit: Asks;
  readonly request: Omit<ResourceRequest, 'name'>;
  /** Names that answer it, each alone; undefined: any that a rule writes. */
  readonly names: readonly string[] | undefined;
}

/** Questions by the resource of a rule that could answer them. */
const BY_RESOURCE = new Map<string, Question[]>();
const ALL: Question[] = [];
const TEXTS: readonly (readonly [Asks, TextAsk])[] = (Object.entries(TEXT_ASKS) as [AskName, TextAsk][]).map(([name, ask]) => [BITS.get(name)!, ask]);
/** What counts in every namespace, and what in one alone. */
let anywhere = 0n;
const ONLY_IN = new Map<string, Asks>();
for (const [bit, { where }] of TEXTS) if (where === 'anywhere') anywhere |= bit;
for (const [name, ask] of Object.entries(ASKS) as [RequestAskName, Ask][]) {
  const bit = BITS.get(name)!;
  if (ask.where === 'anywhere') anywhere |= bit;
  else if (ask.where !== 'cluster') ONLY_IN.set(ask.where, (ONLY_IN.get(ask.where) ?? 0n) | bit);
  for (const question of questionsOf(ask, bit)) {
    const { resource, subresource } = question.request;
    ALL.push(question);
    append(BY_RESOURCE, subresource === '' ? resource : `${resource}/${subresource}`, question);
    if (subresource !== '') append(BY_RESOURCE, `*/${subresource}`, question);
  }
}

function questionsOf({ on, verbs, names }: Ask, bit: Asks): readonly Question[] {
  return on.flatMap((path) => {
    const [group = '', resource = '', subresource = ''] = path.split('/');
    return verbs.map((verb) => ({ bit, request: { verb, group, resource, subresource, namespace: '' }, names: namesOf(names, verb, subresource) }));
  });
}

/** A create of an object and a deletecollection carry no name; a list or watch of all neither. Of a subresource the name stands in the address. */
function namesOf(names: Ask['names'], verb: string, subresource: string): readonly string[] | undefined {
  if (names === 'none' || (subresource === '' && (verb === 'create' || verb === 'deletecollection'))) return [''];
  if (names === 'any') return subresource === '' && (verb === 'list' || verb === 'watch') ? [''] : [UNWRITTEN];
  return names === 'some' || names === 'own' ? undefined : names;
}

function append(map: Map<string, Question[]>, key: string, question: Question): void {
  const list = map.get(key);
  if (list) list.push(question);
  else map.set(key, [question]);
}

/** The requests any of which answers an ask, with these names for one that any name answers. For tests and for asking an API server. */
export function* requestsOf(name: RequestAskName, written: readonly string[]): Iterable<ResourceRequest> {
  for (const { request, names } of questionsOf(ASKS[name], 0n)) for (const one of names ?? written) yield { ...request, name: one };
}

/** What of these answers counts in a namespace: cluster-scoped resources are inert there. */
export function asksInNamespace(asks: Asks, namespace: string): Asks {
  return asks & (anywhere | (ONLY_IN.get(namespace) ?? 0n));
}

/** What one rule answers. `changeNamedNamespace` and `deleteNamedNamespace` say that it names some namespace: `namedNamespaces` says which. */
export function asksOfRule(rule: PolicyRule): Asks {
  let asks = 0n;
  for (const resource of new Set(rule.resources)) {
    for (const question of resource === '*' ? ALL : (BY_RESOURCE.get(resource) ?? [])) {
      if ((asks & question.bit) === 0n && answers(rule, question)) asks |= question.bit;
    }
  }
  for (const [bit, ask] of TEXTS) if (ask.answeredBy(rule)) asks |= bit;
  return asks;
}

function answers(rule: PolicyRule, { request, names }: Question): boolean {
  return (names ?? [someName(rule)]).some((name) => ruleAllows(rule, { ...request, name }));
}

/** A name that the rule fits; the empty one is that of no object. */
function someName({ resourceNames }: PolicyRule): string {
  return resourceNames.find((name) => name !== '') ?? UNWRITTEN;
}

/** What rules say of namespaces by their names. */
export const OF_NAMED: Asks = asking('changeNamedNamespace', 'deleteNamedNamespace');

const NO_NAMES: ReadonlyMap<string, Asks> = new Map();

/** The namespaces that these rules let their holders change or delete by name, with which. */
export function namedNamespaces(rules: readonly PolicyRule[], ruleAsks: readonly Asks[]): ReadonlyMap<string, Asks> {
  let named: Map<string, Asks> | undefined;
  for (let index = 0; index < rules.length; index += 1) {
    const asks = ruleAsks[index]! & OF_NAMED;
    if (asks === 0n) continue;
    named ??= new Map();
    for (const name of rules[index]!.resourceNames) if (name !== '') named.set(name, (named.get(name) ?? 0n) | asks);
  }
  return named ?? NO_NAMES;
}
