import type { ResolvedTemplate } from './resolved-template.ts';

/** A state of the Amazon States Language, as far as this project's definition uses it. */
export interface State {
  readonly Type: 'Task' | 'Choice' | 'Map' | 'Pass';
  readonly Next?: string;
  readonly End?: true;
  readonly Resource?: string;
  readonly Parameters?: Readonly<Record<string, string>>;
  readonly ResultSelector?: Readonly<Record<string, unknown>>;
  readonly Result?: unknown;
  readonly ResultPath?: string | null;
  readonly TimeoutSeconds?: number;
  readonly Choices?: readonly Rule[];
  readonly Default?: string;
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[]; readonly MaxAttempts: number }[];
  readonly ItemSelector?: Readonly<Record<string, string>>;
  readonly ItemProcessor?: Definition & { readonly ProcessorConfig: Readonly<Record<string, string>> };
  readonly ItemReader?: { readonly Resource: string; readonly ReaderConfig: Readonly<Record<string, string>>; readonly Parameters: { readonly Bucket: string; readonly 'Key.$': string } };
  readonly MaxConcurrency?: number;
  readonly ToleratedFailurePercentage?: number;
}

export interface Rule {
  readonly Variable?: string;
  readonly And?: readonly Rule[];
  readonly IsPresent?: boolean;
  readonly StringEquals?: string;
  readonly NumericGreaterThan?: number;
  readonly Next?: string;
}

export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
  readonly TimeoutSeconds?: number;
}

export function definitionOf(template: ResolvedTemplate): Definition {
  return JSON.parse(template.one('AWS::StepFunctions::StateMachine').Properties['DefinitionString'] as string) as Definition;
}

/** All states with their names, those of the children of maps too. */
export function statesOf({ States }: Definition): readonly (readonly [string, State])[] {
  return Object.entries(States).flatMap(([name, state]) => [[name, state] as const, ...(state.ItemProcessor ? statesOf(state.ItemProcessor) : [])]);
}

/** What a function answers; thrown: the execution's error, by its name. */
export type Functions = (resource: string, input: unknown) => unknown;

/** An error as a state machine sees it. */
export class StateError extends Error {
  override readonly name: string;

  constructor(name: string) {
    super(name);
    this.name = name;
  }
}

export interface Ran {
  /** Names of the states that were entered, in order; those of children too. */
  readonly path: readonly string[];
  readonly output: unknown;
  /** Outputs of the children of the map. */
  readonly children: readonly unknown[];
}

/**
 * Runs a definition as Step Functions would, without waiting: a retry is a second call at once. `items`: what the item reader finds.
 * Throws `StateError` where the execution fails. It knows what this definition uses, and throws at anything else.
 */
export function runDefinition(definition: Definition, context: Readonly<Record<string, unknown>>, functions: Functions, items: readonly unknown[]): Ran {
  const path: string[] = [];
  const children: unknown[] = [];

  function run({ StartAt, States }: Definition, input: unknown): unknown {
    let value = input;
    for (let name: string | undefined = StartAt; name !== undefined; ) {
      path.push(name);
      const state: State = States[name]!;
      if (state.Type === 'Choice') {
        name = state.Choices!.find((rule) => matches(rule, value))?.Next ?? state.Default;
        continue;
      }
      try {
        value = place(state.ResultPath, value, select(state, resultOf(state, value)));
        name = state.Next;
      } catch (error) {
        const caught: { readonly Next: string } | undefined = state.Catch?.find(({ ErrorEquals }) => covers(ErrorEquals, error as Error));
        if (!caught) throw error;
        name = caught.Next;
      }
    }
    return value;
  }

  function resultOf(state: State, input: unknown): unknown {
    if (state.Type === 'Pass') return state.Result;
    if (state.Type === 'Task') return retried(state, () => functions(state.Resource!, state.Parameters ? fill(state.Parameters, input, context) : input));
    for (const item of items) {
      const child = fill(state.ItemSelector!, input, { ...context, Map: { Item: { Value: item } } });
      children.push(run(state.ItemProcessor!, child));
    }
    return children;
  }

  return { output: run(definition, (context['Execution'] as { readonly Input: unknown }).Input), path, children };
}

function retried(state: State, call: () => unknown): unknown {
  for (let failures = 0; ; failures++) {
    try {
      return call();
    } catch (error) {
      const retrier = state.Retry?.find(({ ErrorEquals }) => covers(ErrorEquals, error as Error));
      if (!retrier || failures >= retrier.MaxAttempts) throw error;
    }
  }
}

/** `States.TaskFailed` is every error but a timeout; `States.ALL` every error. */
function covers(names: readonly string[], { name }: Error): boolean {
  return names.includes(name) || names.includes('States.ALL') || (names.includes('States.TaskFailed') && name !== 'States.Timeout');
}

function select({ ResultSelector }: State, result: unknown): unknown {
  if (ResultSelector === undefined) return result;
  if (Object.keys(ResultSelector).length > 0) throw new Error('result selectors are not known here');
  return {};
}

function place(path: string | null | undefined, input: unknown, result: unknown): unknown {
  if (path === null) return input;
  if (path === undefined || path === '$') return result;
  return { ...(input as object), [path.slice(2)]: result };
}

function matches(rule: Rule, input: unknown): boolean {
  if (rule.And) return rule.And.every((each) => matches(each, input));
  const found = at(rule.Variable!, input, {});
  if (rule.IsPresent !== undefined) return (found !== undefined) === rule.IsPresent;
  if (rule.StringEquals !== undefined) return found === rule.StringEquals;
  if (rule.NumericGreaterThan !== undefined) return (found as number) > rule.NumericGreaterThan;
  throw new Error(`the rule ${JSON.stringify(rule)} is not known here`);
}

function fill(template: Readonly<Record<string, string>>, input: unknown, context: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(template).map(([name, path]) => {
      if (!name.endsWith('.$')) throw new Error(`${name} is not a path`);
      const found = at(path, input, context);
      if (found === undefined) throw new StateError('States.ParameterPathFailure');
      return [name.slice(0, -2), found];
    }),
  );
}

function at(path: string, input: unknown, context: unknown): unknown {
  const [from, names] = path.startsWith('$$.') ? [context, path.slice(3)] : [input, path.slice(2)];
  return names.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], from);
}
