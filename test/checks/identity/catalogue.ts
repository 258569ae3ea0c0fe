/**
 * The catalogues of findings about identities and rights that these two areas were worked out from, by their working names: which checks a row became, or of which it is part.
 * `identity-catalogue.test.ts` holds them against the registry.
 */
export type CatalogueRow =
  /** `but`: what of the row no check says, and why. */
  | { readonly checks: readonly string[]; readonly but?: string }
  /** It shows inside another check: as its finding, its evidence or its severity. */
  | { readonly partOf: string; readonly how: string };

/** Joins IAM and Kubernetes. */
export const IDENTITY_CATALOGUE: Readonly<Record<string, CatalogueRow>> = {
  'id-auth-mode': { checks: ['legacy-authentication-mode'] },
  'id-creator-admin': { checks: ['cluster-creator-admin'], but: "where access entries are taken the creator's is one of them: access-policy-privileged" },
  'id-entry-cluster-admin': { checks: ['access-policy-privileged', 'access-policy-unknown'] },
  'id-entry-group-effective': { checks: ['mapped-principal-admin', 'privilege-escalation-path'] },
  'id-entry-iam-user': { checks: ['iam-user-principal'] },
  'id-entry-foreign': { checks: ['foreign-account-principal'], but: 'which accounts are of one organization is not read: every other account is foreign' },
  'id-entry-stale': { checks: ['access-entry-orphaned'], but: 'of a role that nothing of the cluster names IAM is not asked: that it was deleted shows where EKS names it by its id' },
  'id-entry-node-type': { checks: ['node-access-entry-unused'] },
  'id-awsauth-masters': { checks: ['aws-auth-system-masters'] },
  'id-awsauth-mapaccounts': { checks: ['aws-auth-account-mapping'] },
  'id-awsauth-malformed': { checks: ['aws-auth-malformed'], but: 'where the cluster takes access entries alone the ConfigMap says nothing, rightly or wrongly written: not applicable' },
  'id-awsauth-writable': { checks: ['aws-auth-writable'] },
  'id-irsa-trust': { checks: ['service-account-role-open'], but: 'without a condition on aud nobody more is let in: IAM takes only tokens for the audiences that the provider of the issuer lists' },
  'id-irsa-admin-role': { checks: ['workload-role-privileged'] },
  'id-irsa-broken': { checks: ['service-account-role-unusable'] },
  'id-irsa-orphan': { checks: ['service-account-awaited', 'workload-role-shared'], but: 'that another cluster is gone cannot be seen from this one; roles of accounts here that name its issuer are shared with it' },
  'id-podid-assoc': {
    checks: ['workload-role-privileged', 'service-account-awaited', 'service-account-role-unusable', 'session-tags-off'],
    but: 'what a target role of another account may do cannot be read, and makes the first not evaluated',
  },
  'id-default-sa-role': { checks: ['default-service-account-role'] },
  'id-shared-role': { checks: ['workload-role-shared'], but: 'associations of other clusters with the same role are not seen from this one' },
  'id-cni-node-role': { checks: ['vpc-cni-on-node-role'] },
  'id-controller-role': { checks: ['controller-on-node-role'] },
  'id-sa-dedicated': { checks: ['service-account-shared'], but: 'without a dangerous right or an IAM role sharing gives nobody anything' },
  'id-legacy-token': { checks: ['legacy-service-account-token'], but: 'Secrets are not read: a token that somebody made for an account which does not name it is not seen' },
  'id-user-auth': { partOf: 'legacy-service-account-token', how: 'EKS signs people in by IAM or an OIDC provider alone; what signs in past both is a token of an account that never expires' },
};

/** Rights, as they are effective. Every right that is dangerous stands in `lambda/access/rbac-catalogue.ts`, held by a test of its own. */
export const RIGHTS_CATALOGUE: Readonly<Record<string, CatalogueRow>> = {
  'rbac-cluster-admin': { checks: ['cluster-admin-binding'] },
  'rbac-masters': { checks: ['system-masters-binding'] },
  'rbac-anonymous': { checks: ['anonymous-access'] },
  'rbac-authenticated': { checks: ['authenticated-access', 'default-service-account-permissions'] },
  'rbac-wildcard': { checks: ['wildcard-permissions', 'cluster-admin-binding'], but: 'a wildcard is found by what it gives to somebody, not where a role says it that nobody is bound to' },
  'rbac-secrets-read': { checks: ['secrets-read'] },
  'rbac-pod-create': { checks: ['pod-create', 'pod-modify'] },
  'rbac-exec': { checks: ['pod-exec', 'pod-network-proxy'] },
  'rbac-escalate-bind': { checks: ['rbac-escalation', 'named-role-bind'] },
  'rbac-binding-write': { checks: ['rbac-write', 'rbac-escalation'] },
  'rbac-impersonate': { checks: ['impersonation', 'constrained-impersonation'], but: 'uids and extras alone make nobody somebody else' },
  'rbac-token-create': { checks: ['service-account-token-create'] },
  'rbac-csr-approve': { checks: ['csr-approval', 'certificate-signing', 'pod-certificate-signing'] },
  'rbac-nodes-proxy': { checks: ['nodes-proxy'] },
  'rbac-pv-create': { checks: ['persistent-volume-create'] },
  'rbac-admission-write': { checks: ['admission-control-write'] },
  'rbac-node-pod-status': { checks: ['node-modify', 'pod-disruption'] },
  'rbac-coredns': { checks: ['system-configmap-write'] },
  'rbac-configmap-write': { partOf: 'system-configmap-write', how: 'of the ConfigMaps that configure the cluster or who deploys to it; what others hold is the business of what reads them' },
  'rbac-network-write': { checks: ['network-policy-write', 'service-traffic-write'] },
  'rbac-evidence-delete': { checks: ['event-deletion'], but: 'the API has no deletion of logs' },
  'rbac-delete-broad': { checks: ['mass-deletion', 'wildcard-permissions', 'pod-disruption'] },
  'rbac-crd-power': { checks: ['controller-steering', 'pod-create'] },
  'rbac-privileged-ns': { partOf: 'privilege-escalation-path', how: 'a namespace that rules the cluster is where ways end, and every check of a power takes one there for as grave as in the whole cluster' },
  'rbac-workload-takeover': { checks: ['privilege-escalation-path', 'internet-to-sensitive-path'] },
  'rbac-default-sa': { checks: ['default-service-account-permissions'], but: 'rights that are not dangerous are no finding' },
  'rbac-aggregation': { checks: ['aggregated-role-widened'] },
  'rbac-dangling': { checks: ['dangling-role-reference', 'dangling-subject'] },
  'rbac-dashboard': { partOf: 'exposed-dashboard', how: 'that it is reached is the finding; what its account may do is found as of any account' },
};

/** Checks of both areas that no row asked for, and no row of dangerous rights either. */
export const BEYOND: Readonly<Record<string, string>> = {
  'default-role-altered': "Kubernetes' own roles are left out of what is found, as long as they are as they come",
  'default-subject-claimed': 'and so are its own subjects, as long as nobody may become one',
  'node-name-spoofing': 'a mapping to the node that a session is named after',
  'node-role-extra-rights': 'what the role of nodes is given is given to every pod that reaches the metadata service',
  'system-name-masquerade': 'a role or binding that calls itself a part of the system',
  'unused-account-rights': 'rights that nobody in the cluster misses',
};
