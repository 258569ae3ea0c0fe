import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

export const ACCOUNT = '123456789012';
export const REGION = 'eu-west-1';

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** A template as CloudFormation would fill it in, in `ACCOUNT` and `REGION`: every resource is called by its logical id. */
export interface ResolvedTemplate {
  readonly resources: Readonly<Record<string, Resource>>;
  readonly outputs: Readonly<Record<string, { readonly Value: string }>>;
  /** ARN of the one resource of this type whose logical id begins so. */
  arnOf(type: string, prefix?: string): string;
  /** Logical ids of the resources of this type. */
  idsOf(type: string): readonly string[];
  /** The one resource of this type whose logical id begins so. */
  one(type: string, prefix?: string): Resource & { readonly id: string };
}

interface Written {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: string }>>;
  readonly Parameters?: Readonly<Record<string, { readonly Default?: string }>>;
}

/** `parameters`: values for those without a default. */
export function resolveTemplate(stack: Stack, parameters: Readonly<Record<string, string>> = {}): ResolvedTemplate {
  const written = Template.fromStack(stack).toJSON() as Written;
  const resolve = resolver(written, parameters);
  const resources = resolve(written.Resources) as Record<string, Resource>;
  const idsOf = (type: string): string[] => Object.keys(resources).filter((id) => resources[id]!.Type === type);
  const idOf = (type: string, prefix = ''): string => {
    const ids = idsOf(type).filter((id) => id.startsWith(prefix));
    if (ids.length !== 1) throw new Error(`${ids.length} resources of type ${type} begin with "${prefix}": ${ids.join(', ')}`);
    return ids[0]!;
  };
  return {
    resources,
    outputs: (resolve(written.Outputs ?? {}) ?? {}) as ResolvedTemplate['outputs'],
    idsOf,
    arnOf: (type, prefix) => arn(type, idOf(type, prefix), written.Resources),
    one: (type, prefix) => ({ id: idOf(type, prefix), ...resources[idOf(type, prefix)]! }),
  };
}

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::StackName': 'Eksaminer',
  'AWS::URLSuffix': 'amazonaws.com',
};

function resolver({ Resources, Parameters = {} }: Written, parameters: Readonly<Record<string, string>>): (value: unknown) => unknown {
  const ref = (id: string): string => {
    const plain = PSEUDO[id] ?? parameters[id] ?? Parameters[id]?.Default;
    if (plain !== undefined) return plain;
    const type = Resources[id]?.Type;
    if (type === undefined) throw new Error(`nothing is called ${id}`);
    return REFERRED_BY_ARN.has(type) ? arn(type, id, Resources) : physicalName(type, id);
  };
  const attribute = (id: string, name: string): string => {
    if (name === 'Arn') return arn(Resources[id]!.Type, id, Resources);
    if (['Name', 'QueueName', 'TopicName'].includes(name)) return physicalName(Resources[id]!.Type, id);
    throw new Error(`the attribute ${name} of ${id} is not known here`);
  };
  const sub = (text: string, values: Readonly<Record<string, unknown>>): string =>
    text.replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => (name in values ? String(resolve(values[name])) : name.includes('.') ? attribute(...(name.split('.') as [string, string])) : ref(name)));

  function resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const [[key, operand] = ['', undefined], ...others] = Object.entries(value);
    if (others.length === 0) {
      const list = (): unknown[] => resolve(operand) as unknown[];
      if (key === 'Ref') return ref(operand as string);
      if (key === 'Fn::GetAtt') return attribute(...(operand as [string, string]));
      if (key === 'Fn::Join') return (list()[1] as string[]).join(list()[0] as string);
      if (key === 'Fn::Split') return (list()[1] as string).split(list()[0] as string);
      if (key === 'Fn::Select') return (list()[1] as unknown[])[Number(list()[0])];
      if (key === 'Fn::Sub') return typeof operand === 'string' ? sub(operand, {}) : sub(...(operand as [string, Record<string, unknown>]));
      if (key.startsWith('Fn::')) throw new Error(`${key} is not known here`);
    }
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolve(member)]));
  }
  return resolve;
}

/** Of these `Ref` is the ARN, of the others the name. */
const REFERRED_BY_ARN = new Set(['AWS::SNS::Topic', 'AWS::StepFunctions::StateMachine']);

function physicalName(type: string, id: string): string {
  return type === 'AWS::S3::Bucket' ? id.toLowerCase() : id;
}

function arn(type: string, id: string, resources: Written['Resources']): string {
  const here = `${REGION}:${ACCOUNT}`;
  const name = physicalName(type, id);
  switch (type) {
    case 'AWS::S3::Bucket':
      return `arn:aws:s3:::${name}`;
    case 'AWS::IAM::Role':
      return `arn:aws:iam::${ACCOUNT}:role${(resources[id]!.Properties['Path'] as string | undefined) ?? '/'}${(resources[id]!.Properties['RoleName'] as string | undefined) ?? name}`;
    case 'AWS::Lambda::Function':
      return `arn:aws:lambda:${here}:function:${name}`;
    case 'AWS::SNS::Topic':
      return `arn:aws:sns:${here}:${name}`;
    case 'AWS::SQS::Queue':
      return `arn:aws:sqs:${here}:${name}`;
    case 'AWS::KMS::Key':
      return `arn:aws:kms:${here}:key/${name}`;
    case 'AWS::StepFunctions::StateMachine':
      return `arn:aws:states:${here}:stateMachine:${name}`;
    case 'AWS::Events::Rule':
      return `arn:aws:events:${here}:rule/${name}`;
    case 'AWS::CloudWatch::Alarm':
      return `arn:aws:cloudwatch:${here}:alarm:${name}`;
    case 'AWS::Logs::LogGroup':
      return `arn:aws:logs:${here}:log-group:${(resources[id]!.Properties['LogGroupName'] as string | undefined) ?? name}:*`;
    default:
      throw new Error(`the ARN of ${type} (${id}) is not known here`);
  }
}
