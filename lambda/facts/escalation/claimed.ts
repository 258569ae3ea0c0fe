import { GROUPS_OF_NODES } from '../identity/node-roles.ts';
import { isDefaultGrant } from '../rbac/defaults/default-grants.ts';
import type { EscalationGraph } from './escalation-graph.ts';
import { grantsFor } from './grants-behind.ts';
import type { Holder } from './holder.ts';
import type { Meaning } from './meaning.ts';
import type { Proposition } from './rule-system.ts';

/**
 * Whether somebody beyond the defaults may become this subject by its name: whom an access entry or aws-auth maps to it, and who may impersonate it or make tokens of it by name. Who may
 * become anybody is told as that, and would make every default a finding.
 */
export function isClaimed(graph: EscalationGraph, { text }: Holder): boolean {
  const { system, meaningOf } = graph;
  return system.rulesInto(graph.find({ is: 'identity', subject: text })!).some((rule) => {
    const [premise] = system.premisesOf(rule);
    const meaning = meaningOf(premise!);
    return meaning.is === 'identity' ? isMappedTo(graph, meaning.subject, text) : meaning.is === 'deed' && meaning.deed.name !== undefined && isDoneBeyondDefaults(graph, premise!, meaning);
  });
}

/** Nodes are mapped to groups of theirs in every cluster. */
function isMappedTo({ world }: EscalationGraph, principal: string, text: string): boolean {
  const mapped = world.holder(principal)?.mapped;
  return mapped !== undefined && [...mapped.as, ...mapped.perhaps].includes(text) && !(text.startsWith('Group ') && GROUPS_OF_NODES.has(text.slice('Group '.length)));
}

function isDoneBeyondDefaults({ system, world, meaningOf }: EscalationGraph, proposition: Proposition, { deed, namespace }: Extract<Meaning, { is: 'deed' }>): boolean {
  return system.rulesInto(proposition).some((rule) => {
    const doer = meaningOf(system.premisesOf(rule)[0]!);
    const holder = doer.is === 'identity' ? world.holder(doer.subject) : undefined;
    return holder !== undefined && [holder, ...world.groupsOf(holder)].some((each) => grantsFor(each, deed, namespace).some(({ binding, role }) => !isDefaultGrant(binding.text, role.text, each.text)));
  });
}
