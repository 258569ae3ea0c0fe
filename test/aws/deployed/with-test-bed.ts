import { afterAll, beforeAll, describe, test } from '@jest/globals';
import type { Emulator } from '../../../scripts/emulator/start-emulator.ts';
import { startEmulator } from '../../../scripts/emulator/start-emulator.ts';
import { findAssets } from '../../live/api-server.ts';
import { openGateway } from '../gateway.ts';
import { EMULATOR } from '../with-emulator.ts';
import { buildTestBed, emulatorOptions, type TestBed } from './test-bed.ts';

const assets = findAssets();
const missing = [EMULATOR, assets].filter((found) => typeof found === 'string');
if (typeof assets === 'string') {
  if (process.env['CI']) throw new Error(assets);
  process.stderr.write(`\nSkipped: ${assets}\n`);
}

/** A group of tests on what is deployed (`buildTestBed`), which is there from the first hook that `body` registers. Skipped, and said so, where Python or the API server is missing. */
export function withTestBed(name: string, schedule: () => string, body: (bed: () => TestBed & { readonly emulator: Emulator }) => void): void {
  describe(name, () => {
    if (typeof EMULATOR === 'string' || typeof assets === 'string') {
      test.skip(missing.join('; '), () => undefined);
      return;
    }
    const { python } = EMULATOR;
    const made = new AsyncDisposableStack();
    let built: (TestBed & { readonly emulator: Emulator }) | undefined;
    beforeAll(async () => {
      const gateway = made.use(await openGateway());
      const emulator = made.use(await startEmulator(python, emulatorOptions(gateway)));
      built = { ...made.use(await buildTestBed(emulator, gateway, assets.assets, schedule)), emulator };
    }, 180_000);
    afterAll(() => made.disposeAsync(), 30_000);
    body(() => {
      if (built === undefined) throw new Error('there is no test bed');
      return built;
    });
  });
}
