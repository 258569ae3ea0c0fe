import { whoCanDocument } from '../../lambda/report/json/rights-documents.ts';
import type { WhoCan, WhoCanAnswer } from '../../lambda/report/rights-answer.ts';
import { whoCanReport } from '../../lambda/report/terminal/rights-reports.ts';
import type { SourceOptions } from '../audit/targets.ts';
import { columnsOf, itemsThatFit, type Console } from '../console.ts';
import { lookForRights, type RightsOfCluster } from '../rbac/look-for-rights.ts';
import { questionOf, type Question, type QuestionOptions } from '../rbac/question.ts';

export interface RightsCommandOptions extends Omit<SourceOptions, 'namespace'> {
  readonly output: 'table' | 'json';
  readonly all?: boolean;
  readonly quiet?: boolean;
}

/** `eksaminer who-can`. Exit 2 where a cluster was not looked at, or what was not read could add somebody. */
export async function whoCan(verb: string, what: string, { namespace, name, ...options }: RightsCommandOptions & QuestionOptions, io: Console, settle: (code: number) => void): Promise<void> {
  const question = questionOf(verb, what, { ...(namespace === undefined ? {} : { namespace }), ...(name === undefined ? {} : { name }) });
  const { clusters, missed } = await lookForRights(options, io);
  const answers = clusters.map((cluster) => answerOf(cluster, question));
  settle(missed.length > 0 || answers.some(isOpen) ? 2 : 0);
  const found: WhoCan = { ...question, answers };
  await io.out(options.output === 'json' ? whoCanDocument(found, missed) : answers.length === 0 ? '' : whoCanReport(found, layoutOf(io, options)));
}

function answerOf({ cluster, authorizer, chain, unread }: RightsOfCluster, { request, acrossNamespaces }: Question): WhoCanAnswer {
  const { subjects, principals, nodes, unread: missing } = chain.whoCan(request);
  return { cluster, subjects, principals, nodes, elsewhere: acrossNamespaces ? authorizer.allowingNamespaces(request) : [], unread: unread(missing) };
}

function isOpen({ unread, principals, nodes }: WhoCanAnswer): boolean {
  return unread.length > 0 || nodes === 'unknown' || principals.some(({ policies }) => policies.length === 0);
}

export function layoutOf(io: Console, { all }: { readonly all?: boolean }): { readonly width: number; readonly colour: boolean; readonly rows: number } {
  return { width: columnsOf(io), colour: io.colour, rows: all ? Infinity : 3 * itemsThatFit(io) };
}
