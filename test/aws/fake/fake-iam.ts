import { fault, page, said, type Call, type Said } from './call.ts';
import { roleArn, type FakeRole } from './fake-data.ts';

/** The part of IAM's query API that an audit reads. Documents travel percent-encoded, as IAM's do. */
export function iam(operation: string, call: Call): Said {
  const { parameters, data, caller } = call;
  if (operation === 'GetPolicy' || operation === 'GetPolicyVersion') return policy(operation, call);
  const name = parameters.get('RoleName');
  const role = data.roles?.find((each) => each.name === name);
  if (!role) return missing(`The role with name ${name} cannot be found.`);
  switch (operation) {
    case 'GetRole':
      return said({ Role: { Path: role.path ?? '/', RoleName: role.name, RoleId: `AROA${role.name.toUpperCase()}`, Arn: roleArn(caller.account, role), CreateDate: '2026-01-01T00:00:00Z', AssumeRolePolicyDocument: encoded(role.trust ?? { Version: '2012-10-17', Statement: [] }) } });
    case 'ListRolePolicies':
      return listed(call, 'PolicyNames', Object.keys(role.inline ?? {}));
    case 'GetRolePolicy':
      return inline(role, parameters.get('PolicyName')!);
    case 'ListAttachedRolePolicies':
      return listed(call, 'AttachedPolicies', (role.attached ?? []).map((PolicyArn) => ({ PolicyName: nameOf(PolicyArn), PolicyArn })));
    default:
      return fault(400, 'InvalidAction', `Could not find operation ${operation}`);
  }
}

function inline(role: FakeRole, name: string): Said {
  const document = role.inline?.[name];
  return document ? said({ RoleName: role.name, PolicyName: name, PolicyDocument: encoded(document) }) : missing(`The role policy with name ${name} cannot be found.`);
}

function policy(operation: string, { parameters, data }: Call): Said {
  const arn = parameters.get('PolicyArn')!;
  const held = data.policies?.[arn];
  if (!held) return missing(`Policy ${arn} was not found.`);
  if (operation === 'GetPolicy') return said({ Policy: { PolicyName: held.name ?? nameOf(arn), PolicyId: 'ANPAFAKE', Arn: arn, DefaultVersionId: 'v3' } });
  if (parameters.get('VersionId') !== 'v3') return missing(`Policy ${arn} version ${parameters.get('VersionId')} does not exist.`);
  return said({ PolicyVersion: { VersionId: 'v3', IsDefaultVersion: true, Document: encoded(held.document) } });
}

function listed(call: Call, field: string, all: readonly unknown[]): Said {
  const { items, next } = page(call, all, call.parameters.get('Marker'), call.parameters.get('MaxItems'));
  return said({ [field]: items, IsTruncated: next !== undefined, ...(next === undefined ? {} : { Marker: next }) });
}

function encoded(document: object): string {
  return encodeURIComponent(JSON.stringify(document));
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function missing(message: string): Said {
  return fault(404, 'NoSuchEntity', message);
}
