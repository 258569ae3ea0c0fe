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

export interface ClusterPolicyEndpointSpec {
  readonly policyRef?: { readonly name?: string };
  readonly tier?: string;
  readonly priority?: number;
}

/** Pods that get security groups of their own: by their labels, or by those of their ServiceAccount. */
export interface SecurityGroupPolicySpec {
  readonly podSelector?: V1LabelSelector;
  readonly serviceAccountSelector?: V1LabelSelector;
  readonly securityGroups?: { readonly groupIds?: readonly string[] };
}

/** Of an Auto Mode node. */
export interface NodeClassSpec {
  readonly networkPolicy?: string;
  /** Name or ARN. */
  readonly role?: string;
  readonly instanceProfile?: string;
}

export interface CalicoInstallationSpec {
  readonly cni?: { readonly type?: string };
}

export interface CalicoHostEndpointSpec {
  readonly node?: string;
}

/** The AWS Load Balancer Controller says `inboundCIDRs`; what it sets wins over the annotations of an Ingress. */
export interface IngressClassParamsSpec {
  readonly scheme?: string;
  readonly inboundCIDRs?: readonly string[];
  readonly targetType?: string;
  readonly group?: { readonly name?: string };
}

/** A Service behind a target group of a load balancer. */
export interface TargetGroupBindingSpec {
  /** Of its own namespace. */
  readonly serviceRef?: { readonly name?: string };
}

/** What a Gateway or its class names for its settings. */
export interface ParametersRef {
  readonly group?: string;
  readonly kind?: string;
  readonly name?: string;
  /** Of a class; a Gateway's stand in its own namespace. */
  readonly namespace?: string;
}

export interface GatewayClassSpec {
  readonly controllerName?: string;
  readonly parametersRef?: ParametersRef;
}

/** Of the AWS Load Balancer Controller. */
export interface LoadBalancerConfigurationSpec {
  readonly scheme?: string;
  readonly mergingMode?: string;
  readonly sourceRanges?: readonly string[];
  readonly securityGroups?: readonly string[];
}

export interface GatewaySpec {
  readonly gatewayClassName?: string;
  readonly infrastructure?: { readonly parametersRef?: ParametersRef };
  readonly addresses?: readonly { readonly type?: string; readonly value?: string }[];
  readonly listeners?: readonly GatewayListener[];
  /** Whose ListenerSets add listeners; absent: nobody's. */
  readonly allowedListeners?: { readonly namespaces?: AllowedNamespaces };
}

export interface GatewayListener {
  readonly name?: string;
  readonly port?: number;
  readonly protocol?: string;
  readonly allowedRoutes?: { readonly namespaces?: AllowedNamespaces; readonly kinds?: readonly { readonly group?: string; readonly kind?: string }[] };
}

export interface AllowedNamespaces {
  /** `All`, `Same`, `Selector`, `None`. */
  readonly from?: string;
  readonly selector?: V1LabelSelector;
}

/** More listeners of a Gateway, in a namespace of their own. */
export interface ListenerSetSpec {
  readonly parentRef?: { readonly name?: string; readonly namespace?: string };
  readonly listeners?: readonly GatewayListener[];
}

/** What the routes of all protocols have in common; matches and filters are not part of it. */
export interface RouteSpec {
  readonly parentRefs?: readonly RouteParentRef[];
  readonly rules?: readonly { readonly backendRefs?: readonly RouteBackendRef[] }[];
}

export interface RouteParentRef {
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  /** Of one listener, by name and by port; absent: all that take the route. */
  readonly sectionName?: string;
  readonly port?: number;
}

export interface RouteBackendRef {
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly port?: number;
}

/** Lets objects of other namespaces refer to those of its own. */
export interface ReferenceGrantSpec {
  readonly from?: readonly { readonly group?: string; readonly kind?: string; readonly namespace?: string }[];
  /** Without a name: all of the kind. */
  readonly to?: readonly { readonly group?: string; readonly kind?: string; readonly name?: string }[];
}
