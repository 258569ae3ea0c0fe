import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { hardenedCluster } from './fleet/clusters/hardened.ts';
import { typicalCluster } from './fleet/clusters/typical.ts';
import { vulnerableCluster } from './fleet/clusters/vulnerable.ts';
import { writeCapture } from './fleet/write-capture.ts';

const CAPTURES = {
  'day-1/hardened': hardenedCluster,
  'day-1/typical': () => typicalCluster(1),
  'day-1/vulnerable': vulnerableCluster,
  'day-2/typical': () => typicalCluster(2),
};

/** Writes the example fleet below a directory, in place of what is there. Same bytes at every run. */
export function generateFleet(directory: string): void {
  for (const [path, build] of Object.entries(CAPTURES)) {
    const target = join(directory, path);
    rmSync(target, { recursive: true, force: true });
    const { cluster, side } = build();
    writeCapture(target, cluster, side);
  }
}

if (import.meta.main) generateFleet(join(import.meta.dirname, '../examples/fleet'));
