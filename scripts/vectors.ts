import { runVectors } from './vectors/run-vectors.ts';

/** `npm run vectors -- rbac|identity|network|pss DIR` */
const [kind, directory, ...more] = process.argv.slice(2);
if (kind === undefined || directory === undefined || more.length > 0) {
  console.error('usage: npm run vectors -- rbac|identity|network|pss DIR');
  process.exitCode = 2;
} else {
  const agreed = await runVectors(kind, directory, (line) => console.log(line));
  process.exitCode = agreed ? 0 : 1;
}
