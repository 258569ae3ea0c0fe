import type { PolicyDocument } from '../../../model/eks.ts';

/** Parts of a statement as somebody who looks for names wants them. Its judge reads it itself. */
export interface NamedStatement {
  readonly effect: unknown;
  readonly principals: readonly { readonly kind: string; readonly name: string }[];
  /** Operator, key and each of its values. */
  readonly conditions: readonly { readonly operator: string; readonly key: string; readonly values: readonly string[] }[];
}

/** The statements of a policy of any shape: what has another shape than IAM gives it is left out. */
export function statementsOf(document: PolicyDocument): readonly NamedStatement[] {
  return list(document['Statement']).filter(isObject).map((statement) => {
    const principal = statement['Principal'];
    const principals = typeof principal === 'string' ? [{ kind: 'AWS', name: principal }] : entriesOf(principal).flatMap(([kind, names]) => texts(names).map((name) => ({ kind, name })));
    const conditions = entriesOf(statement['Condition']).flatMap(([operator, keys]) => entriesOf(keys).map(([key, values]) => ({ operator, key, values: texts(values) })));
    return { effect: statement['Effect'], principals, conditions };
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isObject(value) ? Object.entries(value) : [];
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

function texts(value: unknown): readonly string[] {
  return list(value).filter((each) => typeof each === 'string');
}
