import { shellOperand, shellWord } from '../../model/shell-word.ts';
import type { Cut, OwnedGrant } from './escalation-path.ts';
import { partyText } from './party.ts';

/** The roles that a repair takes back; the same for all who are bound to them, so that they are one item. */
export function cutText(cut: Cut | undefined): string {
  return cut ? [...new Set(cut.grants.map(({ role }) => role))].sort().join(' + ') : 'defaults alone';
}

/** What a person types, one line a binding. A binding of others too is edited, not deleted. */
export function cutCommands({ grants }: Cut): readonly string[] {
  return [...new Set(grants.map(commandFor))].sort();
}

function commandFor({ subject, binding }: OwnedGrant): string {
  if ('policy' in binding) {
    return `aws eks disassociate-access-policy --principal-arn ${shellWord(binding.resource.name)} --policy-arn ${shellWord(binding.policy)} --cluster-name …`;
  }
  const { kind, namespace, name } = binding.resource;
  const object = `${kind.toLowerCase()}${namespace === undefined ? '' : ` -n ${shellWord(namespace)}`} ${shellOperand(name)}`;
  return binding.subjects.size === 1 ? `kubectl delete ${object}` : `kubectl edit ${object}   (take out ${partyText(subject)})`;
}
