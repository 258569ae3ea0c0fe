import type * as k8s from '@kubernetes/client-node';
import { KUBERNETES_DEFAULTS } from '../../../lambda/facts/rbac/defaults/kubernetes-defaults.ts';
import { rule } from './rbac-objects.ts';

/** The rules of Kubernetes' own ClusterRoles that flow into these. */
function rulesOf(...roles: readonly string[]): k8s.V1PolicyRule[] {
  return KUBERNETES_DEFAULTS.roles
    .filter(([role]) => roles.includes(role))
    .flatMap(([, rules]) => rules ?? [])
    .map((text) => {
      const [verbs = '', groups = '', resources = ''] = text.split(';');
      return rule(verbs, groups, resources);
    });
}

/** What the aggregation controller fills `edit` and `admin` with. */
export const EDIT_RULES = rulesOf('ClusterRole system:aggregate-to-view', 'ClusterRole system:aggregate-to-edit');
export const ADMIN_RULES = [...EDIT_RULES, ...rulesOf('ClusterRole system:aggregate-to-admin')];
