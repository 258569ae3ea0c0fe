import type { V1ConfigMap } from '@kubernetes/client-node';
import type { Collected } from '../../model/collected.ts';
import { textOf } from '../as-read.ts';

/** Keys of the ConfigMap kube-system/cilium-config that decide whether Cilium enforces policies, and how it reads them. */
export const CILIUM_KEYS: readonly string[] = ['enable-policy', 'policy-audit-mode', 'enable-k8s-networkpolicy', 'policy-cidr-match-mode'];

/** What Cilium makes of policies. `off`: it runs and enforces none. `always`: it denies to a pod that no policy selects. `nodesInBlocks`: an ipBlock matches nodes. */
export type CiliumEnforcement =
  | { readonly state: 'on'; readonly always: boolean; readonly nodesInBlocks: boolean }
  | { readonly state: 'off' | 'unknown'; readonly why: string };

/**
 * By its ConfigMap. That Kubernetes' own policies can be switched off alone is inferred from its source and makes the answer unknown.
 * https://docs.cilium.io/en/stable/security/network/policyenforcement/, https://docs.cilium.io/en/stable/security/policy-creation/
 */
export function ciliumEnforcement(config: Collected<readonly V1ConfigMap[]>): CiliumEnforcement {
  if (!config.ok) return { state: 'unknown', why: 'Cilium runs here, and its settings could not be read' };
  const data = config.value[0]?.data;
  if (!data) return { state: 'unknown', why: 'Cilium runs here, and its ConfigMap kube-system/cilium-config is not there' };
  if (data['enable-policy'] === 'never') return { state: 'off', why: 'enable-policy in the ConfigMap kube-system/cilium-config is "never"' };
  if (data['policy-audit-mode'] === 'true') return { state: 'off', why: 'Cilium only reports what it would drop: policy-audit-mode in the ConfigMap kube-system/cilium-config is "true"' };
  if (data['enable-k8s-networkpolicy'] === 'false') return { state: 'unknown', why: 'enable-k8s-networkpolicy in the ConfigMap kube-system/cilium-config is "false"' };
  return { state: 'on', always: data['enable-policy'] === 'always', nodesInBlocks: (textOf(data['policy-cidr-match-mode']) ?? '').split(/[\s,]+/).includes('nodes') };
}
