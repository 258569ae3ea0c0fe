import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import { LARGE, SMALL, givenStack } from './given-stack.ts';
import { StateError, definitionOf, runDefinition, statesOf, type Definition, type Functions } from './definition.ts';
import { resolveTemplate } from './resolved-template.ts';

/** CommonJS without types. */
const validate = createRequire(import.meta.url)('asl-validator') as (definition: Definition, checks: object) => { readonly isValid: boolean; errorsText(): string };

const template = resolveTemplate(givenStack(SMALL));
const definition = definitionOf(template);
const large = definitionOf(resolveTemplate(givenStack(LARGE)));

const RUN = '01KA0000000000000000000000';
const EXECUTION = { Execution: { Id: 'arn:aws:states:eu-west-1:123456789012:execution:Runs:one', StartTime: '2026-11-21T06:00:00.000Z', Input: { trigger: 'schedule' } } };
const TARGETS = [{ label: 'one' }, { label: 'two' }, { label: 'three' }];

/** Functions by the part of their logical id that says which they are. */
function answering(answers: Readonly<Record<string, (input: never) => unknown>>): { readonly functions: Functions; readonly calls: (readonly [string, unknown])[] } {
  const calls: (readonly [string, unknown])[] = [];
  const usual: Record<string, (input: never) => unknown> = {
    RunDiscover: () => ({ run: RUN, targets: TARGETS.length, targetsKey: `runs/${RUN}/targets.jsonl` }),
    RunAudit: () => ({}),
    RunReconcile: () => ({ seq: 7 }),
    RunNotify: () => ({}),
    ...answers,
  };
  const functions: Functions = (resource, input) => {
    const name = resource.slice(resource.lastIndexOf(':') + 1);
    const kind = Object.keys(usual).filter((each) => name.startsWith(each)).sort((a, b) => b.length - a.length)[0]!;
    calls.push([kind, input]);
    return usual[kind]!(input as never);
  };
  return { functions, calls };
}

const fail = (name: string) => (): never => {
  throw new StateError(name);
};

describe.each([
  ['small', definition],
  ['large', large],
])('the definition of a %s stack', (_, machine) => {
  test('is what the language allows', () => {
    const { isValid, errorsText } = validate(machine, { checkArn: true, checkPaths: true });
    expect([isValid, errorsText()]).toEqual([true, '']);
  });

  test('ends in time, as a whole and in every task', () => {
    expect(machine.TimeoutSeconds).toBe(24 * 3600);
    const tasks = statesOf(machine).filter(([, { Type }]) => Type === 'Task');
    expect(new Set(tasks.map(([, { TimeoutSeconds }]) => TimeoutSeconds))).toEqual(new Set([930]));
  });

  test('reads its items from the bucket, and fails for no cluster', () => {
    const map = machine.States['AuditClusters']!;
    expect(map).toMatchObject({
      MaxConcurrency: 40,
      ToleratedFailurePercentage: 100,
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
      ItemReader: { ReaderConfig: { InputType: 'JSONL' }, Parameters: { 'Key.$': '$.targetsKey' } },
    });
  });

  test("a child's output is empty, whatever the audit answers or throws", () => {
    const answers = [() => ({}), () => ({ findings: 'x'.repeat(300_000) }), fail('States.Timeout'), fail('Error'), fail('Lambda.TooManyRequestsException')];
    for (const answer of answers) {
      const { functions } = answering({ RunAudit: answer });
      const vantages = [{ label: 'one' }, { label: 'two', vantage: 'frankfurt' }];
      expect(runDefinition(machine, EXECUTION, functions, vantages).children).toEqual([{}, {}]);
    }
  });
});

describe('a run', () => {
  test('discovers, audits each cluster, reconciles, notifies', () => {
    const { functions, calls } = answering({});
    const { path } = runDefinition(definition, EXECUTION, functions, TARGETS);
    expect(path).toEqual(['Discover', 'AnyTargets', 'AuditClusters', 'Audit', 'Audit', 'Audit', 'Reconcile', 'Notify']);
    expect(calls).toEqual([
      ['RunDiscover', { input: { trigger: 'schedule' }, execution: EXECUTION.Execution.Id, startedAt: EXECUTION.Execution.StartTime }],
      ...TARGETS.map((target) => ['RunAudit', { run: RUN, target }]),
      ['RunReconcile', { run: RUN }],
      ['RunNotify', { run: RUN }],
    ]);
  });

  test('without targets reconciles all the same: that nothing is there may be news', () => {
    const { functions } = answering({ RunDiscover: () => ({ run: RUN, targets: 0, targetsKey: 'none' }) });
    expect(runDefinition(definition, EXECUTION, functions, []).path).toEqual(['Discover', 'AnyTargets', 'Reconcile', 'Notify']);
  });

  test.each([
    ['one cluster fails', (target: { readonly label: string }) => target.label === 'two', ['Audit', 'Audit', 'NotAudited', 'Audit']],
    ['all fail', () => true, ['Audit', 'NotAudited', 'Audit', 'NotAudited', 'Audit', 'NotAudited']],
  ])('goes on when %s', (_, fails, children) => {
    const { functions } = answering({ RunAudit: ({ target }: { readonly target: { readonly label: string } }) => (fails(target) ? fail('Error')() : {}) });
    const { path } = runDefinition(definition, EXECUTION, functions, TARGETS);
    expect(path).toEqual(['Discover', 'AnyTargets', 'AuditClusters', ...children, 'Reconcile', 'Notify']);
  });

  test('tries a failed audit once more, and a timeout not at all', () => {
    const callsWith = (error: string): number => {
      const { functions, calls } = answering({ RunAudit: fail(error) });
      runDefinition(definition, EXECUTION, functions, TARGETS.slice(0, 1));
      return calls.filter(([kind]) => kind === 'RunAudit').length;
    };
    expect([callsWith('Error'), callsWith('States.Timeout')]).toEqual([2, 1]);
  });

  test('waits its turn where the account runs no more functions', () => {
    let left = 50;
    const { functions } = answering({ RunAudit: () => (left-- > 0 ? fail('Lambda.TooManyRequestsException')() : {}) });
    expect(runDefinition(definition, EXECUTION, functions, TARGETS.slice(0, 1)).path).not.toContain('NotAudited');
  });

  test.each([
    ['RunDiscover', 'Error', 3],
    ['RunDiscover', 'States.Timeout', 1],
    ['RunReconcile', 'Error', 4],
    ['RunReconcile', 'States.Timeout', 1],
    ['RunNotify', 'Error', 4],
    // A route that is taken: every five minutes, longer than the lease of 20.
    ['RunNotify', 'RouteBusyError', 6],
  ])('fails when %s keeps failing with %s', (kind, error, attempts) => {
    const { functions, calls } = answering({ [kind]: fail(error) });
    expect(() => runDefinition(definition, EXECUTION, functions, TARGETS)).toThrow(error);
    expect(calls.filter(([name]) => name === kind)).toHaveLength(attempts);
  });

  test('sends a cluster to the function of its vantage', () => {
    const { functions, calls } = answering({ 'RunAuditFromfrankfurt': () => ({}) });
    const targets = [{ label: 'one' }, { label: 'two', vantage: 'frankfurt' }, { label: 'three', vantage: 'elsewhere' }];
    runDefinition(large, EXECUTION, functions, targets);
    expect(calls.filter(([kind]) => kind.startsWith('RunAudit')).map(([kind]) => kind)).toEqual(['RunAudit', 'RunAuditFromfrankfurt', 'RunAudit']);
  });
});
