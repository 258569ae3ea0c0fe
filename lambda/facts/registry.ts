import type { RegisteredFact } from './define-fact.ts';
import type { Facts } from './facts.ts';
import { apiEndpoint } from './endpoint/api-endpoint.ts';
import { controlPlaneGroups } from './endpoint/control-plane-groups.ts';
import { escalationPaths } from './escalation/escalation-paths.ts';
import { escalationWorld } from './escalation/escalation-world-fact.ts';
import { exposures } from './exposure/exposures.ts';
import { internetPaths } from './exposure/internet-paths.ts';
import { policedExposures } from './exposure/policed-exposures.ts';
import { clusterIdentities } from './identity/cluster-identities.ts';
import { ownNodes } from './identity/own-nodes.ts';
import { rolePowers } from './identity/role-powers.ts';
import { serviceAccountRoles } from './identity/service-account-roles.ts';
import { apiServerReach } from './network/api-server-reach.ts';
import { declaredPeers } from './network/declared-peers.ts';
import { declaredReach } from './network/declared-reach.ts';
import { dnsEgressGaps } from './network/dns-egress-gaps.ts';
import { fargateWorkloads } from './network/fargate-workloads.ts';
import { engineDefaults } from './network/engine-defaults.ts';
import { metadataReach } from './network/metadata-reach.ts';
import { namespacedPolicies } from './network/namespaced-policies.ts';
import { podFamily } from './network/pod-family.ts';
import { policyCoverage } from './network/policy-coverage.ts';
import { policyEnforcement } from './network/policy-enforcement.ts';
import { policySelection } from './network/policy-selection.ts';
import { reachEnds } from './network/reach/reach-ends.ts';
import { reachMeasures } from './network/reach-measures.ts';
import { securityGroupPods } from './network/security-group-pods.ts';
import { tierPolicies } from './network/tier-policies.ts';
import { unreadKinds } from './network/unread-kinds.ts';
import { vpcCni } from './network/vpc-cni.ts';
import { workloadIndex } from './network/workload-index.ts';
import { defaultObjects } from './rbac/altered-defaults.ts';
import { danglingRoles } from './rbac/dangling-roles.ts';
import { danglingSubjects } from './rbac/dangling-subjects.ts';
import { rbacAuthorizer } from './rbac/authorizer/rbac-authorizer.ts';
import { rbacGrants } from './rbac/rbac-grants.ts';
import { widenedRoles } from './rbac/widened-roles.ts';
import { workloads } from './workloads/workloads.ts';

/** Every fact's definition, by name. */
export const FACTS: { readonly [K in keyof Facts]: RegisteredFact<K> } = {
  apiEndpoint,
  apiServerReach,
  clusterIdentities,
  controlPlaneGroups,
  danglingRoles,
  danglingSubjects,
  declaredPeers,
  declaredReach,
  defaultObjects,
  dnsEgressGaps,
  engineDefaults,
  escalationPaths,
  escalationWorld,
  exposures,
  fargateWorkloads,
  internetPaths,
  metadataReach,
  namespacedPolicies,
  ownNodes,
  policedExposures,
  podFamily,
  policyCoverage,
  policyEnforcement,
  policySelection,
  rbacAuthorizer,
  rbacGrants,
  reachEnds,
  reachMeasures,
  rolePowers,
  securityGroupPods,
  serviceAccountRoles,
  tierPolicies,
  unreadKinds,
  vpcCni,
  widenedRoles,
  workloadIndex,
  workloads,
};
