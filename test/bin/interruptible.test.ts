import { describe, expect, test } from '@jest/globals';
import { interruptible } from '../../bin/audit/interruptible.ts';

function given() {
  const notes: string[] = [];
  let press: () => void = () => undefined;
  let listening = false;
  const io = {
    note: (line: string) => void notes.push(line),
    onInterrupt: (handler: () => void) => {
      press = handler;
      listening = true;
      return () => void (listening = false);
    },
  };
  return { io, notes, press: () => press(), listening: () => listening };
}

describe('Ctrl-C', () => {
  test('stops at once while nothing of the record is being written', async () => {
    const { io, press, listening } = given();
    const run = interruptible(io, 'eksaminer findings --store x', () => new Promise(() => undefined));
    press();
    await expect(run).rejects.toMatchObject({ name: 'InterruptedError', message: 'interrupted; the record is as it was, and nothing of this run counts' });
    expect(listening()).toBe(false);
  });

  test('lets the record be written first, then stops before the report', async () => {
    const { io, press, notes } = given();
    const steps: string[] = [];
    const run = interruptible(io, 'eksaminer findings --store x', async (phase) => {
      phase.mayNotBeCut('the record is being written');
      press();
      await Promise.resolve();
      steps.push('written');
      phase.mayBeCut();
      steps.push('reported');
    });
    await expect(run).rejects.toMatchObject({ name: 'InterruptedError', message: 'interrupted; the record is written, the report was not: eksaminer findings --store x' });
    expect(steps).toEqual(['written']);
    expect(notes).toEqual(['eksaminer: stopping as soon as possible: the record is being written. Ctrl-C again stops at once; the next run then completes the record']);
  });

  test('not pressed, is not noticed', async () => {
    const { io, notes, listening } = given();
    await interruptible(io, 'eksaminer findings --store x', async (phase) => {
      phase.mayNotBeCut('x');
      await Promise.resolve();
      phase.mayBeCut();
    });
    expect(notes).toEqual([]);
    expect(listening()).toBe(false);
  });
});
