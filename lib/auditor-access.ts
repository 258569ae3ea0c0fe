import { Aws, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { byScope, type ActionScope } from '../lambda/access/aws-actions.ts';

/** Path of the roles that go into other accounts: a member role lets in this path of the hub and nobody else there. */
export const AUDITOR_PATH = '/eksaminer/';

/** Lets a role read in its own account what these actions give, each limited as far as AWS can limit it. */
export function grantReads(role: iam.Role, actions: readonly string[]): void {
  for (const { scope, actions: members } of byScope(actions)) {
    const resources = resourcesOf(role, scope);
    role.addToPolicy(new iam.PolicyStatement({ actions: [...members], resources }));
    for (const resource of resources) acknowledgeResource(role, resource, REASONS[scope]);
  }
}

/** Lets a role assume exactly the member role of these accounts. */
export function grantMembers(role: iam.Role, accounts: readonly string[], memberRole: string): void {
  if (accounts.length === 0) return;
  role.addToPolicy(
    new iam.PolicyStatement({ actions: ['sts:AssumeRole'], resources: accounts.map((account) => `arn:${Aws.PARTITION}:iam::${account}:role/${memberRole}`) }),
  );
}

/** cdk-nag names a resource as the template does, intrinsic functions in angle brackets. */
export function acknowledgeResource(scope: IConstruct, resource: string, reason: string): void {
  const written = Stack.of(scope).resolve(resource) as string | { readonly 'Fn::Join': readonly [string, readonly (string | { readonly Ref: string })[]] };
  const text = typeof written === 'string' ? written : written['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : `<${part.Ref}>`)).join('');
  Validations.of(scope).acknowledge({ id: `AwsSolutions-IAM5[Resource::${text}]`, reason });
}

function resourcesOf(role: iam.Role, scope: ActionScope): string[] {
  const { partition, account } = Stack.of(role);
  switch (scope) {
    case 'eks':
      return [`arn:${partition}:eks:*:${account}:*`];
    case 'iam-role':
      return [`arn:${partition}:iam::${account}:role/*`];
    case 'iam-policy':
      return [`arn:${partition}:iam::${account}:policy/*`, `arn:${partition}:iam::aws:policy/*`];
    case 'any':
      return ['*'];
  }
}

const REASONS: Readonly<Record<ActionScope, string>> = {
  eks: 'Every cluster of the account is audited, whatever it is called and wherever it runs; read only.',
  'iam-role': 'Which roles a cluster uses is known when it is read; read only.',
  'iam-policy': 'Which policies the roles of a cluster have is known when they are read; read only.',
  any: 'AWS offers no resource that these reading actions could be limited to.',
};
