import { settleEngine } from '../bin/engine-settings.ts';

// Imported first where a process measures what the program does: with the engine as the program sets it.
await settleEngine({ isKept: false });
