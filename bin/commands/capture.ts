import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { writeCapture } from '../../lambda/collect/capture/write-capture.ts';
import type { ClusterTarget } from '../../lambda/model/cluster-target.ts';
import type { Snapshot } from '../../lambda/model/snapshot.ts';
import { counted } from '../../lambda/model/time-words.ts';
import { look } from '../audit/look.ts';
import { createProgress } from '../audit/progress.ts';
import { targetsOf, type SourceOptions } from '../audit/targets.ts';
import type { Console } from '../console.ts';
import { LIVE_PLAN } from '../network/live-plan.ts';
import { UsageError } from '../usage-error.ts';
import { version } from '../version.ts';

export interface CaptureCommandOptions extends SourceOptions {
  readonly out?: string;
  readonly quiet?: boolean;
}

/** `eksaminer capture`: reads live clusters, one file each. The paths go to standard output, one a line. Exit 2 where one could not be read. */
export async function capture(options: CaptureCommandOptions, io: Console, settle: (code: number) => void): Promise<void> {
  const targets = await targetsOf(options);
  const paths = await pathsFor(targets, options.out);
  const progress = createProgress(io, targets.length, options.quiet === true);
  const written: string[] = [];
  let code = 0;
  for (const target of targets) {
    const onProgress = (doing: string): void => progress.tell(target.label, doing);
    const looked = await look(target, { startedAt: io.now().toISOString(), now: io.now, onProgress, plan: LIVE_PLAN, ...(options.namespace ? { namespaces: options.namespace } : {}) });
    progress.done(target.label);
    progress.clear();
    if (!looked.ok) {
      code = 2;
      io.note(`eksaminer: ${target.label} was not captured: ${looked.reason.message}`);
      continue;
    }
    const path = paths.get(target)!;
    await writeFileWhole(path, looked.snapshot);
    written.push(path);
    io.note(`eksaminer: ${target.label}: ${summary(looked.snapshot)}. Audit it anywhere: eksaminer audit --from ${path}`);
  }
  progress.end();
  settle(code);
  await io.out(written.map((path) => `${path}\n`).join(''));
}

async function pathsFor(targets: readonly ClusterTarget[], out: string | undefined): Promise<ReadonlyMap<ClusterTarget, string>> {
  const named = out !== undefined && !(await isDirectory(out)) && !out.endsWith('/');
  if (named && targets.length > 1) throw new UsageError(`--out ${out}: ${targets.length} clusters do not fit into one file; name a directory (${out}/)`);
  if (named) return new Map([[targets[0]!, out]]);
  const names = new Set<string>();
  return new Map(
    targets.map((target) => {
      // A context's name may be anything; a file's may not.
      const base = target.label.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '') || 'cluster';
      let name = base;
      for (let again = 2; names.has(name.toLowerCase()); again += 1) name = `${base}-${again}`;
      names.add(name.toLowerCase());
      return [target, join(out ?? '.', `${name}.eksaminer.json.gz`)];
    }),
  );
}

/** There whole or not at all, and for nobody else to read: it says where a cluster is weak. */
async function writeFileWhole(path: string, snapshot: Snapshot): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.partial`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await pipeline(writeCapture(snapshot, LIVE_PLAN, `eksaminer ${version()}`), createWriteStream(temporary, { flags: 'wx', mode: 0o600 }));
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new UsageError(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function summary({ sources }: Snapshot): string {
  const refused = Object.values(sources).filter(({ ok }) => !ok).length;
  const read = Object.values(sources).length - refused;
  return `${counted(read, 'source')} captured${refused > 0 ? `, ${refused} could not be read (the audit will say which)` : ''}`;
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
