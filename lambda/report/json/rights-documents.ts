import type { GrantedRule } from '../../facts/rbac/authorizer/authorizer.ts';
import type { PolicyRule } from '../../facts/rbac/policy-rule.ts';
import type { ClusterIdentity } from '../../model/cluster-target.ts';
import type { Unread } from '../../model/derived.ts';
import { BEYOND_RBAC, type WhatCan, type WhoCan } from '../rights-answer.ts';
import { asciiJson } from './ascii-json.ts';

/** Targets that could not be looked at at all. */
export type MissedRights = readonly { readonly label: string; readonly reason: string }[];

/** `eksaminer who-can --output json`. Whoever is not among `subjects` is `others`: denied by RBAC, or unknown. */
export function whoCanDocument({ request, notes, answers }: WhoCan, missed: MissedRights): string {
  return asciiJson({
    schemaVersion: 1,
    request,
    notes: [...notes, BEYOND_RBAC],
    clusters: answers.map(({ cluster, subjects, elsewhere, unread }) => ({
      ...clusterFields(cluster),
      others: unread.length > 0 ? 'unknown' : 'denied',
      subjects: subjects.map(({ subject, by }) => ({ ...subject, by: by.map(grantFields) })),
      alsoInNamespaces: elsewhere,
      unread: unread.map(unreadFields),
    })),
    missed,
  });
}

/** `eksaminer what-can --output json`. What no rule allows is `others`: denied by RBAC, or unknown. */
export function whatCanDocument({ subject, identity, answers }: WhatCan, missed: MissedRights): string {
  return asciiJson({
    schemaVersion: 1,
    subject,
    identity,
    notes: [BEYOND_RBAC],
    clusters: answers.map(({ cluster, scopes, unread }) => ({
      ...clusterFields(cluster),
      others: unread.length > 0 ? 'unknown' : 'denied',
      scopes: scopes.map(({ namespace, rules }) => ({ namespace: namespace ?? null, rules: rules.map((granted) => ({ ...ruleFields(granted.rule), ...grantFields(granted) })) })),
      unread: unread.map(unreadFields),
    })),
    missed,
  });
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
