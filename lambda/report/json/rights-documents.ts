import type { GrantedRule } from '../../facts/rbac/authorizer/authorizer.ts';
import type { PolicyRule } from '../../facts/rbac/policy-rule.ts';
import type { ClusterIdentity } from '../../model/cluster-target.ts';
import type { Unread } from '../../model/derived.ts';
import { WHOLE_CHAIN, isDoubtful, type PrincipalRights, type WhatCan, type WhoCan } from '../rights-answer.ts';
import { cappedJson } from './ascii-json.ts';

/** Targets that could not be looked at at all. */
export type MissedRights = readonly { readonly label: string; readonly reason: string }[];

/** `eksaminer who-can --output json`. Whoever is not among `subjects`, `principals` and `nodes` is `others`: denied, or unknown. */
export function whoCanDocument({ request, notes, answers }: WhoCan, missed: MissedRights): string {
  return cappedJson({
    schemaVersion: 1,
    request,
    notes: [...notes, WHOLE_CHAIN],
    clusters: answers.map(({ cluster, subjects, principals, nodes, elsewhere, unread }) => ({
      ...clusterFields(cluster),
      others: unread.length > 0 ? 'unknown' : 'denied',
      subjects: subjects.map(({ subject, by }) => ({ ...subject, by: by.map(grantFields) })),
      principals: principals.map(({ principal: { arn, username, groups }, policies, doubts }) => ({ arn, username, groups, answer: policies.length > 0 ? 'allowed' : 'unknown', accessPolicies: policies, doubts })),
      nodes,
      alsoInNamespaces: elsewhere,
      unread: unread.map(unreadFields),
    })),
    missed,
  });
}

/** `eksaminer what-can --output json`. What nothing here allows is `others`: denied, or unknown. */
export function whatCanDocument({ subject, identity, answers }: WhatCan, missed: MissedRights): string {
  return cappedJson({
    schemaVersion: 1,
    subject,
    identity,
    notes: [WHOLE_CHAIN],
    clusters: answers.map(({ cluster, identity: whole, scopes, principals, node, unread }) => ({
      ...clusterFields(cluster),
      others: unread.length > 0 || node !== undefined || principals.some(({ policies }) => policies.some(isDoubtful)) ? 'unknown' : 'denied',
      identity: whole,
      scopes: scopes.map(({ namespace, rules }) => ({ namespace: namespace ?? null, rules: rules.map((granted) => ({ ...ruleFields(granted.rule), ...grantFields(granted) })) })),
      principals: principals.map(principalFields),
      node: node === undefined ? null : { atLeast: node },
      unread: unread.map(unreadFields),
    })),
    missed,
  });
}

function principalFields({ principal: { arn, via, username, groups }, certain, policies }: PrincipalRights) {
  return {
    ...{ arn, via, username, groups, certain },
    accessPolicies: policies.map(({ policy: { name, contents, rules }, scope }) => ({
      ...{ name, contents, scope: scope.kind, namespaces: scope.kind === 'namespaces' ? scope.patterns : null },
      rules: rules.map(ruleFields),
    })),
  };
}

function clusterFields({ id, label, arn, account, region, name }: ClusterIdentity) {
  return { cluster: id, label, arn, account, region, name };
}

function grantFields({ binding }: GrantedRule) {
  return { binding: binding.text, role: binding.role };
}

function ruleFields({ verbs, apiGroups, resources, resourceNames, urls }: PolicyRule) {
  return urls.length > 0 ? { verbs, nonResourceURLs: urls } : { verbs, apiGroups, resources, ...(resourceNames.length > 0 ? { resourceNames } : {}) };
}

function unreadFields({ source, reason }: Unread) {
  return { source, code: reason.code, message: reason.message };
}
