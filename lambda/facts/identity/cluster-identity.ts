import type { Unread } from '../../model/derived.ts';
import type { AccessPolicy } from './access-policies/access-policy.ts';
import type { AccessScope } from './access-policies/access-scope.ts';
import type { AwsAuthMap } from './aws-auth/aws-auth-map.ts';

/** Which doors for IAM a cluster has. `unsaid`: EKS does not say. */
export type AuthenticationMode = 'API' | 'API_AND_CONFIG_MAP' | 'CONFIG_MAP' | 'unsaid';

export interface GrantedPolicy {
  readonly policy: AccessPolicy;
  readonly scope: AccessScope;
}

/** Somebody of IAM who may sign in, and who that is in the cluster. */
export interface MappedPrincipal {
  /** As the entry writes it. */
  readonly arn: string;
  readonly via: 'access-entry' | 'aws-auth';
  /** STANDARD, EC2_LINUX, ...: of an access entry alone. */
  readonly entryType?: string;
  /** When its entry was made, as it was read: of an access entry alone. */
  readonly createdAt?: string | number;
  /** Templates, unfilled. */
  readonly username: string;
  readonly groups: readonly string[];
  readonly policies: readonly GrantedPolicy[];
}

/** Who of IAM is who in the cluster. */
export interface ClusterIdentities {
  readonly mode: AuthenticationMode;
  /** The cluster's. */
  readonly partition: string;
  readonly account: string;
  /** Who may sign in, by the doors that are open: of one principal an access entry goes before aws-auth, and of two entries of aws-auth the one that counts. Sorted by ARN. */
  readonly principals: readonly MappedPrincipal[];
  /** Accounts all of whose principals may sign in, by mapAccounts, under their own ARN and without groups. Sorted. */
  readonly accounts: readonly string[];
  /** The ConfigMap as it is read, whether or not the cluster still looks at it. Undefined: there is none, or it was not read. */
  readonly awsAuth: AwsAuthMap | undefined;
  /** What was read and says too little. */
  readonly unsaid: readonly Unread[];
}
