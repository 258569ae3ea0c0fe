import { constants, enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { settleEngine } from '../../bin/engine-settings.ts';

// As the program runs from its second time on: its code is translated already, and an audit pays for none of it. The first of several runs does, and the least of them counts.
const { ENABLED, ALREADY_ENABLED } = constants.compileCacheStatus;
const { status } = enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/eksaminer-bench-code'));
await settleEngine({ isKept: status === ENABLED || status === ALREADY_ENABLED });
// Each in a process of its own, so that its peak is its own.
await import(`./${process.argv[3]}.ts`);
