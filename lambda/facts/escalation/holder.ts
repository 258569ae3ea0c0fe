import type { ResourceRef } from '../../model/violation.ts';
import { RBAC_FIELDS, readBindings, readRoles, type Binding, type RbacLists, type RoleObject } from '../rbac/bindings.ts';
import { isDefaultGrant, shippedRules } from '../rbac/defaults/default-grants.ts';
import { canonicalSubject, type Subject } from '../rbac/subject.ts';
import type { Party } from './party.ts';
import { EVERYTHING, NO_RIGHTS, common, rightsInNamespace, rightsOfRule, unite, type Rights } from './rights.ts';

export const HOLDER_FIELDS = RBAC_FIELDS;

/** That an access policy counts for somebody of IAM; stands where a binding stands for others. */
export interface PolicyAssociation {
  readonly text: string;
  readonly resource: ResourceRef;
  /** One grant may count in several. */
  readonly namespace?: undefined;
  /** Its ARN. */
  readonly policy: string;
  readonly source: 'eksAccessEntries';
  readonly roleSource: 'eksAssociatedAccessPolicies';
}

/** One subject of one binding, or one access policy of one principal. */
export interface HeldGrant {
  readonly binding: Binding | PolicyAssociation;
  readonly role: RoleObject;
  /** What counts where the binding stands. */
  readonly rights: Rights;
  /** What of it is there by default. */
  readonly byDefault: Rights;
}

/** As whom of the cluster somebody of IAM signs in, by texts of subjects. */
export interface Mapped {
  readonly via: 'access-entry' | 'aws-auth';
  /** All at once. */
  readonly as: readonly string[];
  /** One or the other: what whoever signs in names the session decides. */
  readonly perhaps: readonly string[];
}

/** Whoever bindings name, with what they give him: cluster-wide, and by namespace. Of somebody of IAM: with what access policies give. */
export interface Holder {
  readonly text: string;
  readonly subject: Party;
  readonly cluster: HeldGrant[];
  namespaces: Map<string, HeldGrant[]>;
  /** Of somebody of IAM. */
  readonly mapped?: Mapped;
}

export interface Holders {
  readonly bySubject: ReadonlyMap<string, Holder>;
  readonly roles: ReadonlyMap<string, RoleObject>;
  readonly bindings: readonly Binding[];
  /** What a role gives; nothing where it is not there. */
  rightsOf(role: string): Rights;
}

/** One pass over the bindings; the rules of a role are read once however many bindings name it. */
export function gatherHolders(lists: RbacLists): Holders {
  const roles = readRoles(lists);
  const rightsOf = remembering((text: string) => unite((roles.get(text)?.rules ?? []).map(rightsOfRule)));
  const shippedOf = remembering((text: string) => shippedRightsOf(text));
  const inNamespace = rememberingRights(rightsInNamespace);
  const bySubject = new Map<string, Holder>();
  const bindings: Binding[] = [];
  for (const binding of readBindings(lists, canonicalSubject)) {
    bindings.push(binding);
    const role = binding.role === undefined ? undefined : roles.get(binding.role);
    if (!role) continue;
    const rights = binding.namespace === undefined ? rightsOf(role.text) : inNamespace(rightsOf(role.text));
    for (const { text, subject } of binding.subjects) {
      const byDefault = isDefaultGrant(binding.text, role.text, text) ? defaultPart(rights, shippedOf(role.text), subject) : NO_RIGHTS;
      grantsIn(bySubject, text, subject, binding.namespace).push({ binding, role, rights, byDefault });
    }
  }
  return { bySubject, roles, bindings, rightsOf };
}

const NOWHERE: Holder['namespaces'] = new Map();

function grantsIn(bySubject: Map<string, Holder>, text: string, subject: Subject, namespace: string | undefined): HeldGrant[] {
  let holder = bySubject.get(text);
  if (!holder) bySubject.set(text, (holder = { text, subject, cluster: [], namespaces: NOWHERE }));
  if (namespace === undefined) return holder.cluster;
  // Many hold something only cluster-wide.
  if (holder.namespaces === NOWHERE) holder.namespaces = new Map();
  let grants = holder.namespaces.get(namespace);
  if (!grants) holder.namespaces.set(namespace, (grants = []));
  return grants;
}

/** `unpublished`: its makers do not say what is in it. */
function shippedRightsOf(role: string): Rights | 'unpublished' {
  const rules = shippedRules(role);
  return rules === null ? 'unpublished' : unite((rules ?? []).map(rightsOfRule));
}

/** As for rights: a role of unpublished rules is taken as it is for EKS' own users; an account, which others may take over, is not cluster-admin by default. */
function defaultPart(rights: Rights, shipped: Rights | 'unpublished', { kind }: Subject): Rights {
  if (shipped !== 'unpublished') return common(rights, shipped);
  return kind === 'ServiceAccount' && (rights.bits & EVERYTHING) !== 0n ? NO_RIGHTS : rights;
}

function remembering<V>(make: (text: string) => V): (text: string) => V {
  const known = new Map<string, V>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined) known.set(text, (value = make(text)));
    return value;
  };
}

function rememberingRights(make: (rights: Rights) => Rights): (rights: Rights) => Rights {
  const known = new Map<Rights, Rights>();
  return (rights) => {
    let value = known.get(rights);
    if (!value) known.set(rights, (value = make(rights)));
    return value;
  };
}
