import type { ResolvedTemplate } from './resolved-template.ts';

/** One call, as IAM sees it. */
export interface Call {
  readonly action: string;
  readonly resource: string;
  /** ARN of the role that calls, or the name of a service. For policies of a resource. */
  readonly principal?: string;
  /** Condition keys; one that is not here is absent from the request. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

export type Verdict = 'allowed' | 'denied' | 'not-allowed';

/** Templates hold numbers too. */
type OneOrMany = string | number | readonly (string | number)[];

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: OneOrMany;
  readonly Resource: OneOrMany;
  readonly Principal?: '*' | Readonly<Record<string, OneOrMany>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany>>>>;
}

interface PolicyDocument {
  readonly Statement: readonly Statement[];
}

/** What these statements say of a call: a denial stands over everything. Throws at an element that it does not know rather than pass over it. */
export function judge(statements: readonly Statement[], call: Call): Verdict {
  const fitting = statements.filter((statement) => fits(statement, call));
  if (fitting.some(({ Effect }) => Effect === 'Deny')) return 'denied';
  return fitting.length > 0 ? 'allowed' : 'not-allowed';
}

/** The statements of the policies that are attached to a role of the template. */
export function statementsOfRole(template: ResolvedTemplate, role: string): readonly Statement[] {
  const { Properties } = template.resources[role]!;
  if (Properties['ManagedPolicyArns'] !== undefined || Properties['Policies'] !== undefined) throw new Error(`${role} has policies that are not looked at here`);
  return template
    .idsOf('AWS::IAM::Policy')
    .map((id) => template.resources[id]!.Properties)
    .filter(({ Roles }) => (Roles as string[]).includes(role))
    .flatMap(({ PolicyDocument: document }) => (document as PolicyDocument).Statement);
}

/** The id of the role with this ARN. */
export function roleOfArn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** The statements of a resource's own policy. */
export function statementsOf(document: unknown): readonly Statement[] {
  return (document as PolicyDocument).Statement;
}

const KNOWN = new Set(['Sid', 'Effect', 'Action', 'Resource', 'Principal', 'Condition']);

function fits(statement: Statement, { action, resource, principal, context = {} }: Call): boolean {
  for (const element of Object.keys(statement)) if (!KNOWN.has(element)) throw new Error(`the element ${element} is not known here`);
  return (
    many(statement.Action).some((pattern) => like(action.toLowerCase(), pattern.toLowerCase())) &&
    many(statement.Resource).some((pattern) => like(resource, pattern)) &&
    (statement.Principal === undefined || meant(statement.Principal, principal)) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) => Object.entries(keys).every(([key, values]) => holds(operator, context[key], many(values))))
  );
}

function meant(principals: NonNullable<Statement['Principal']>, principal: string | undefined): boolean {
  if (principals === '*') return true;
  return Object.values(principals)
    .flatMap(many)
    .some((one) => one === '*' || one === principal || (one.endsWith(':root') && principal?.split(':')[4] === one.split(':')[4]));
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
function holds(operator: string, actual: string | readonly string[] | undefined, expected: readonly string[]): boolean {
  const found = actual === undefined ? [] : many(actual);
  const some = (test: (value: string, pattern: string) => boolean): boolean => found.some((value) => expected.some((pattern) => test(value, pattern)));
  switch (operator) {
    case 'StringEquals':
    case 'ArnEquals':
    case 'ArnLike':
    case 'StringLike':
      return some(operator === 'StringEquals' ? (value, pattern) => value === pattern : like);
    case 'StringNotEquals':
      return !some((value, pattern) => value === pattern);
    case 'ArnNotEquals':
      return !some(like);
    case 'ForAllValues:StringNotEquals':
      return !some((value, pattern) => value === pattern);
    case 'Null':
      return (actual === undefined) === (expected[0] === 'true');
    case 'Bool':
      return some((value, pattern) => value === pattern);
    case 'NumericLessThan':
      return some((value, limit) => Number(value) < Number(limit));
    default:
      throw new Error(`the condition ${operator} is not known here`);
  }
}

function like(value: string, pattern: string): boolean {
  const expression = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 's').test(value);
}

function many(value: OneOrMany): readonly string[] {
  return (typeof value === 'object' ? value : [value]).map(String);
}
