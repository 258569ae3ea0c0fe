import type { Clock } from '../../../lambda/collect/kubernetes/clock.ts';

/** Time that passes when a test says so. Waiting ends at once and is recorded; deadlines pass by `expire`. */
export class TestClock implements Clock {
  /** What was waited for, in milliseconds. */
  readonly waits: number[] = [];
  private readonly timers = new Map<symbol, { readonly milliseconds: number; readonly then: () => void }>();
  private passed = 0;

  now(): number {
    return this.passed;
  }

  date(): Date {
    return new Date(Date.UTC(2026, 10, 21, 6) + this.passed);
  }

  sleep(milliseconds: number): Promise<void> {
    this.waits.push(milliseconds);
    this.passed += milliseconds;
    return Promise.resolve();
  }

  after(milliseconds: number, then: () => void): () => void {
    const id = Symbol();
    this.timers.set(id, { milliseconds, then });
    return () => void this.timers.delete(id);
  }

  pass(milliseconds: number): void {
    this.passed += milliseconds;
  }

  /** Lets the deadlines of this length pass. Throws where none is running: then the test would prove nothing. */
  expire(milliseconds: number): void {
    const due = [...this.timers].filter(([, timer]) => timer.milliseconds === milliseconds);
    if (due.length === 0) throw new Error(`no deadline of ${milliseconds} ms is running`);
    for (const [id, { then }] of due) {
      this.timers.delete(id);
      then();
    }
  }

  running(): number {
    return this.timers.size;
  }
}
