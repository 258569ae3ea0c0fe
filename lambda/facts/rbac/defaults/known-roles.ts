import type { PolicyRule } from '../policy-rule.ts';
import { ADDON_DEFAULTS } from './addon-defaults.ts';
import { EKS_DEFAULTS } from './eks-defaults.ts';
import { KUBERNETES_DEFAULTS } from './kubernetes-defaults.ts';
import { shippedRule } from './shipped-rule.ts';

/** The newest minor version of Kubernetes whose own objects are shipped here. */
export const NEWEST_KNOWN_MINOR = 36;

const KUBERNETES = new Map(KUBERNETES_DEFAULTS.roles);
const NAMES = new Set([KUBERNETES_DEFAULTS, EKS_DEFAULTS, ADDON_DEFAULTS].flatMap(({ roles, bindings }) => [...roles.map(([role]) => role), ...bindings.map(([binding]) => binding)]));

/** The rules that any known version of Kubernetes gives its own role; undefined where it is not one, or is filled by aggregation. */
export function rulesOfKubernetes(role: string): readonly PolicyRule[] | undefined {
  const rules = KUBERNETES.get(role);
  return rules === undefined || rules === null || rules.length === 0 ? undefined : rules.map(shippedRule);
}

/** Whether Kubernetes, EKS or a well-known add-on makes an object of this kind and name: `ClusterRole system:node`. */
export function isKnownObject(text: string): boolean {
  return NAMES.has(text);
}
