/** What IAM would say to a call: the part of its rules that policies of this project can use. An operator or element that is not known here is an error, so that nothing is ever allowed unread. */

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PolicyDocument {
  readonly Statement: Statement | readonly Statement[];
}

export interface Asked {
  readonly action: string;
  /** ARN, or `*`. */
  readonly resource: string;
  /** Condition keys that the request fills. */
  readonly context?: Readonly<Record<string, string>>;
}

export type Decision = 'allow' | 'explicit deny' | 'implicit deny';

/** The decision of identity policies of one account. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
export function decide(policies: readonly PolicyDocument[], asked: Asked): Decision {
  const fitting = policies.flatMap(({ Statement }) => listOf<Statement>(Statement)).filter((statement) => fits(statement, asked));
  if (fitting.some(({ Effect }) => Effect === 'Deny')) return 'explicit deny';
  return fitting.some(({ Effect }) => Effect === 'Allow') ? 'allow' : 'implicit deny';
}

function fits({ Action, NotAction, Resource, NotResource, Condition = {} }: Statement, { action, resource, context = {} }: Asked): boolean {
  const named = Action === undefined ? !some(NotAction, action, true) : some(Action, action, true);
  const meant = Resource === undefined ? !some(NotResource, resource) : some(Resource, resource);
  return named && meant && Object.entries(Condition).every(([operator, keys]) => Object.entries(keys).every(([key, values]) => holds(operator, listOf(values), find(context, key))));
}

function holds(operator: string, values: readonly string[], given: string | undefined): boolean {
  const bare = operator.replace(/IfExists$/, '');
  if (bare === 'Null') return values.some((value) => (value === 'true') === (given === undefined));
  const negative = bare.includes('Not');
  if (given === undefined) return negative || operator !== bare;
  switch (bare) {
    case 'StringEquals':
    case 'Bool':
      return values.includes(given);
    case 'StringNotEquals':
      return !values.includes(given);
    case 'StringLike':
    case 'ArnLike':
    case 'ArnEquals':
      return some(values, given);
    case 'StringNotLike':
    case 'ArnNotLike':
    case 'ArnNotEquals':
      return !some(values, given);
    default:
      throw new Error(`the condition operator ${operator} is not known here`);
  }
}

function find(context: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}

/** `*` and `?` as IAM has them. An action's case does not matter. */
function some(patterns: string | readonly string[] | undefined, text: string, ignoreCase = false): boolean {
  return listOf(patterns ?? []).some((pattern) => {
    const source = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*').replaceAll('?', '.');
    return new RegExp(`^${source}$`, ignoreCase ? 'is' : 's').test(text);
  });
}

function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
