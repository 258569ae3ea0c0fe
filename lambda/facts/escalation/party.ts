import type { ResourceRef } from '../../model/violation.ts';
import { principalOf, principalResource, principalText } from '../identity/principal-arn.ts';
import { audienceOf, holderText, subjectResource, subjectText, type Audience, type Subject } from '../rbac/subject.ts';

/** Somebody of IAM, signed in by one mapping of the cluster. */
export interface IamParty {
  readonly kind: 'IAM';
  readonly namespace?: undefined;
  readonly name: string;
  readonly arn: string;
}

/** Who may do something here: whom bindings name, or somebody of IAM. */
export type Party = Subject | IamParty;

/** An ARN is whatever an entry holds: no text of it is taken for a subject of RBAC. `more`: which of several mappings of one principal, from 2. */
export function iamParty(arn: string, more = 1): IamParty {
  const text = principalOf(arn) ? principalText(arn) : `IAM principal ${arn}`;
  return { kind: 'IAM', name: more === 1 ? text : `${text}, mapping ${more}`, arn };
}

/** `User alice`, `ServiceAccount shop/runner`, `IAM role dev of account 111122223333`: unique in a cluster. */
export function partyText(party: Party): string {
  return party.kind === 'IAM' ? party.name : subjectText(party);
}

export function partyResource(party: Party): ResourceRef {
  return party.kind === 'IAM' ? principalResource(party.arn) : subjectResource(party);
}

/** As a sentence begins. */
export function partyWords(party: Party): string {
  if (party.kind !== 'IAM') return holderText(party);
  const text = principalOf(party.arn) ? principalText(party.arn) : party.name;
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
}

export function partyAudience(party: Party): Audience {
  return party.kind === 'IAM' ? 'particular' : audienceOf(party);
}

/** Of somebody of IAM the role that he is, as it is compared; undefined: he is a user, or nobody of IAM. */
export function ownRoleOf({ subject }: { readonly subject: Party }): string | undefined {
  const principal = subject.kind === 'IAM' ? principalOf(subject.arn) : undefined;
  return principal?.kind === 'Role' ? principal.compared : undefined;
}
