import type { ScopeRules } from '../../lambda/facts/rbac/authorizer/authorizer.ts';
import { identityOf } from '../../lambda/facts/rbac/authorizer/identity-of.ts';
import type { Identity } from '../../lambda/facts/rbac/authorizer/request.ts';
import { whatCanDocument } from '../../lambda/report/json/rights-documents.ts';
import type { WhatCan, WhatCanAnswer } from '../../lambda/report/rights-answer.ts';
import { whatCanReport } from '../../lambda/report/terminal/rights-reports.ts';
import type { Console } from '../console.ts';
import { askedSubject } from '../rbac/asked-subject.ts';
import { lookForRights, type RightsOfCluster } from '../rbac/look-for-rights.ts';
import { layoutOf, type RightsCommandOptions } from './who-can.ts';

export interface WhatCanOptions extends RightsCommandOptions {
  readonly namespace?: string;
  readonly group?: readonly string[];
}

/** `eksaminer what-can`. Exit 2 where a cluster was not looked at, or what was not read could add a rule. */
export async function whatCan(words: readonly string[], { namespace, group = [], ...options }: WhatCanOptions, io: Console, settle: (code: number) => void): Promise<void> {
  const subject = askedSubject(words);
  const own = identityOf(subject);
  const identity: Identity = { ...own, groups: [...new Set([...own.groups, ...group])] };
  const { clusters, missed } = await lookForRights(options, io);
  const answers = clusters.map((cluster) => answerOf(cluster, identity, namespace));
  settle(missed.length > 0 || answers.some(({ unread }) => unread.length > 0) ? 2 : 0);
  const found: WhatCan = { subject, identity, answers };
  await io.out(options.output === 'json' ? whatCanDocument(found, missed) : answers.length === 0 ? '' : whatCanReport(found, layoutOf(io, options)));
}

function answerOf({ cluster, authorizer, unread }: RightsOfCluster, identity: Identity, namespace: string | undefined): WhatCanAnswer {
  if (namespace === undefined) {
    const found = authorizer.rulesEverywhere(identity);
    return { cluster, scopes: effective(found.scopes), unread: unread(found.unread) };
  }
  const found = authorizer.rulesFor(identity, namespace);
  const everywhere = found.rules.filter(({ binding }) => binding.namespace === undefined);
  const here = found.rules.filter(({ binding }) => binding.namespace !== undefined);
  return { cluster, scopes: effective([{ rules: everywhere }, { namespace, rules: here }]), unread: unread(found.unread) };
}

/** Without rules about addresses in RoleBindings, which have no effect, and scopes in which nothing is left. */
function effective(scopes: readonly ScopeRules[]): readonly ScopeRules[] {
  return scopes
    .map((scope) => (scope.namespace === undefined ? scope : { ...scope, rules: scope.rules.filter(({ rule }) => rule.resources.length > 0) }))
    .filter(({ rules }) => rules.length > 0);
}
