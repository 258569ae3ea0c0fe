import type { EscalationGraph } from './escalation-graph.ts';
import type { OwnedLink } from './escalation-path.ts';
import type { Holder } from './holder.ts';
import type { Meaning } from './meaning.ts';
import type { Proposition, RuleNumber } from './rule-system.ts';

/** A link between the cluster and IAM that somebody can take apart, with what is not there without it. */
export interface CutLink {
  readonly link: OwnedLink;
  readonly rules: readonly RuleNumber[];
}

/** Links that a path goes over, in its order. The role of a node is none: nodes need one. */
export function linksOn(graph: EscalationGraph, path: readonly Proposition[]): readonly CutLink[] {
  const onPath = new Set(path);
  const found = new Map<string, CutLink>();
  for (const proposition of path) {
    for (const rule of graph.system.rulesInto(proposition)) {
      const [premise] = graph.system.premisesOf(rule);
      if (premise === undefined || !onPath.has(premise)) continue;
      const link = linkOf(graph, graph.meaningOf(premise), graph.meaningOf(proposition));
      if (link) found.set(JSON.stringify(link), { link, rules: rulesOver(graph, link, proposition, rule) });
    }
  }
  return [...found.values()];
}

function linkOf({ world }: EscalationGraph, from: Meaning, to: Meaning): OwnedLink | undefined {
  if (to.is === 'iam') {
    const arn = world.iam.roles.arns.get(to.role) ?? to.role;
    if (from.is === 'identity') return { is: 'own-policies', arn };
    if (from.is === 'inside') return { is: 'account-role', namespace: from.namespace, name: from.name, arn };
    if (from.is === 'token-of' && from.namespace !== undefined && from.name !== undefined) return { is: 'account-role', namespace: from.namespace, name: from.name, arn };
    return from.is === 'token-of' || from.is === 'token-somewhere' ? { is: 'open-role', arn } : undefined;
  }
  if (to.is !== 'identity') return undefined;
  return from.is === 'iam' ? mappingOf(world.holder(to.subject)) : undefined;
}

/** Undefined: he is nobody of IAM. */
export function mappingOf(holder: Holder | undefined): OwnedLink | undefined {
  return holder?.subject.kind === 'IAM' && holder.mapped ? { is: 'mapping', via: holder.mapped.via, arn: holder.subject.arn } : undefined;
}

/** An account comes to its role from inside its pods and by its tokens: both end where the role does not let it in. */
function rulesOver({ system, find }: EscalationGraph, link: OwnedLink, proposition: Proposition, rule: RuleNumber): readonly RuleNumber[] {
  if (link.is !== 'account-role') return [rule];
  const ends = new Set((['inside', 'token-of'] as const).map((is) => find({ is, namespace: link.namespace, name: link.name })));
  return system.rulesInto(proposition).filter((each) => ends.has(system.premisesOf(each)[0]));
}
