import { fits, wildcardPattern } from '../../../model/wildcard-pattern.ts';
import { fitsArn } from './arn-pattern.ts';
import { conditionOperator, type Comparison, type ConditionOperator } from './condition-operator.ts';
import { fillVariables, type FilledValue } from './policy-variables.ts';
import type { RequestContext } from './request-context.ts';
import { allOf, anyOf, not, type Truth } from './truth.ts';

export interface Conditions {
  readonly context: RequestContext;
  /** Whether `${...}` is a variable: only in policies of Version 2012-10-17. */
  readonly variables: boolean;
  /** Told of the keys that make a condition unknown. */
  readonly onUnknown: (key: string) => void;
}

/** Whether all conditions of a statement hold. `condition`: as it stands in the policy; undefined: none. */
export function conditionTruth(condition: unknown, conditions: Conditions): Truth {
  if (condition === undefined || condition === null) return true;
  if (typeof condition !== 'object' || Array.isArray(condition)) return 'unknown';
  return allOf(
    Object.entries(condition).flatMap(([name, keys]: [string, unknown]): Truth[] => {
      if (typeof keys !== 'object' || keys === null || Array.isArray(keys)) return ['unknown'];
      const operator = conditionOperator(name);
      return Object.entries(keys).map(([key, values]: [string, unknown]) => keyTruth(operator, key, textsOf(values), conditions));
    }),
  );
}

/** One or a list; numbers and booleans stand for their texts. */
function textsOf(values: unknown): readonly string[] {
  return (Array.isArray(values) ? (values as readonly unknown[]) : [values]).map((value) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')));
}

function keyTruth(operator: ConditionOperator, key: string, values: readonly string[], conditions: Conditions): Truth {
  const truth = judged(operator, key, values, conditions);
  if (truth === 'unknown') conditions.onUnknown(key);
  return truth;
}

function judged(operator: ConditionOperator, key: string, values: readonly string[], { context, variables }: Conditions): Truth {
  const { quantifier, comparison, negated, ifExists } = operator;
  const given = context.valueOf(key);
  if (comparison === 'null') return given === 'unsaid' ? 'unknown' : anyOf(values.map((value) => (value.toLowerCase() === 'true') === (given === undefined)));
  if (given === undefined || (Array.isArray(given) && given.length === 0)) return quantifier === undefined ? negated || ifExists : quantifier === 'all';
  if (given === 'unsaid' || given === 'some') return 'unknown';
  if (comparison === 'not-modelled') return 'unknown';
  const wanted = values.map((value) => (variables ? fillVariables(value, context) : wildcardPattern(value)));
  const holds = (one: string): Truth => {
    const some = anyOf(wanted.map((value) => compared(comparison, value, one)));
    return negated ? not(some) : some;
  };
  const truths = given.map(holds);
  if (quantifier === 'all') return allOf(truths);
  if (quantifier === 'any') return anyOf(truths);
  return negated ? allOf(truths) : anyOf(truths);
}

function compared(comparison: Exclude<Comparison, 'null' | 'not-modelled'>, wanted: FilledValue, given: string): Truth {
  if (wanted === 'no-value') return false;
  if (wanted === 'unknown') return 'unknown';
  switch (comparison) {
    case 'equals':
      return wanted.text === given;
    case 'equals-ignoring-case':
    case 'bool':
      return wanted.text.toLowerCase() === given.toLowerCase();
    case 'like':
      return fits(wanted, given);
    case 'arn':
      return fitsArn(wanted, given);
  }
}
