import type { Family } from './cidr/address-block.ts';
import type { ApiEndpoint } from './endpoint/api-endpoint.ts';
import type { ControlPlaneGroups } from './endpoint/control-plane-groups.ts';
import type { EscalationPath } from './escalation/escalation-path.ts';
import type { EscalationWorld } from './escalation/escalation-world.ts';
import type { Exposures } from './exposure/exposure.ts';
import type { InternetPaths } from './exposure/internet-paths.ts';
import type { ClusterIdentities } from './identity/cluster-identity.ts';
import type { OwnNodes } from './identity/own-nodes.ts';
import type { RolePower } from './identity/role-policies/role-power.ts';
import type { ServiceAccountRoles } from './identity/service-account-role.ts';
import type { ApiServerReach } from './network/api-server-reach.ts';
import type { DeclaredPeers } from './network/declared-peers.ts';
import type { DeclaredReach } from './network/declared-reach.ts';
import type { DnsEgressGaps } from './network/dns-egress-gaps.ts';
import type { EngineDefaults } from './network/engine-defaults.ts';
import type { MetadataReach } from './network/metadata-reach.ts';
import type { PolicyCoverage } from './network/policy-coverage.ts';
import type { PolicyEnforcement } from './network/policy-enforcement.ts';
import type { PolicySelection } from './network/policy-selection.ts';
import type { ReachEnds } from './network/reach/reach-ends.ts';
import type { NetworkMeasures } from '../model/network-measures.ts';
import type { NamespacedPolicy } from './network/policy.ts';
import type { SecurityGroupPods } from './network/security-group-pods.ts';
import type { TierPolicy } from './network/tier-policies.ts';
import type { UnreadKind } from './network/unread-kinds.ts';
import type { VpcCni } from './network/vpc-cni.ts';
import type { WorkloadIndex } from './network/workload-index.ts';
import type { Authorizer } from './rbac/authorizer/authorizer.ts';
import type { DefaultObjects } from './rbac/altered-defaults.ts';
import type { DanglingReference } from './rbac/dangling-reference.ts';
import type { RbacGrants } from './rbac/right.ts';
import type { WidenedRole } from './rbac/widened-roles.ts';
import type { Workload } from './workloads/workload.ts';

/** Every fact by name. A fact has one line here, one in `registry.ts`, and a file that derives it. */
export interface Facts {
  /** Who can reach the API server, by the cluster's own settings. */
  readonly apiEndpoint: ApiEndpoint;
  /** Who may reach the API server and has no token for it. */
  readonly apiServerReach: ApiServerReach;
  /** Who of IAM is who in the cluster. */
  readonly clusterIdentities: ClusterIdentities;
  /** What the security groups of the control plane admit from everywhere. */
  readonly controlPlaneGroups: ControlPlaneGroups;
  /** Bindings of somebody to a role that does not exist. */
  readonly danglingRoles: readonly DanglingReference[];
  /** Bindings of ServiceAccounts that do not exist. */
  readonly danglingSubjects: readonly DanglingReference[];
  /** Which workloads the peers of policies mean. */
  readonly defaultObjects: DefaultObjects;
  readonly declaredPeers: DeclaredPeers;
  /** Whom policies let reach whom, as they are written. */
  readonly declaredReach: DeclaredReach;
  /** Who may not ask the cluster's name servers. */
  readonly dnsEgressGaps: DnsEgressGaps;
  /** What engines close without any policy. */
  readonly engineDefaults: EngineDefaults;
  /** Ways from what somebody holds to what nobody gave him. */
  readonly escalationPaths: readonly EscalationPath[];
  /** Who holds what, and what stands around, as far as it decides what follows. */
  readonly escalationWorld: EscalationWorld;
  /** Ways from the Internet to workloads. */
  readonly exposures: Exposures;
  /** Workloads that a Fargate profile takes. */
  readonly fargateWorkloads: readonly Workload[];
  /** Ways from the Internet over workloads to those whose takeover is worth more. */
  readonly internetPaths: InternetPaths;
  /** Who may reach the instance metadata service. */
  readonly metadataReach: MetadataReach;
  /** NetworkPolicies and ApplicationNetworkPolicies as they are meant. */
  readonly namespacedPolicies: readonly NamespacedPolicy[];
  /** Nodes on EC2 that EKS did not make. */
  readonly ownNodes: OwnNodes;
  /** Ways from the Internet, and which of them policies close. */
  readonly policedExposures: Exposures;
  /** How far policies close each namespace, whether or not an engine enforces them. */
  readonly podFamily: Family;
  readonly policyCoverage: PolicyCoverage;
  /** Which engine enforces policies, by class of node. */
  readonly policyEnforcement: PolicyEnforcement;
  /** Which workloads the NetworkPolicies select. */
  readonly policySelection: PolicySelection;
  /** Answers what the RBAC authorizer of the API server answers. */
  readonly rbacAuthorizer: Authorizer;
  /** Who holds which power, directly by bindings. */
  readonly rbacGrants: RbacGrants;
  /** Ends of connections, and the policies about them. */
  readonly reachEnds: ReachEnds;
  /** How well the cluster is parted. */
  readonly reachMeasures: NetworkMeasures;
  /** What roles of IAM are good for, by ARN. */
  readonly rolePowers: ReadonlyMap<string, RolePower>;
  /** Which ServiceAccount has which role of IAM. */
  readonly serviceAccountRoles: ServiceAccountRoles;
  /** Workloads whose pods get security groups of their own. */
  readonly securityGroupPods: SecurityGroupPods;
  /** Cluster-wide policies above and below the NetworkPolicies, in deciding order. */
  readonly tierPolicies: readonly TierPolicy[];
  /** The network policy agent of the VPC CNI, as declared. */
  readonly unreadKinds: readonly UnreadKind[];
  readonly vpcCni: VpcCni;
  /** ClusterRoles that add powers to view, edit or admin. */
  readonly widenedRoles: readonly WidenedRole[];
  /** Workloads by namespace and label. */
  readonly workloadIndex: WorkloadIndex;
  /** All workloads, sorted by namespace, kind, name. */
  readonly workloads: readonly Workload[];
}
