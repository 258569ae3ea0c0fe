import { kindsOf, policiesOf, secondsSince, textsOf } from './cluster.ts';

// What JSON.parse takes of the same objects in lists as kubectl writes them: each list at once, as any program does that reads such a file, and none kept when the next begins.
const pods = Number(process.argv[2]);
/** One text cannot hold 100,000 pods. */
const OBJECTS = 20_000;

let bytes = 0;
let parseSeconds = 0;
for (const kind of Object.values(kindsOf(pods))) {
  for (const text of textsOf(kind, OBJECTS)) {
    bytes += text.length;
    // What making the text left behind is no part of it.
    globalThis.gc?.();
    const begun = process.cpuUsage();
    JSON.parse(text);
    parseSeconds += secondsSince(begun);
  }
}
console.log(JSON.stringify({ policies: policiesOf(pods), bytes, parseSeconds }));
