import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const DAYS = [
  { heading: 'Day 1: three clusters, seen for the first time', captures: ['day-1/hardened', 'day-1/typical', 'day-1/vulnerable'] },
  { heading: 'Day 2: the same clusters, a day later', captures: ['day-1/hardened', 'day-2/typical', 'day-1/vulnerable'] },
];
const NEXT = `Try next
  npx eksaminer audit --from examples/fleet/day-1/vulnerable --store /tmp/fleet --all     one cluster of the fleet, everything
  npx eksaminer findings --store /tmp/fleet --severity critical                           what is open in that record
  npx eksaminer explain exposed-dashboard                                                 a check: what it means, what to do
  npx eksaminer audit                                                                     your own: the current kubeconfig context
The stories of the fleet: examples/fleet/README.md`;

/** Audits the example fleet on two days, as a user would, into a store that is gone afterwards. Returns the exit code. */
function start(): number {
  const store = mkdtempSync(join(tmpdir(), 'eksaminer-start-'));
  try {
    for (const { heading, captures } of DAYS) {
      console.log(`== ${heading}\n`);
      const paths = captures.map((path) => join('examples/fleet', path));
      const run = spawnSync(process.execPath, ['bin/eksaminer.ts', 'audit', '--quiet', '--from', ...paths, '--store', store], { cwd: ROOT, stdio: 'inherit' });
      if (run.error) throw run.error;
      if (run.status !== 0) return run.status ?? 2;
      console.log('');
    }
    console.log(NEXT);
    return 0;
  } finally {
    rmSync(store, { recursive: true, force: true });
  }
}

process.exitCode = start();
