import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { stringify } from 'yaml';
import { KINDS, apiVersionOf, type KindDefinition } from '../../lambda/model/kinds.ts';
import type { Cluster } from './cluster.ts';
import { awsAnswers, type CliAnswers, type EksSide } from './eks-side.ts';
import type { Fields, KubeObject } from './kube-object.ts';
import { iamAnswers } from './iam-side.ts';
import { ec2Answers } from './vpc-side.ts';

/** What `kubectl -o json` and the AWS CLI indent by. */
const INDENT = 4;
/** Written as YAML, and compressed: a capture may hold both. */
const AS_YAML = new Set(['networkpolicies.networking.k8s.io', 'storageclasses']);
const COMPRESSED = new Set(['clusterroles', 'pods', 'replicasets']);

/** Keys in the order in which kubectl prints them. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

function listOf(items: readonly KubeObject[]): Fields {
  const place = ({ metadata }: KubeObject): string => `${metadata.namespace ?? ''}/${metadata.name}`;
  const inOrder = [...items].sort((a, b) => (place(a) < place(b) ? -1 : 1));
  return sorted({ apiVersion: 'v1', items: inOrder, kind: 'List', metadata: { resourceVersion: '' } }) as Fields;
}

/** The kinds that this cluster serves: all built-in ones, and those of its CRDs. */
function served(cluster: Cluster): KindDefinition[] {
  const definitions = new Set(cluster.objects.filter(({ kind }) => kind === 'CustomResourceDefinition').map(({ metadata }) => metadata.name));
  return (Object.values(KINDS) as KindDefinition[]).filter((kind) => kind.builtIn || definitions.has(`${kind.plural}.${kind.group}`));
}

/** The name that `kubectl get` takes: with the group where two kinds share a plural, or where a CRD defines it. */
function fileNameOf(kind: KindDefinition): string {
  const shared = Object.values(KINDS).filter(({ plural }) => plural === kind.plural).length > 1;
  return kind.builtIn && (!shared || kind.group === '') ? kind.plural : `${kind.plural}.${kind.group}`;
}

/** One directory of files, named after what was asked for. */
export function writeCapture(directory: string, cluster: Cluster, side: EksSide): void {
  mkdirSync(join(directory, 'aws'), { recursive: true });
  const write = (name: string, text: string): void => writeFileSync(join(directory, name), text);
  for (const kind of served(cluster)) {
    if (kind.only) continue;
    const name = fileNameOf(kind);
    const items = cluster.objects.filter((object) => object.kind === kind.kind && object.apiVersion.startsWith(kind.group === '' ? 'v1' : `${kind.group}/`) && (kind.group !== '' || object.apiVersion === 'v1'));
    const list = listOf(items.map((object) => ({ ...object, apiVersion: apiVersionOf(kind) })));
    const text = AS_YAML.has(name) ? stringify(list, { lineWidth: 0 }) : `${JSON.stringify(list, null, INDENT)}\n`;
    const extension = AS_YAML.has(name) ? 'yaml' : 'json';
    if (COMPRESSED.has(name)) writeFileSync(join(directory, `${name}.json.gz`), gzipSync(text, { level: 9 }));
    else write(`${name}.${extension}`, text);
  }
  const configMaps = cluster.objects.filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.namespace === 'kube-system');
  write('configmaps-kube-system.json', `${JSON.stringify(listOf(configMaps), null, INDENT)}\n`);
  write('version.json', `${JSON.stringify(versionAnswer(), null, INDENT)}\n`);
  const answers: CliAnswers = new Map([...awsAnswers(cluster.settings, side), ...ec2Answers(cluster.settings, side), ...iamAnswers(cluster, side)]);
  for (const [name, answer] of answers) write(join('aws', `${name}.json`), `${JSON.stringify(answer, null, INDENT)}\n`);
}

/** `kubectl version -o json`. */
function versionAnswer(): Fields {
  const version = { buildDate: '2026-10-14T09:12:44Z', compiler: 'gc', gitTreeState: 'clean', goVersion: 'go1.25.3', major: '1', minor: '35', platform: 'linux/amd64' };
  return {
    clientVersion: { ...version, gitVersion: 'v1.35.2' },
    kustomizeVersion: 'v5.7.1',
    serverVersion: { ...version, gitVersion: 'v1.35.2-eks-9e3b1c7' },
  };
}
