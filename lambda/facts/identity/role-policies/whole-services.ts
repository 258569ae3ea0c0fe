import type { IamRole, PolicyDocument } from '../../../model/eks.ts';
import { policiesOf, roleAllows } from './role-allows.ts';

/** No action and no resource has this name: who may do that may do all. */
const ANY = 'no-policy-names-this';

export interface WholeServices {
  /** Services of which the role may take every action on everything, but what is forbidden it by name. */
  readonly whole: readonly string[];
  /** Whether it may of some more is not known. */
  readonly unclear: boolean;
}

/** Of these services those that a role has whole. */
export function wholeServices(role: IamRole, managed: ReadonlyMap<string, PolicyDocument>, services: readonly string[]): WholeServices {
  const policies = policiesOf(role, managed);
  if (!policies) return { whole: [], unclear: true };
  const verdicts = services.map((service) => [service, roleAllows(policies, `${service}:${ANY}`, `arn:aws:${service}:${ANY}:${ANY}:${ANY}/${ANY}`)] as const);
  return { whole: verdicts.filter(([, may]) => may === true).map(([service]) => service), unclear: verdicts.some(([, may]) => may === 'unknown') };
}
