import { compileFields, project, unionOfTrees, type FieldTree } from '../fields/field-tree.ts';
import { settleWriter, treeWithWriters } from '../fields/newest-writer.ts';
import { objectFault, objectName } from '../fields/object-fault.ts';
import { treeForSource, type Controller, type TreeFor } from '../fields/source-trees.ts';
import { withCommas } from '../json/json-errors.ts';
import type { TypeName } from '../json/known-kind.ts';
import type { DocumentHeader, ObjectSink } from '../json/read-objects.ts';
import type { CollectionPlan } from '../../model/collection-plan.ts';
import { KINDS, KUBERNETES_SOURCES, type KindDefinition, type KubernetesSource } from '../../model/kinds.ts';
import type { AwsContents } from '../aws/aws-contents.ts';
import type { CaptureLimits } from './capture-limits.ts';
import { UnreadableFileError } from './file-bytes.ts';
import { sourcesOfFileName, sourcesOfType } from './kind-names.ts';
import type { KubernetesContents, NamedObject } from './kubernetes-contents.ts';

/** What all files of a capture are read into. */
export interface CaptureContents {
  readonly kubernetes: KubernetesContents;
  readonly aws: AwsContents;
  readonly problems: string[];
  /** The first document of a capture that `eksaminer capture` made, by file. */
  readonly ownHeaders: Map<string, Record<string, unknown>>;
  /** The kinds that the Lists of a file held, by file: API version and kind of each. */
  readonly listsByFile: Map<string, Map<string, TypeName>>;
  readonly limits: CaptureLimits;
  /** Objects and answers so far. */
  taken: number;
}

/** What is kept, compiled once for all files. */
export interface KeptTrees {
  readonly of: ReadonlyMap<KubernetesSource, TreeFor>;
  /** Of a document that says no kind. */
  readonly untyped: FieldTree;
}

export function keptTrees(plan: CollectionPlan, { aws }: CaptureContents): KeptTrees {
  return { of: new Map(KUBERNETES_SOURCES.map((source) => [source, treeForSource(plan, source)])), untyped: unionOfTrees(aws.tree, OWN_HEADER) };
}

/** What a document without a kind is asked for, besides what AWS answers: whether it is the first of a capture of ours. */
export const OWN_HEADER = compileFields(['format', 'formatVersion', 'madeBy', 'observedAt', 'namespaces', 'fields', 'sources', 'problems', 'cluster.uid', 'cluster.label', 'cluster.arn']);
export const OWN_FORMAT = 'eksaminer-capture';

/** A list is of one kind, or of the few that somebody asked for. */
const MOST_TYPES = 100;

/** Takes what one file says. Objects count once their document was read to its end; what a broken one held is refused. */
export class FileSink implements ObjectSink {
  private readonly name: string;
  private readonly contents: CaptureContents;
  private readonly trees: KeptTrees;
  /** Objects of this document, by source. */
  private readonly staged = new Map<KubernetesSource, NamedObject[]>();
  /** Sources of which this document was the first in the file to speak. */
  private touched = new Set<KubernetesSource>();
  /** Of all of the file. */
  private readonly types = new Map<string, TypeName>();
  private otherConfigMaps = false;
  private secrets = false;

  constructor(name: string, contents: CaptureContents, trees: KeptTrees) {
    this.name = name;
    this.contents = contents;
    this.trees = trees;
  }

  treeFor(apiVersion: string, kind: string, controller: Controller | undefined): FieldTree | undefined {
    if (kind === '') return this.trees.untyped;
    const sources = this.sourcesOf(apiVersion, kind);
    if (kind === 'Secret' && apiVersion === 'v1') this.secrets = true;
    for (const source of sources) this.touched.add(source);
    if (sources.length === 0) return undefined;
    const trees = sources.map((source) => this.trees.of.get(source)!(controller));
    return sources.length === 1 ? trees[0] : this.unionFor(sources, trees);
  }

  /** `known`: sources that this version of it is known to. */
  private lastType = { apiVersion: '', kind: '', sources: sourcesOfType('', ''), known: sourcesOfType('', '') };
  private sourcesOf(apiVersion: string, kind: string): readonly KubernetesSource[] {
    if (kind !== this.lastType.kind || apiVersion !== this.lastType.apiVersion) {
      const sources = sourcesOfType(apiVersion, kind);
      const version = versionOf(apiVersion);
      this.lastType = { apiVersion, kind, sources, known: sources.filter((source) => (KINDS[source] as KindDefinition).versions.includes(version)) };
      if (this.types.size < MOST_TYPES) this.types.set(`${apiVersion} ${kind}`, { apiVersion, kind });
    }
    return this.lastType.sources;
  }

  /** ConfigMaps are two sources, each with its own keys. */
  private readonly unions = new Map<string, FieldTree>();
  private unionFor(sources: readonly KubernetesSource[], trees: readonly FieldTree[]): FieldTree {
    const id = sources.join(' ');
    let union = this.unions.get(id);
    if (!union) this.unions.set(id, (union = trees.reduce(unionOfTrees)));
    return union;
  }

  accept(object: unknown, apiVersion: string, kind: string, misshapen?: string): void {
    const { limits } = this.contents;
    if (++this.contents.taken > limits.objects) throw new UnreadableFileError(`the capture holds more than ${withCommas(limits.objects)} objects, and is read no further; is it the capture of one cluster?`);
    if (kind === '') {
      this.acceptUntyped(object as Record<string, unknown>, misshapen);
      return;
    }
    const sources = this.sourcesOf(apiVersion, kind);
    const fault = misshapen ?? objectFault(object);
    for (const source of sources) {
      if (fault !== undefined) this.refuse(source, `${this.name}: ${kind} ${objectName(object)}: ${fault}`);
      else if (!this.lastType.known.includes(source)) this.refuse(source, `${this.name}: written in ${apiVersion}, a version that this program does not know`);
      else this.stage(source, object as NamedObject, sources.length > 1);
    }
  }

  private stage(source: KubernetesSource, object: NamedObject, shared: boolean): void {
    const { only }: KindDefinition = KINDS[source];
    if (!only) {
      this.keep(source, object);
      return;
    }
    if (object.metadata.namespace !== only.namespace) return;
    if (!only.names.includes(object.metadata.name)) {
      this.otherConfigMaps ||= !KUBERNETES_SOURCES.some((other) => (KINDS[other] as KindDefinition).only?.names.includes(object.metadata.name));
      return;
    }
    // Of a ConfigMap that two sources share a reader for, each keeps its own keys.
    const own = shared ? project(object, treeWithWriters(this.trees.of.get(source)!(undefined))) : object;
    settleWriter(own);
    this.keep(source, own as NamedObject);
  }

  private keep(source: KubernetesSource, object: NamedObject): void {
    const objects = this.staged.get(source);
    if (objects) objects.push(object);
    else this.staged.set(source, [object]);
  }

  private acceptUntyped(object: Record<string, unknown>, misshapen: string | undefined): void {
    if (object['format'] === OWN_FORMAT) this.contents.ownHeaders.set(this.name, object);
    else if (!this.contents.aws.add(object, this.name, misshapen)) {
      const problem = misshapen !== undefined ? `${this.name}: ${misshapen}; it is left out` : `${this.name}: holds neither Kubernetes objects (no kind) nor what the AWS CLI prints for a cluster; it is left out`;
      // A file of a million such documents is one problem.
      if (this.contents.problems.at(-1) !== problem) this.contents.problems.push(problem);
    }
  }

  endDocument(header: DocumentHeader): void {
    const { kubernetes } = this.contents;
    const isList = header.items !== undefined;
    const refusal = isList ? undefined : refusalIn(header);
    if (refusal !== undefined) {
      this.contents.problems.push(`${this.name}: ${refusal}`);
      this.fail(`${this.name}: ${refusal}`);
    }
    for (const [source, objects] of this.staged) {
      const [other] = objects.filter((object) => !kubernetes.add(source, object));
      if (other) this.refuse(source, `${this.name}: another version of ${KINDS[source].kind} ${objectName(other)} than elsewhere in the capture; leave the file that is not true out`);
      if (!isList) kubernetes.of(source).single = true;
    }
    if (isList) this.endList(header, this.spokenOf());
    this.staged.clear();
    this.touched.clear();
    this.otherConfigMaps = false;
    if (this.secrets) this.contents.problems.push(`${this.name}: holds Secrets. Nothing of them was kept; leave them out of captures`);
    this.secrets = false;
  }

  private endList({ items, kind, apiVersion = '', continue: next }: DocumentHeader, sources: readonly KubernetesSource[]): void {
    const { kubernetes, problems, listsByFile } = this.contents;
    if (this.types.size > 0) listsByFile.set(this.name, this.types);
    if (items === 0) {
      sources = kind?.endsWith('List') && kind !== 'List' ? sourcesOfType(apiVersion, kind.slice(0, -'List'.length)) : this.sourcesOfEmpty();
      if (sources.length === 0 && (kind === undefined || kind === 'List')) problems.push(`${this.name}: an empty list, and neither it nor the file's name says of what; name the file after the kind, for example pods.json`);
    }
    if (this.otherConfigMaps || items === 0) kubernetes.configMapsListed ||= sources.some(isConfigMap);
    for (const source of sources) {
      if (!isConfigMap(source)) kubernetes.of(source).listed = true;
      if (next !== undefined && next !== '') this.refuse(source, `${this.name}: only one page of a list that goes on; write it with kubectl get, which follows all pages`);
    }
  }

  /** Sources of this document. Of a kind that one before it held too, only its objects tell. */
  private spokenOf(): readonly KubernetesSource[] {
    return [...new Set([...this.touched, ...this.staged.keys()])];
  }

  /** The kind of an empty List: the file's name must say one. */
  private sourcesOfEmpty(): readonly KubernetesSource[] {
    const sources = sourcesOfFileName(this.name);
    return sources.length === 1 || sources.every(isConfigMap) ? sources : [];
  }

  /** Forgets what the document said so far. */
  startAgain(): void {
    this.staged.clear();
    this.otherConfigMaps = false;
  }

  /** The file could not be read to its end: what it began to speak of, and what its name says, cannot be believed. Returns which kinds that are. */
  fail(message: string): readonly string[] {
    const began = this.spokenOf();
    // It may have gone on with any kind that it held before: lists by namespace, one behind the other. Not in a capture of ours, which holds each once.
    const before = began.length > 0 || this.contents.ownHeaders.has(this.name) ? [] : [...this.types.values()].flatMap(({ apiVersion, kind }) => sourcesOfType(apiVersion, kind));
    const lost = new Set([...began, ...before, ...sourcesOfFileName(this.name)]);
    for (const source of lost) this.contents.kubernetes.of(source).refuse(message);
    const lostAws = this.contents.aws.lose(this.name, message);
    if (lost.size === 0 && !lostAws) this.contents.kubernetes.unknownLost ??= this.name;
    return [...new Set([...lost].map((source) => KINDS[source].plural))];
  }

  private refuse(source: KubernetesSource, message: string): void {
    const held = this.contents.kubernetes.of(source);
    if (!held.fault) this.contents.problems.push(message);
    held.refuse(message);
  }
}

/** A document that stands where a list should: what the API server said instead of it, or a list that lost its items. */
function refusalIn({ apiVersion = '', kind, message, reason }: DocumentHeader): string | undefined {
  if (kind === 'Status' && apiVersion === 'v1') return `it holds what the API server said instead of a list: ${message ?? reason ?? 'a failure'}`;
  const ofList = kind === 'List' || (kind?.endsWith('List') === true && sourcesOfType(apiVersion, kind.slice(0, -'List'.length)).length > 0);
  return ofList ? `a ${kind} whose items are no list; write it again with kubectl get -o json` : undefined;
}

function isConfigMap(source: KubernetesSource): boolean {
  return (KINDS[source] as KindDefinition).only !== undefined;
}

function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}
