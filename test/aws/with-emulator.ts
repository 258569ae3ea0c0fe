import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { installEmulator } from '../../scripts/emulator/install-emulator.ts';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../scripts/emulator/start-emulator.ts';

const found = installEmulator();
/** Why there is none, or what runs it. */
export const EMULATOR = found;
if (typeof found === 'string') {
  // Where others build on it, a test that did not run must not look like one that passed.
  if (process.env['CI']) throw new Error(found);
  process.stderr.write(`\nSkipped: ${found}\n`);
}

/** A group of tests with an emulator of AWS of their own, which is there from the first hook that `body` registers. Without Python the group is skipped, and says so. */
export function withEmulator(name: string, options: EmulatorOptions, body: (emulator: () => Emulator) => void): void {
  describe(name, () => {
    if (typeof found === 'string') {
      test.skip(found, () => undefined);
      return;
    }
    let started: Emulator | undefined;
    beforeAll(async () => {
      started = await startEmulator(found.python, options);
    }, 60_000);
    afterAll(async () => {
      await started?.[Symbol.asyncDispose]();
    });
    body(() => {
      if (started === undefined) throw new Error('the emulator has not been started');
      return started;
    });
  });
}
