import type { GrantedRule, GrantedSubject, ScopeRules } from '../../facts/rbac/authorizer/authorizer.ts';
import { MASTERS } from '../../facts/rbac/authorizer/request.ts';
import { describeRule } from '../../facts/rbac/policy-rule.ts';
import { subjectText } from '../../facts/rbac/subject.ts';
import type { Unread } from '../../model/derived.ts';
import { counted } from '../../model/time-words.ts';
import { reasonWords } from '../coverage-words.ts';
import { BEYOND_RBAC, type WhatCan, type WhatCanAnswer, type WhoCan, type WhoCanAnswer } from '../rights-answer.ts';
import { separated } from './item-blocks.ts';
import { layOut, paragraph, span, type Block, type TerminalOptions } from './layout.ts';

export interface RightsOptions extends TerminalOptions {
  /** Rows of one list; the rest is a number. */
  readonly rows: number;
}

const INDENT = 2;
const NAMED_NAMESPACES = 8;

/** `eksaminer who-can`: a block a cluster. */
export function whoCanReport({ text, notes, answers }: WhoCan, options: RightsOptions): string {
  const blocks = answers.map((answer) => [heading(answer.cluster.label, `who can ${text}`), ...subjectBlocks(answer, options.rows), verdict(answer, answer.subjects.length)]);
  return layOut(separated([...blocks, footOf(notes)]), options);
}

function subjectBlocks({ subjects, elsewhere }: WhoCanAnswer, rows: number): readonly Block[] {
  const shown = subjects.slice(0, rows).map((granted) => paragraph(INDENT, span(subjectText(granted.subject), 'strong'), span(`  ${byWords(granted)}`, 'quiet')));
  if (subjects.length > rows) shown.push(paragraph(INDENT, `… and ${subjects.length - rows} more; --all shows them`));
  if (elsewhere.length > 0) {
    const more = elsewhere.length > NAMED_NAMESPACES ? ` and ${elsewhere.length - NAMED_NAMESPACES} more` : '';
    shown.push(paragraph(INDENT, `RoleBindings allow it in ${counted(elsewhere.length, 'namespace')} too: ${elsewhere.slice(0, NAMED_NAMESPACES).join(', ')}${more}. Ask with -n`));
  }
  return shown;
}

function byWords({ subject, by }: GrantedSubject): string {
  const masters = subject.kind === 'Group' && subject.name === MASTERS;
  const words = by.length === 0 ? [] : [`${grantWords(by[0]!)}${by.length > 1 ? ` and ${by.length - 1} more` : ''}`];
  return [...(masters ? ['whatever is bound to it'] : []), ...words].join('; ');
}

function grantWords({ binding }: GrantedRule): string {
  return `by ${binding.text}, ${binding.role}`;
}

/** `eksaminer what-can`: a block a cluster. */
export function whatCanReport({ subject, identity, answers }: WhatCan, options: RightsOptions): string {
  const groups = identity.groups.filter((group) => subject.kind !== 'Group' || group !== subject.name);
  const as = `what ${subjectText(subject)} can do${groups.length > 0 ? `, with the groups ${groups.join(', ')}` : ''}`;
  const everything = identity.groups.includes(MASTERS) ? [paragraph(INDENT, span('everything: its members are asked no further', 'strong'))] : [];
  const blocks = answers.map((answer) => [heading(answer.cluster.label, as), ...everything, ...answer.scopes.flatMap((scope) => scopeBlocks(scope, options.rows)), verdictOfRules(answer)]);
  return layOut(separated([...blocks, footOf([])]), options);
}

function scopeBlocks({ namespace, rules }: ScopeRules, rows: number): readonly Block[] {
  const byRule = new Map<string, GrantedRule[]>();
  for (const granted of rules) {
    const text = describeRule(granted.rule);
    byRule.set(text, [...(byRule.get(text) ?? []), granted].slice(0, MOST_BINDINGS));
  }
  const sorted = [...byRule].sort(([a], [b]) => (a < b ? -1 : 1));
  const shown = sorted.slice(0, rows).map(([text, granted]) => paragraph(2 * INDENT, span(text), span(`  ${grantWords(granted[0]!)}${granted.length > 1 ? ' and others' : ''}`, 'quiet')));
  if (sorted.length > rows) shown.push(paragraph(2 * INDENT, `… and ${sorted.length - rows} more; --all shows them`));
  return [paragraph(INDENT, span(namespace === undefined ? 'everywhere' : `in ${namespace}`, 'strong')), ...shown];
}

/** More are "others". */
const MOST_BINDINGS = 2;

function heading(label: string, words: string): Block {
  return paragraph(0, span(label, 'strong'), `: ${words}`);
}

function verdict({ unread }: { readonly unread: readonly Unread[] }, count: number): Block {
  const known = counted(count, 'subject');
  return paragraph(INDENT, unread.length === 0 ? `${known}; RBAC denies it to all others` : `${known} at least. Whether others can is unknown: ${reasonWords(unread)}`);
}

function verdictOfRules({ scopes, unread }: WhatCanAnswer): Block {
  const count = scopes.reduce((sum, { rules }) => sum + rules.length, 0);
  const known = count === 0 ? 'No rule that was read reaches it' : `${counted(count, 'rule')} in ${counted(scopes.length, 'scope')}`;
  return paragraph(INDENT, unread.length === 0 ? `${known}; RBAC denies everything else` : `${known}. Whether it can do more is unknown: ${reasonWords(unread)}`);
}

function footOf(notes: readonly string[]): readonly Block[] {
  return [...notes, BEYOND_RBAC].map((note) => paragraph(0, span(`${note}.`, 'quiet')));
}
