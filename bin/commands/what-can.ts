import { nodeOf, nodeRights } from '../../lambda/facts/authorization/node-authorizer.ts';
import { mayHoldPolicies } from '../../lambda/facts/authorization/authorizer-chain.ts';
import { identityOfPrincipal, type PolicyHolders } from '../../lambda/facts/authorization/policy-holders.ts';
import { coversNamespace } from '../../lambda/facts/identity/access-policies/access-scope.ts';
import { compareGranted, type Authorizer, type ScopeRules } from '../../lambda/facts/rbac/authorizer/authorizer.ts';
import { identityOf } from '../../lambda/facts/rbac/authorizer/identity-of.ts';
import type { Identity } from '../../lambda/facts/rbac/authorizer/request.ts';
import { compareText } from '../../lambda/model/compare-text.ts';
import { whatCanDocument } from '../../lambda/report/json/rights-documents.ts';
import { isDoubtful, type PrincipalRights, type WhatCan, type WhatCanAnswer } from '../../lambda/report/rights-answer.ts';
import { whatCanReport } from '../../lambda/report/terminal/rights-reports.ts';
import type { Console } from '../console.ts';
import { askedSubject } from '../rbac/asked-subject.ts';
import { lookForRights, type RightsOfCluster } from '../rbac/look-for-rights.ts';
import { layoutOf, type RightsCommandOptions } from './who-can.ts';

export interface WhatCanOptions extends RightsCommandOptions {
  readonly namespace?: string;
  readonly group?: readonly string[];
}

/** `eksaminer what-can`. Exit 2 where a cluster was not looked at, or what is not known could add a right. */
export async function whatCan(words: readonly string[], { namespace, group = [], ...options }: WhatCanOptions, io: Console, settle: (code: number) => void): Promise<void> {
  const subject = askedSubject(words);
  const own = identityOf(subject);
  const identity: Identity = { ...own, groups: [...new Set([...own.groups, ...group])] };
  const { clusters, missed } = await lookForRights(options, io);
  const answers = clusters.map((cluster) => answerOf(cluster, identity, namespace));
  const isOpen = ({ unread, principals, node }: WhatCanAnswer): boolean => unread.length > 0 || node !== undefined || principals.some(({ policies }) => policies.some(isDoubtful));
  settle(missed.length > 0 || answers.some(isOpen) ? 2 : 0);
  const found: WhatCan = { subject, identity, answers };
  await io.out(options.output === 'json' ? whatCanDocument(found, missed) : answers.length === 0 ? '' : whatCanReport(found, layoutOf(io, options)));
}

function answerOf({ cluster, authorizer, holders, minor, unread }: RightsOfCluster, asked: Identity, namespace: string | undefined): WhatCanAnswer {
  const principals = principalsBehind(asked, holders, namespace);
  const identity = withGroups(asked, principals);
  const { scopes, unread: missing } = rulesOf(authorizer, identity, namespace);
  const entries = mayHoldPolicies(asked) ? holders.unreadOfNames : [];
  return { cluster, identity, scopes, principals, node: nodeOf(identity) === undefined ? undefined : nodeRights(minor), unread: unread([...missing, ...entries]) };
}

/** Whom the cluster takes for a user of this name, and whom an ARN means. */
function principalsBehind({ user }: Identity, { takenFor, named }: PolicyHolders, namespace: string | undefined): readonly PrincipalRights[] {
  if (user === undefined) return [];
  const byArn = named(user);
  return [...new Set([...byArn, ...takenFor(user)])]
    .sort((a, b) => compareText(a.arn, b.arn))
    .map((principal) => ({
      principal,
      certain: byArn.includes(principal) || principal.username === user,
      policies: principal.policies.filter(({ scope }) => namespace === undefined || coversNamespace(scope, namespace) !== false),
    }));
}

function withGroups(asked: Identity, principals: readonly PrincipalRights[]): Identity {
  const certain = principals.filter((each) => each.certain).map(({ principal }) => identityOfPrincipal(principal));
  // An ARN that is asked about is the name of a user only where the cluster takes it for one.
  const user = certain.find((each) => each.user !== undefined)?.user ?? asked.user;
  return { user, groups: [...new Set([...asked.groups, ...certain.flatMap(({ groups }) => groups)])] };
}

function rulesOf(authorizer: Authorizer, identity: Identity, namespace: string | undefined) {
  if (namespace === undefined) {
    const found = authorizer.rulesEverywhere(identity);
    return { scopes: effective(found.scopes), unread: found.unread };
  }
  const found = authorizer.rulesFor(identity, namespace);
  const everywhere = found.rules.filter(({ binding }) => binding.namespace === undefined);
  const here = found.rules.filter(({ binding }) => binding.namespace !== undefined);
  return { scopes: effective([{ rules: everywhere }, { namespace, rules: here }]), unread: found.unread };
}

/** Sorted by binding, without rules about addresses in RoleBindings, which have no effect, and scopes in which nothing is left. */
function effective(scopes: readonly ScopeRules[]): readonly ScopeRules[] {
  return scopes
    .map((scope) => (scope.namespace === undefined ? scope : { ...scope, rules: scope.rules.filter(({ rule }) => rule.resources.length > 0) }))
    .filter(({ rules }) => rules.length > 0)
    .map((scope) => ({ ...scope, rules: [...scope.rules].sort(compareGranted) }));
}
