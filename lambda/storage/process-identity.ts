import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** One process on one machine since one boot, as far as this system tells: process ids are used again. */
export interface ProcessIdentity {
  /** Machine and, in a container, its space of process ids: elsewhere the id means nothing. */
  readonly host: string;
  readonly boot: string;
  readonly pid: number;
  /** When it started, in the kernel's ticks; empty where the system does not tell. */
  readonly started: string;
}

export function ownIdentity(): ProcessIdentity {
  const namespace = attempt(() => readlinkSync('/proc/self/ns/pid'));
  const host = createHash('sha256').update(JSON.stringify([hostname(), namespace])).digest('hex').slice(0, 16);
  const boot = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  return { host, boot, pid: process.pid, started: startOf(process.pid) };
}

/** True only if it certainly lives no more. A process on another machine may live for all we know. */
export function isDead(other: ProcessIdentity, own: ProcessIdentity): boolean {
  if (other.host !== own.host) return false;
  if (other.boot !== own.boot) return true;
  try {
    process.kill(other.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  const started = startOf(other.pid);
  return started !== '' && other.started !== '' && started !== other.started;
}

/** Field 22 of /proc/<pid>/stat (proc(5)), counted after the name, which may hold anything. */
function startOf(pid: number): string {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
