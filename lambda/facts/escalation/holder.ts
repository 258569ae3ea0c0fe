import type { ResourceRef } from '../../model/violation.ts';
import { RBAC_FIELDS, readBindings, readRoles, type Binding, type RbacLists, type RoleObject } from '../rbac/bindings.ts';
import { boundTogether, type BoundTogether } from '../rbac/bound-together.ts';
import { defaultSubjects, shippedRules } from '../rbac/defaults/default-grants.ts';
import type { PolicyRule } from '../rbac/policy-rule.ts';
import { canonicalSubject, type Subject } from '../rbac/subject.ts';
import type { BoundSubject } from '../rbac/subject-reader.ts';
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

/**
 * Whoever bindings name, with what they give him: cluster-wide, and by namespace; the same lists for all whom the same bindings name. Of somebody of IAM: with what
 * access policies give.
 */
export interface Holder {
  readonly text: string;
  readonly subject: Party;
  readonly cluster: readonly HeldGrant[];
  readonly namespaces: ReadonlyMap<string, readonly HeldGrant[]>;
  /** Some of it he has by default. */
  readonly byDefault?: true;
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

/** One pass over the bindings; the rules of a role are read once however many bindings name it, and grants are gathered once for all whom the same bindings name. */
export function gatherHolders(lists: RbacLists): Holders {
  const roles = readRoles(lists);
  const ofRules = new Map<readonly PolicyRule[], Rights>();
  const rightsOf = remembering((text: string) => {
    const rules = roles.get(text)?.rules ?? [];
    let rights = ofRules.get(rules);
    if (!rights) ofRules.set(rules, (rights = unite(rules.map(rightsOfRule))));
    return rights;
  });
  const shippedOf = remembering((text: string) => shippedRightsOf(text));
  const inNamespace = rememberingRights(rightsInNamespace);
  const bindings = readBindings(lists, canonicalSubject);
  const given = new GivenGrants((grant, subject) => defaultPart(grant.rights, shippedOf(grant.role.text), subject));
  for (const binding of bindings) {
    const role = binding.role === undefined ? undefined : roles.get(binding.role);
    if (role) given.give({ binding, role, rights: binding.namespace === undefined ? rightsOf(role.text) : inNamespace(rightsOf(role.text)), byDefault: NO_RIGHTS }, binding);
  }
  const bySubject = new Map<string, Holder>();
  for (const together of boundTogether(bindings)) gather(together, given, bySubject);
  return { bySubject, roles, bindings, rightsOf };
}

/** What bindings give to each whom they name, by their numbers. */
class GivenGrants {
  readonly #grants: HeldGrant[] = [];
  readonly #defaults = new Map<number, ReadonlySet<string>>();
  readonly #partOf: (grant: HeldGrant, subject: Subject) => Rights;

  /** `partOf`: what of a grant its makers give to a subject whom they name. */
  constructor(partOf: (grant: HeldGrant, subject: Subject) => Rights) {
    this.#partOf = partOf;
  }

  give(grant: HeldGrant, { number, text }: Binding): void {
    this.#grants[number] = grant;
    const defaults = defaultSubjects(text, grant.role.text);
    if (defaults) this.#defaults.set(number, defaults);
  }

  /** For nobody in particular, or for one of whom it matters who he is. */
  of(bindings: readonly Binding[], bound?: BoundSubject): readonly HeldGrant[] {
    const found: HeldGrant[] = [];
    for (const { number } of bindings) {
      const grant = this.#grants[number];
      if (!grant) continue;
      found.push(bound && this.#defaults.get(number)?.has(bound.text) ? { ...grant, byDefault: this.#partOf(grant, bound.subject) } : grant);
    }
    return found;
  }

  /** Whom any of these bindings names by default; undefined: nobody. */
  defaultsOf(bindings: readonly Binding[]): ReadonlySet<string> | undefined {
    if (this.#defaults.size === 0) return undefined;
    const found = bindings.flatMap(({ number }) => [...(this.#defaults.get(number) ?? [])]);
    return found.length === 0 ? undefined : new Set(found);
  }
}

type Grants = Pick<Holder, 'cluster' | 'namespaces'>;

function gather({ subjects, bindings }: BoundTogether, given: GivenGrants, bySubject: Map<string, Holder>): void {
  const grants = given.of(bindings);
  if (grants.length === 0) return;
  const defaults = given.defaultsOf(bindings);
  let common: Grants | undefined;
  for (const bound of subjects) {
    const { text, subject } = bound;
    if (defaults?.has(text)) {
      bySubject.set(text, { text, subject, ...placed(given.of(bindings, bound)), byDefault: true });
      continue;
    }
    common ??= placed(grants);
    bySubject.set(text, { text, subject, cluster: common.cluster, namespaces: common.namespaces });
  }
}

const NOWHERE: Holder['namespaces'] = new Map();

function placed(grants: readonly HeldGrant[]): Grants {
  const cluster: HeldGrant[] = [];
  // Many hold something only cluster-wide.
  let namespaces: Map<string, HeldGrant[]> | undefined;
  for (const grant of grants) {
    const { namespace } = grant.binding;
    if (namespace === undefined) {
      cluster.push(grant);
      continue;
    }
    namespaces ??= new Map();
    const there = namespaces.get(namespace);
    if (there) there.push(grant);
    else namespaces.set(namespace, [grant]);
  }
  return { cluster, namespaces: namespaces ?? NOWHERE };
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
