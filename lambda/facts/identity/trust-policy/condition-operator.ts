/** How values of a request are compared with those of the policy. */
export type Comparison = 'equals' | 'equals-ignoring-case' | 'like' | 'arn' | 'bool' | 'null' | 'not-modelled';

export interface ConditionOperator {
  readonly quantifier: 'all' | 'any' | undefined;
  readonly comparison: Comparison;
  readonly negated: boolean;
  readonly ifExists: boolean;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const COMPARISONS: ReadonlyMap<string, readonly [Comparison, boolean]> = new Map([
  ['stringequals', ['equals', false]],
  ['stringnotequals', ['equals', true]],
  ['stringequalsignorecase', ['equals-ignoring-case', false]],
  ['stringnotequalsignorecase', ['equals-ignoring-case', true]],
  ['stringlike', ['like', false]],
  ['stringnotlike', ['like', true]],
  ['arnequals', ['arn', false]],
  ['arnlike', ['arn', false]],
  ['arnnotequals', ['arn', true]],
  ['arnnotlike', ['arn', true]],
  ['bool', ['bool', false]],
  ['null', ['null', false]],
]);
/** Compared with numbers, times and addresses, which no request for a ServiceAccount's role has known values of. */
const NEGATED = /^(?:numericnotequals|datenotequals|notipaddress)$/;

export function conditionOperator(name: string): ConditionOperator {
  const [, set, base = '', ifExists] = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(name.toLowerCase()) ?? [];
  const [comparison, negated] = COMPARISONS.get(base) ?? (['not-modelled', NEGATED.test(base)] as const);
  return {
    quantifier: set === undefined ? undefined : set === 'forallvalues' ? 'all' : 'any',
    comparison,
    negated,
    ifExists: ifExists !== undefined,
  };
}
