import type { GrantedRule, GrantedSubject, ScopeRules } from '../../facts/rbac/authorizer/authorizer.ts';
import type { PolicyHolderAnswer } from '../../facts/authorization/authorizer-chain.ts';
import type { NodesThatMay } from '../../facts/authorization/node-authorizer.ts';
import type { AccessScope } from '../../facts/identity/access-policies/access-scope.ts';
import { principalText } from '../../facts/identity/principal-arn.ts';
import { MASTERS } from '../../facts/rbac/authorizer/request.ts';
import { describeRule } from '../../facts/rbac/policy-rule.ts';
import { subjectText } from '../../facts/rbac/subject.ts';
import { counted } from '../../model/time-words.ts';
import { reasonWords } from '../coverage-words.ts';
import { WHOLE_CHAIN, isDoubtful, type PrincipalRights, type WhatCan, type WhatCanAnswer, type WhoCan, type WhoCanAnswer } from '../rights-answer.ts';
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
  const blocks = answers.map((answer) => [heading(answer.cluster.label, `who can ${text}`), ...subjectBlocks(answer, options.rows), verdict(answer)]);
  return layOut(separated([...blocks, footOf(notes)]), options);
}

function subjectBlocks({ subjects, principals, nodes, elsewhere }: WhoCanAnswer, rows: number): readonly Block[] {
  const all = [...subjects.map((granted) => paragraph(INDENT, span(subjectText(granted.subject), 'strong'), span(`  ${byWords(granted)}`, 'quiet'))), ...principals.map(holderBlock)];
  const shown = all.slice(0, rows);
  if (all.length > rows) shown.push(paragraph(INDENT, `… and ${all.length - rows} more; --all shows them`));
  if (nodes !== 'none') shown.push(paragraph(INDENT, span(NODE_WORDS[nodes], 'strong'), span('  by the Node authorizer', 'quiet')));
  if (elsewhere.length > 0) {
    const more = elsewhere.length > NAMED_NAMESPACES ? ` and ${elsewhere.length - NAMED_NAMESPACES} more` : '';
    shown.push(paragraph(INDENT, `RoleBindings allow it in ${counted(elsewhere.length, 'namespace')} too: ${elsewhere.slice(0, NAMED_NAMESPACES).join(', ')}${more}. Ask with -n`));
  }
  return shown;
}

const NODE_WORDS: { readonly [N in Exclude<NodesThatMay, 'none'>]: string } = {
  each: 'Every node',
  own: 'Every node, of what is called after it',
  named: 'The node of that name',
  related: 'Nodes, of what their pods use',
  unknown: 'Nodes, or not: it depends on the version and settings of the API server',
};

function holderBlock({ principal: { arn }, policies, doubts }: PolicyHolderAnswer): Block {
  const words = policies.length > 0 ? `by access policy ${policies.join(', ')}` : `unknown: ${doubts.join('; ')}`;
  return paragraph(INDENT, span(capital(principalText(arn)), 'strong'), span(`  ${words}`, 'quiet'));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
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
export function whatCanReport({ subject, answers }: WhatCan, options: RightsOptions): string {
  const blocks = answers.map((answer) => {
    const groups = answer.identity.groups.filter((group) => subject.kind !== 'Group' || group !== subject.name);
    const as = `what ${subjectText(subject)} can do${groups.length > 0 ? `, with the groups ${groups.join(', ')}` : ''}`;
    const everything = answer.identity.groups.includes(MASTERS) ? [paragraph(INDENT, span('everything: its members are asked no further', 'strong'))] : [];
    return [
      heading(answer.cluster.label, as),
      ...everything,
      ...answer.scopes.flatMap((scope) => scopeBlocks(scope, options.rows)),
      ...answer.principals.flatMap((principal) => principalBlocks(principal, options.rows)),
      ...nodeBlocks(answer),
      verdictOfRules(answer),
    ];
  });
  return layOut(separated([...blocks, footOf([])]), options);
}

function principalBlocks({ principal: { arn, via }, certain, policies }: PrincipalRights, rows: number): readonly Block[] {
  const when = certain ? '' : ', where a session of it is called so';
  const head = paragraph(INDENT, span(`as ${principalText(arn)}`, 'strong'), `, by ${via === 'access-entry' ? 'its access entry' : 'aws-auth'}${when}`);
  return [
    head,
    ...policies.flatMap(({ policy: { name, contents, rules }, scope }) => {
      const texts = [...new Set(rules.map(describeRule))].sort();
      const known = contents === 'documented' ? '' : contents === 'described' ? ', at least' : ': what it allows is not known';
      return [
        paragraph(2 * INDENT, `access policy ${name} ${scopeWords(scope)}${known}`),
        ...texts.slice(0, rows).map((text) => paragraph(3 * INDENT, text)),
        ...(texts.length > rows ? [paragraph(3 * INDENT, `… and ${texts.length - rows} more; --all shows them`)] : []),
      ];
    }),
  ];
}

function scopeWords(scope: AccessScope): string {
  if (scope.kind === 'cluster') return 'everywhere';
  return scope.kind === 'unsaid' ? 'where is not said' : `in ${scope.patterns.join(', ')}`;
}

function nodeBlocks({ node }: WhatCanAnswer): readonly Block[] {
  if (node === undefined) return [];
  return [paragraph(INDENT, span('as a node, at least', 'strong'), ', by the Node authorizer'), ...node.map((text) => paragraph(2 * INDENT, text))];
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

function verdict({ subjects, principals, unread }: WhoCanAnswer): Block {
  const doubtful = principals.filter(({ policies }) => policies.length === 0).length;
  const known = counted(subjects.length + principals.length - doubtful, 'subject');
  const open = doubtful > 0 ? `, and ${doubtful} of whom it is unknown` : '';
  return paragraph(INDENT, unread.length === 0 ? `${known}${open}; it is denied to all others` : `${known} at least${open}. Whether others can is unknown: ${reasonWords(unread)}`);
}

function verdictOfRules({ scopes, principals, node, unread }: WhatCanAnswer): Block {
  const count = scopes.reduce((sum, { rules }) => sum + rules.length, 0);
  const others = principals.some(({ policies }) => policies.length > 0) || node !== undefined;
  const known = count > 0 ? `${counted(count, 'rule')} of RBAC in ${counted(scopes.length, 'scope')}` : others ? 'No rule of RBAC that was read reaches it' : 'Nothing that was read reaches it';
  const doubts = principals.flatMap(({ policies }) => policies.filter(isDoubtful).map(({ policy }) => policy.name));
  const why = [...(doubts.length > 0 ? [`not all that ${[...new Set(doubts)].sort().join(', ')} allows is known`] : []), ...(node !== undefined ? ['a node may what its pods need, and settings of the API server add to it'] : []), ...(unread.length > 0 ? [reasonWords(unread)] : [])];
  return paragraph(INDENT, why.length === 0 ? `${known}; everything else is denied` : `${known}. Whether it can do more is unknown: ${why.join('; ')}`);
}

function footOf(notes: readonly string[]): readonly Block[] {
  return [...notes, WHOLE_CHAIN].map((note) => paragraph(0, span(`${note}.`, 'quiet')));
}
