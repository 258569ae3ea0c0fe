import type { V1LabelSelector, V1ObjectMeta } from '@kubernetes/client-node';

/**
 * Policy kinds that a CRD defines and client-node has no types for. Rules are kept whole and typed as unknown where only a later
 * engine reads them.
 */
export interface CustomObject<Spec> {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: V1ObjectMeta;
  readonly spec?: Spec;
}

export interface TierSubject {
  readonly namespaces?: V1LabelSelector;
  readonly pods?: { readonly namespaceSelector?: V1LabelSelector; readonly podSelector?: V1LabelSelector };
}

/** Upstream's and EKS's ClusterNetworkPolicy, AdminNetworkPolicy and BaselineAdminNetworkPolicy share this frame. */
export interface TierPolicySpec {
  readonly tier?: string;
  readonly priority?: number;
  readonly subject?: TierSubject;
  readonly ingress?: readonly TierRule[];
  readonly egress?: readonly TierRule[];
}

export interface TierRule {
  readonly name?: string;
  readonly action?: string;
  readonly from?: readonly unknown[];
  readonly to?: readonly unknown[];
  readonly ports?: readonly unknown[];
  readonly protocols?: readonly unknown[];
}

export interface ApplicationNetworkPolicySpec {
  readonly podSelector?: V1LabelSelector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly unknown[];
  readonly egress?: readonly unknown[];
}

export interface PolicyEndpointSpec {
  readonly policyRef?: { readonly name?: string; readonly namespace?: string };
  readonly podSelector?: V1LabelSelector;
  readonly podIsolation?: readonly string[];
}

export interface GatewaySpec {
  readonly gatewayClassName?: string;
  readonly addresses?: readonly { readonly type?: string; readonly value?: string }[];
  readonly listeners?: readonly { readonly name?: string; readonly port?: number; readonly protocol?: string }[];
}

export interface HttpRouteSpec {
  readonly parentRefs?: readonly { readonly name?: string; readonly namespace?: string; readonly kind?: string }[];
  readonly rules?: readonly { readonly backendRefs?: readonly { readonly name?: string; readonly namespace?: string; readonly port?: number; readonly kind?: string }[] }[];
}
