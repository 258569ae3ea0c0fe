import type { Cluster, User } from '@kubernetes/client-node';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { parseDocument } from 'yaml';
import { collected, refused, type Collected } from '../model/collected.ts';

/** Parts of a kubeconfig user that client-node passes over. */
export interface UserExtras {
  readonly tokenFile?: string;
  readonly asGroups?: readonly string[];
  readonly asUid?: string;
  readonly asExtra?: ReadonlyMap<string, readonly string[]>;
}

export interface KubeconfigContext {
  readonly name: string;
  /** Folder of the file that the user stands in: relative plugin commands are found from it. */
  readonly directory: string;
  /** Absent: the context names a cluster that is in none of the files. */
  readonly cluster?: Cluster;
  readonly user?: User;
  readonly extras: UserExtras;
}

/** The files of `$KUBECONFIG` as one: where two say the same name, the first counts, as for kubectl. */
export interface Kubeconfig {
  readonly files: readonly string[];
  readonly currentContext?: string;
  readonly contexts: readonly KubeconfigContext[];
}

interface Environment {
  readonly KUBECONFIG?: string | undefined;
}

/**
 * Reads a kubeconfig. `paths`: file or files joined as in `$KUBECONFIG`; absent: that variable, else `~/.kube/config`. Refused with the file and what to do when
 * there is none, or one cannot be read.
 */
export async function loadKubeconfig(paths: string | undefined, environment: Environment = process.env): Promise<Collected<Kubeconfig>> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const asked = paths ?? environment.KUBECONFIG;
  const files = asked ? asked.split(delimiter).filter((file) => file !== '') : [join(homedir(), '.kube', 'config')];
  const clusters = new Map<string, Cluster>();
  const users = new Map<string, { readonly user: User; readonly extras: UserExtras; readonly directory: string }>();
  const contexts = new Map<string, { readonly cluster: string; readonly user: string }>();
  const found: string[] = [];
  let currentContext: string | undefined;

  for (const file of files) {
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      // kubectl passes over files of $KUBECONFIG that are not there.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
      return refused('unreadable', `kubeconfig ${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
    }
    const yaml = readYaml(text);
    if (typeof yaml === 'string') return refused('unreadable', `kubeconfig ${file}${yaml}`);
    found.push(file);
    const directory = dirname(file);
    const config = new KubeConfig();
    try {
      // An entry that is no good must not take the other clusters of the file with it.
      config.loadFromString(text, { onInvalidEntry: 'filter' });
    } catch (error) {
      return refused('unreadable', `kubeconfig ${file}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    }
    config.makePathsAbsolute(directory);
    for (const cluster of config.clusters) if (!clusters.has(cluster.name)) clusters.set(cluster.name, cluster);
    const extras = extrasOf(yaml, directory);
    for (const user of config.users) if (!users.has(user.name)) users.set(user.name, { user, extras: extras.get(user.name) ?? {}, directory });
    for (const context of config.contexts) if (!contexts.has(context.name)) contexts.set(context.name, context);
    currentContext ??= typeof config.currentContext === 'string' && config.currentContext !== '' ? config.currentContext : undefined;
  }

  if (found.length === 0) {
    return refused('not-configured', `there is no kubeconfig at ${files.join(' or ')}; make one with: aws eks update-kubeconfig --name CLUSTER, or audit files with --from`);
  }
  return collected({
    files: found,
    ...(currentContext === undefined ? {} : { currentContext }),
    contexts: [...contexts].map(([name, context]) => {
      const cluster = clusters.get(context.cluster);
      const who = users.get(context.user);
      return { name, directory: who?.directory ?? '', extras: who?.extras ?? {}, ...(cluster ? { cluster } : {}), ...(who ? { user: who.user } : {}) };
    }),
  });
}

/** The document, or the end of a sentence that says where it is broken. */
function readYaml(text: string): object | string {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) {
    const [position] = error.linePos ?? [];
    return `${position ? `:${position.line}:${position.col}` : ''}: not YAML: ${error.message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '')}`;
  }
  const value: unknown = document.toJS();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ': is empty or no kubeconfig (no clusters, users and contexts in it)';
  return value;
}

function extrasOf(yaml: object, directory: string): Map<string, UserExtras> {
  const extras = new Map<string, UserExtras>();
  const users = 'users' in yaml && Array.isArray(yaml.users) ? (yaml.users as unknown[]) : [];
  for (const entry of users) {
    const { name, user } = (entry ?? {}) as { readonly name?: unknown; readonly user?: Readonly<Record<string, unknown>> | null };
    if (typeof name !== 'string' || typeof user !== 'object' || user === null || extras.has(name)) continue;
    const { tokenFile, 'as-groups': asGroups, 'as-uid': asUid, 'as-user-extra': asExtra } = user;
    extras.set(name, {
      ...(typeof tokenFile === 'string' ? { tokenFile: isAbsolute(tokenFile) ? tokenFile : join(directory, tokenFile) } : {}),
      ...(Array.isArray(asGroups) ? { asGroups: texts(asGroups) } : {}),
      ...(typeof asUid === 'string' ? { asUid } : {}),
      ...(typeof asExtra === 'object' && asExtra !== null ? { asExtra: new Map(Object.entries(asExtra).map(([key, values]) => [key, texts(values)])) } : {}),
    });
  }
  return extras;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
}
