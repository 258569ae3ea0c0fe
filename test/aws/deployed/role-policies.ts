import { GetRolePolicyCommand, IAMClient, ListAttachedRolePoliciesCommand, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { judge, type Statement, type Verdict } from '../../lib/policy-evaluator.ts';
import type { AwsCall } from '../aws-call.ts';
import type { clientSettings } from '../client-settings.ts';

/** What IAM says to calls of roles, by the policies that were deployed. The emulator judges the calls that it answers itself; this judges those that a fake answers too. */
export interface RolePolicies {
  /** `role`: ARN. */
  judge(role: string, call: Pick<AwsCall, 'action' | 'resource' | 'context'>): Promise<Verdict>;
}

export function rolePolicies(settings: ReturnType<typeof clientSettings>, others: Readonly<Record<string, ReturnType<typeof clientSettings>>>): RolePolicies {
  const read = new Map<string, Promise<readonly Statement[]>>();
  return {
    async judge(role, call) {
      if (!read.has(role)) read.set(role, statementsOf(new IAMClient(others[role.split(':')[4]!] ?? settings), role.slice(role.lastIndexOf('/') + 1)));
      return judge(await read.get(role)!, call);
    },
  };
}

async function statementsOf(client: IAMClient, RoleName: string): Promise<readonly Statement[]> {
  const { AttachedPolicies = [] } = await client.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  if (AttachedPolicies.length > 0) throw new Error(`${RoleName} has attached policies, which are not looked at here`);
  const statements: Statement[] = [];
  for (const PolicyName of (await client.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames ?? []) {
    const { PolicyDocument } = await client.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    const document = JSON.parse(decodeURIComponent(PolicyDocument!)) as { readonly Statement: Statement | readonly Statement[] };
    statements.push(...(Array.isArray(document.Statement) ? (document.Statement as readonly Statement[]) : [document.Statement as Statement]));
  }
  return statements;
}
