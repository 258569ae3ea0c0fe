import { shellOperand, shellRemark, shellWord } from '../../model/shell-word.ts';
import { principalText } from '../identity/principal-arn.ts';
import type { Cut, OwnedGrant, OwnedLink } from './escalation-path.ts';
import { partyText } from './party.ts';

/** The roles that a repair takes back; the same for all who are bound to them, so that they are one item. */
export function cutText(cut: Cut | undefined): string {
  return cut ? [...new Set([...cut.grants.map(({ role }) => role), ...cut.links.map(linkText)])].sort().join(' + ') : 'defaults alone';
}

/** What a person types, one line a binding. A binding of others too is edited, not deleted. */
export function cutCommands({ grants, links }: Cut): readonly string[] {
  return [...new Set([...grants.map(commandFor), ...links.map(linkCommand)])].sort();
}

/** The same in every cluster. */
function linkText(link: OwnedLink): string {
  const role = principalText(link.arn);
  if (link.is === 'open-role') return `trust policy of ${role}`;
  if (link.is === 'own-policies') return `policies of ${role}`;
  return link.is === 'mapping' ? `${role} in ${link.via === 'aws-auth' ? 'aws-auth' : 'an access entry'}` : `${role} of ServiceAccount ${link.namespace}/${link.name}`;
}

function linkCommand(link: OwnedLink): string {
  const role = principalText(link.arn);
  if (link.is === 'open-role') return `name in the trust policy of ${role} the ServiceAccounts that it is for`;
  if (link.is === 'own-policies') return `take eks:CreateAccessEntry, or eks:AssociateAccessPolicy, out of the policies of ${role}`;
  if (link.is === 'account-role') return `take ${role} from ServiceAccount ${link.namespace}/${link.name}: out of its annotation or association, and it out of the role's trust policy`;
  if (link.via === 'aws-auth') return `kubectl edit configmap -n kube-system aws-auth   (take out ${shellRemark(role)})`;
  return `aws eks delete-access-entry --principal-arn ${shellWord(link.arn)} --cluster-name …`;
}

function commandFor({ subject, binding }: OwnedGrant): string {
  if ('policy' in binding) {
    return `aws eks disassociate-access-policy --principal-arn ${binding.resource.name === '' ? '…' : shellWord(binding.resource.name)} --policy-arn ${shellWord(binding.policy)} --cluster-name …`;
  }
  const { kind, namespace, name } = binding.resource;
  const object = `${kind.toLowerCase()}${namespace === undefined ? '' : ` -n ${shellWord(namespace)}`} ${shellOperand(name)}`;
  return binding.subjects.length === 1 ? `kubectl delete ${object}` : `kubectl edit ${object}   (take out ${shellRemark(partyText(subject))})`;
}
