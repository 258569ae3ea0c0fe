import { principalText } from '../identity/principal-arn.ts';
import type { EscalationGraph } from './escalation-graph.ts';
import type { RoleId } from './iam-roles.ts';
import type { Meaning } from './meaning.ts';

/** Whether a step is one from accounts to roles of IAM, or from these back. */
export function isOfIam(meaning: Meaning, before: Meaning): boolean {
  return ['account', 'inside', 'runs-as', 'token-of', 'token-somewhere', 'iam', 'iam-role'].includes(meaning.is) || before.is === 'iam' || before.is === 'account';
}

/** Such a step, for people; none where the one before says it. */
export function takenByIam(graph: EscalationGraph, meaning: Meaning, before: Meaning): readonly string[] {
  switch (meaning.is) {
    case 'runs-as':
      return meaning.name === undefined ? [] : [`runs as ServiceAccount ${meaning.namespace!}/${meaning.name}`];
    case 'token-of':
      return meaning.name === undefined || before.is === 'runs-as' ? [] : [`holds a token of ServiceAccount ${meaning.namespace!}/${meaning.name}`];
    case 'inside':
      return before.is === 'account' || before.is === 'runs-as' ? [] : [`is in pods of ServiceAccount ${meaning.namespace}/${meaning.name}`];
    case 'iam':
      // Who is the role does not take it.
      return before.is === 'identity' ? [] : [`${before.is === 'account' || before.is === 'inside' ? `ServiceAccount ${'name' in before ? `${before.namespace!}/${before.name!} ` : ''}` : ''}takes ${roleText(graph, meaning.role)}`];
    case 'iam-role':
      return ['may make itself an administrator of the AWS account'];
    case 'admin':
      return ['may let itself into the cluster with every right, by its IAM policies'];
    case 'identity':
      return before.is === 'iam' ? ['signs in to the cluster with it'] : [];
    default:
      return [];
  }
}

export function roleText({ world }: Pick<EscalationGraph, 'world'>, role: RoleId): string {
  return principalText(world.iam.roles.arns.get(role) ?? role);
}
