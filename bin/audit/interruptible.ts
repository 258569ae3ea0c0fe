import type { Console } from '../console.ts';

/** What Ctrl-C may do just now. */
export interface Phase {
  /** From here on the work is brought to its end first. (Cutting it would do no harm either: the next run completes the record.) */
  mayNotBeCut(doing: string): void;
  mayBeCut(): void;
}

/** Thrown where a run stops because it was asked to. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/**
 * Runs work that Ctrl-C stops: at once while nothing but notes of this run were written, after the step where the record is being
 * written. `findingsCommand` shows what was found then. Rejects with an InterruptedError. The second Ctrl-C is the console's affair: it ends the process.
 */
export async function interruptible(io: Pick<Console, 'note' | 'onInterrupt'>, findingsCommand: string, work: (phase: Phase) => Promise<void>): Promise<void> {
  let uncut: string | undefined;
  let asked = false;
  let stop: (error: InterruptedError) => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => (stop = reject));
  const stopNow = (): void => stop(new InterruptedError('interrupted; the record is as it was, and nothing of this run counts'));
  const back = io.onInterrupt(() => {
    asked = true;
    if (uncut === undefined) stopNow();
    else io.note(`eksaminer: stopping as soon as possible: ${uncut}. Ctrl-C again stops at once; the next run then completes the record`);
  });
  const phase: Phase = {
    mayNotBeCut: (doing) => void (uncut = doing),
    mayBeCut: () => {
      uncut = undefined;
      if (asked) throw new InterruptedError(`interrupted; the record is written, the report was not: ${findingsCommand}`);
    },
  };
  try {
    await Promise.race([work(phase), stopped]);
  } finally {
    back();
  }
}
