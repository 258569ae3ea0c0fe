// Calls a bundled function once, as Lambda does: loads the module, hands over the event, writes the answer to the fourth stream.
import { writeSync } from 'node:fs';

const [file, event] = process.argv.slice(2);
const { handler } = await import(file);
const answer = await handler(JSON.parse(event), { getRemainingTimeInMillis: () => 900_000 });
writeSync(3, JSON.stringify(answer ?? null));
