/** The keys of the ConfigMap's data that are read. */
export type AwsAuthKey = 'mapRoles' | 'mapUsers' | 'mapAccounts';

/** One entry of mapRoles. Templates are unfilled. */
export interface RoleMapping {
  /** Whatever stands there: it is compared, ignoring case, with the ARN of a caller, whether that is a role or not. Empty: `sso` stands instead. */
  readonly rolearn: string;
  readonly username: string;
  readonly groups: readonly string[];
  readonly userid: string;
  /** Kept and never matched: that needs a feature gate, which is off. */
  readonly sso?: SsoMatcher;
  /** Its position in the list, from 0. */
  readonly entry: number;
}

export interface UserMapping {
  readonly userarn: string;
  readonly username: string;
  readonly groups: readonly string[];
  readonly userid: string;
  readonly entry: number;
}

export interface SsoMatcher {
  readonly permissionSetName: string;
  readonly accountID: string;
  readonly partition: string;
}

/** Something in the ConfigMap that means nothing to the authenticator. */
export interface AwsAuthFault {
  readonly key: AwsAuthKey;
  /** Position of the entry in its list, from 0; absent: the whole key. */
  readonly entry?: number;
  /** What is lost by it. */
  readonly costs: 'key' | 'entry' | 'value';
  /** One sentence without a period. */
  readonly message: string;
}

/** What the authenticator keeps of the ConfigMap: what is good is used, whatever else is wrong. */
export interface AwsAuthMap {
  readonly roles: readonly RoleMapping[];
  readonly users: readonly UserMapping[];
  readonly accounts: readonly string[];
  readonly faults: readonly AwsAuthFault[];
  /** Keys of which it is not known what the authenticator makes of them, with the reason: nothing of them is among the entries. */
  readonly unreadable: ReadonlyMap<AwsAuthKey, string>;
}
