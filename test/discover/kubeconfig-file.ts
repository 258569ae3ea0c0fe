import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder with these files in it, gone when the test is over. */
export interface Folder extends Disposable {
  readonly path: string;
  /** Writes a file and says where. */
  file(name: string, content: string | object): string;
}

export function folder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'eksaminer-test-'));
  return {
    path,
    file(name, content) {
      const file = join(path, name);
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
      return file;
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true }),
  };
}

/** A kubeconfig (JSON is YAML) with one context, cluster and user of the same name for each entry. */
export function kubeconfig(entries: Readonly<Record<string, { readonly cluster?: object; readonly user?: object }>>, currentContext?: string): object {
  const names = Object.keys(entries);
  return {
    apiVersion: 'v1',
    kind: 'Config',
    ...(currentContext === undefined ? {} : { 'current-context': currentContext }),
    clusters: names.map((name) => ({ name, cluster: { server: 'https://api.test', ...entries[name]!.cluster } })),
    users: names.map((name) => ({ name, user: entries[name]!.user ?? {} })),
    contexts: names.map((name) => ({ name, context: { cluster: name, user: name } })),
  };
}
