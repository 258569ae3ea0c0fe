import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const PROGRAM = resolve(import.meta.dirname, '../../bin/eksaminer.ts');

export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the product as a person would. */
export function eksaminer(args: readonly string[]): Promise<Finished> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', fail);
    child.on('close', (code) => done({ code, out: Buffer.concat(out).toString('utf8'), err: Buffer.concat(err).toString('utf8') }));
  });
}

/** What the tests read of the document (`docs/schema/audit-1.json`). */
export interface AuditDocument {
  readonly clusters: readonly {
    readonly cluster: string;
    readonly kubernetesVersion?: string;
    readonly workloads?: number;
    readonly outcomes: readonly { readonly check: string; readonly outcome: string; readonly reason?: string; readonly unread: readonly { readonly source: string; readonly code: string }[] }[];
    readonly findings: readonly { readonly check: string; readonly resource: { readonly name: string } }[];
    readonly coverage: readonly { readonly source: string; readonly state: string; readonly objects?: number; readonly code?: string; readonly message?: string }[];
  }[];
  readonly missed: readonly { readonly label: string; readonly reason: string }[];
  readonly changes: readonly { readonly kind: string; readonly origin: string; readonly finding?: { readonly check: string; readonly resource: { readonly kind: string; readonly name: string } } }[];
}

export interface Auditor {
  /** Audits a context into a store of its own name. Throws what was said on stderr where there is no document. */
  audit(context: string, store?: string): Promise<{ readonly code: number | null; readonly document: AuditDocument; readonly err: string }>;
}

export function auditor(kubeconfig: string, stores: string): Auditor {
  return {
    async audit(context, store = context) {
      const { code, out, err } = await eksaminer(['audit', '--kubeconfig', kubeconfig, '--context', context, '--store', join(stores, store), '--output', 'json', '--quiet']);
      if (out === '') throw new Error(`exit code ${code}, no document: ${err}`);
      return { code, document: JSON.parse(out) as AuditDocument, err };
    },
  };
}
