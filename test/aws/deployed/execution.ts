import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  UpdateStateMachineCommand,
  type DescribeExecutionOutput,
} from '@aws-sdk/client-sfn';
import { setTimeout as wait } from 'node:timers/promises';
import type { clientSettings } from '../client-settings.ts';

const DEADLINE_MS = 180_000;

export interface Execution {
  readonly arn: string;
  /** Waits for its end. */
  finished(): Promise<DescribeExecutionOutput>;
  stop(): Promise<unknown>;
}

/** What is changed of a definition. */
export interface EditedDefinition {
  readonly States: Record<string, { TimeoutSeconds?: number; readonly ItemProcessor?: EditedDefinition }>;
}

export interface Executions {
  start(input: object): Promise<Execution>;
  /** Waits for one that somebody else has started, beside those that are known. */
  next(): Promise<Execution>;
  /** Changes the state machine, until it is restored. */
  edit(change: (definition: EditedDefinition) => void): Promise<{ restore(): Promise<unknown> }>;
}

/** Executions of one state machine. */
export function executionsOf(settings: ReturnType<typeof clientSettings>, stateMachineArn: string): Executions {
  const client = new SFNClient(settings);
  const known = new Set<string>();
  const of = (arn: string): Execution => {
    known.add(arn);
    return {
      arn,
      finished: () => until(`the end of ${arn}`, async () => ended(await client.send(new DescribeExecutionCommand({ executionArn: arn })))),
      stop: () => client.send(new StopExecutionCommand({ executionArn: arn })),
    };
  };
  return {
    async start(input) {
      const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
      return of(executionArn!);
    },
    async next() {
      const arn = await until('an execution that the schedule starts', async () => {
        const { executions = [] } = await client.send(new ListExecutionsCommand({ stateMachineArn }));
        return executions.map(({ executionArn }) => executionArn!).find((each) => !known.has(each));
      });
      return of(arn);
    },
    async edit(change) {
      const { definition } = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
      const edited = JSON.parse(definition!) as EditedDefinition;
      change(edited);
      const put = (text: string): Promise<unknown> => client.send(new UpdateStateMachineCommand({ stateMachineArn, definition: text }));
      await put(JSON.stringify(edited));
      return { restore: () => put(definition!) };
    },
  };
}

/** Types of the events of an execution, and the states that it entered. */
export async function historyOf(settings: ReturnType<typeof clientSettings>, executionArn: string): Promise<{ readonly states: readonly string[]; readonly types: readonly string[] }> {
  const { events = [] } = await new SFNClient(settings).send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1_000 }));
  return { types: events.map(({ type }) => String(type)), states: events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []) };
}

function ended(execution: DescribeExecutionOutput): DescribeExecutionOutput | undefined {
  return execution.status === 'RUNNING' ? undefined : execution;
}

/** Asks until there is an answer. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${DEADLINE_MS / 1_000} s for ${what}`);
    await wait(100);
  }
}
