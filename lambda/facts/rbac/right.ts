import type { Severity } from '../../model/severity.ts';
import type { SourceName } from '../../model/sources.ts';
import type { Evidence, ResourceRef } from '../../model/violation.ts';
import type { Binding } from './bindings.ts';
import type { Power } from './powers.ts';
import type { Subject } from './subject.ts';

/** That a subject holds a power in a scope: the strongest that it holds, beyond defaults, and not through a group of its own. */
export interface Right {
  readonly power: Power;
  /** The canonical subject. */
  readonly resource: ResourceRef;
  /** `<power>@cluster` or `<power>@<namespace>`. */
  readonly key: string;
  /** Of a right in one namespace. */
  readonly namespace?: string;
  readonly severity: Severity;
  /** The granting role and the power. */
  readonly cause: string;
  readonly evidence: Evidence;
  readonly restsOn: readonly SourceName[];
  /** `Every pod of shop is cluster-admin, by ClusterRoleBinding shop-admin`. */
  readonly message: string;
}

/** A role that a subject may bind to itself by its name: `gives` in its evidence are the powers that it has not yet. */
export type NamedBind = Omit<Right, 'power'>;

/** Somebody who may become another subject by its name, and the grant that lets him. */
export interface Claim {
  readonly subject: Subject;
  readonly how: 'impersonates' | 'makes tokens of';
  readonly binding: Binding;
  readonly role: string;
}

/** A right that Kubernetes, EKS or an add-on gives to a subject of its own: no finding unless somebody else may become that subject. */
export interface DefaultRight {
  readonly subject: Subject;
  readonly power: Power;
  readonly namespace?: string;
  readonly right: Right;
  /** Those in the cluster who may, and have the power not themselves. */
  readonly claims: readonly Claim[];
}

/** Something that strangers or system:masters are bound to. */
export interface BoundRole extends Omit<Right, 'power' | 'severity'> {
  /** It gives API addresses only (`/metrics`), no resources. */
  readonly urlsOnly: boolean;
}

/** Who holds what, each right that is worth a finding in exactly one of these lists. */
export interface RbacGrants {
  /**
   * Of users, groups and accounts, by power. Those that are powers only by more than RBAC says (`pod-exec-by-get`, the two of
   * `aws-auth`, and their like) are all here, whoever holds them.
   */
  readonly byPower: { readonly [P in Power]: readonly Right[] };
  /** Of `default` ServiceAccounts and of all ServiceAccounts of a namespace: one severity up. */
  readonly ofNamespaces: readonly Right[];
  /** Of everyone who is signed in, or every ServiceAccount: one severity up. */
  readonly ofEveryone: readonly Right[];
  /** Of users, groups and accounts, whoever they are. */
  readonly namedBinds: readonly NamedBind[];
  /** Not among the others. */
  readonly byDefault: readonly DefaultRight[];
  /** What system:anonymous and system:unauthenticated may do beyond looking up that this is an API server. */
  readonly anonymous: readonly BoundRole[];
  /** Bindings of system:masters that are not Kubernetes' own. */
  readonly masters: readonly BoundRole[];
  /** EKS's own binding for its add-on manager is there. */
  readonly onEks: boolean;
}
