/** Why reconcile stopped without committing anything. */
export type StopCode = 'clock' | 'record-damaged' | 'commit-incomplete' | 'history-differs' | 'busy';

/** The record is in a condition, or the clock is, in which going on could spoil it. A person has to look; nothing was changed. */
export class ReconcileStoppedError extends Error {
  override readonly name = 'ReconcileStoppedError';
  readonly code: StopCode;

  constructor(code: StopCode, message: string) {
    super(message);
    this.code = code;
  }
}
