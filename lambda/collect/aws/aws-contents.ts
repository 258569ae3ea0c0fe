import { isDeepStrictEqual } from 'node:util';
import { compileFields, type FieldTree } from '../fields/field-tree.ts';
import { refused, type Collected } from '../../model/collected.ts';
import type { CollectionPlan } from '../../model/collection-plan.ts';
import type { EksCluster } from '../../model/eks.ts';
import { AWS_SOURCES, type AwsSource } from '../../model/sources.ts';
import { AWS_IDENTITY, DESCRIBED_ONE_BY_ONE, LISTED_SOURCES, PRINTED_WHOLE, REFERENCES, WHOLE_SOURCES, type DescribedOneByOne, type PrintedWhole } from './aws-answers.ts';
import { trimAnswers } from './trim-answers.ts';
import type { Known } from './used-by.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What was said of one AWS source. */
export interface HeldAnswers {
  /** By the name that tells one thing from another. */
  readonly described: Map<string, Fields>;
  /** What the list call named; undefined: no such output was there. */
  listed: Set<string> | undefined;
  fault: string | undefined;
}

/**
 * The AWS side of a capture while its files are read: what `aws eks`, `aws ec2` and `aws iam` print, in any mix of files, and what
 * `kubectl version` says. Of every answer only what checks declare is kept.
 */
export class AwsContents {
  /** What is kept of a document that says no kind. */
  readonly tree: FieldTree;
  readonly held: ReadonlyMap<AwsSource, HeldAnswers>;
  /** `<major>.<minor>`, as kubectl printed it. */
  serverVersion: string | undefined;
  private readonly plan: CollectionPlan;

  constructor(plan: CollectionPlan) {
    this.plan = plan;
    this.held = new Map((Object.keys(AWS_SOURCES) as AwsSource[]).map((source) => [source, { described: new Map<string, Fields>(), listed: undefined, fault: undefined }]));
    this.tree = compileFields([...documentFields(plan)]);
  }

  of(source: AwsSource): HeldAnswers {
    return this.held.get(source)!;
  }

  get cluster(): EksCluster | undefined {
    return [...this.of('eksCluster').described.values()][0] as EksCluster | undefined;
  }

  /** What was described so far, as far as it tells what else belongs to the cluster. */
  values(): Known {
    const things = <T>(source: AwsSource): readonly T[] => [...this.of(source).described.values()] as unknown as readonly T[];
    return {
      cluster: this.cluster,
      addons: things('eksAddons'),
      nodegroups: things('eksNodegroups'),
      fargateProfiles: things('eksFargateProfiles'),
      podIdentityAssociations: things('eksPodIdentityAssociations'),
      roles: things('iamRoles'),
    };
  }

  /** Takes a document without a kind. False: AWS prints nothing like it. */
  add(answer: Fields, file: string, misshapen: string | undefined): boolean {
    let known = Object.hasOwn(answer, 'clientVersion');
    for (const source of sourcesOf(answer)) {
      known = true;
      const held = this.of(source);
      const fault = misshapen ?? (goesOn(answer) ? 'only one page of an answer that goes on; write it without --no-paginate and --max-items' : undefined);
      if (fault !== undefined) held.fault ??= `${file}: ${fault}`;
      else this.take(source, answer, file);
    }
    const version = answer['serverVersion'];
    if (version !== undefined) {
      known = true;
      this.serverVersion = versionOf(version) ?? this.serverVersion;
    }
    return known;
  }

  private take(source: AwsSource, answer: Fields, file: string): void {
    if (source === 'eksCluster') {
      this.describe(source, ['arn'], answer['cluster'], file);
      // What is found of the cluster itself is called so.
      if (typeof fieldAt(answer['cluster'], ['name']) !== 'string') this.of(source).fault ??= `${file}: it lacks name`;
    } else if (source === 'eksAssociatedAccessPolicies') {
      this.describe(source, ['principalArn'], { principalArn: answer['principalArn'], associatedAccessPolicies: answer['associatedAccessPolicies'] }, file);
    } else if (isWhole(source)) {
      const { key, id, proof, command }: PrintedWhole = PRINTED_WHOLE[source];
      const things = (answer[key] ?? []) as readonly unknown[];
      const held = this.of(source);
      held.listed ??= new Set();
      for (const thing of Array.isArray(things) ? things : []) {
        if (proof !== undefined && fieldAt(thing, [proof]) === undefined) held.fault ??= `${file}: it lacks ${proof}; write it with ${command}`;
        this.keep(source, nameOf(thing, id), id.join(' and '), thing, file);
      }
    } else {
      const { one, name, names, nameInList }: DescribedOneByOne = DESCRIBED_ONE_BY_ONE[source];
      if (Object.hasOwn(answer, one)) this.describe(source, name, answer[one], file);
      if (Object.hasOwn(answer, names)) this.list(source, answer[names], nameInList, file);
    }
  }

  private describe(source: AwsSource, path: readonly string[], thing: unknown, file: string): void {
    const name = fieldAt(thing, path);
    this.keep(source, typeof name === 'string' ? name : undefined, path.join('.'), thing, file);
  }

  private keep(source: AwsSource, name: string | undefined, naming: string, thing: unknown, file: string): void {
    const held = this.of(source);
    if (name === undefined) {
      held.fault ??= `${file}: it lacks ${naming}`;
      return;
    }
    const known = held.described.get(name);
    if (known === undefined) held.described.set(name, thing as Fields);
    else if (!isDeepStrictEqual(known, thing)) held.fault ??= `${file}: another version of ${name} than elsewhere in the capture; leave the file that is not true out`;
  }

  private list(source: AwsSource, names: unknown, field: string | undefined, file: string): void {
    const held = this.of(source);
    const listed = (held.listed ??= new Set());
    for (const entry of Array.isArray(names) ? names : []) {
      const name = field === undefined ? (entry as unknown) : fieldAt(entry, [field]);
      if (typeof name === 'string') listed.add(name);
      else held.fault ??= `${file}: an entry of its list has no name`;
    }
  }

  /** A file could not be read: what its name says it would have told is not known. False: the name says nothing of AWS. */
  lose(file: string, message: string): boolean {
    const name = file.slice(file.lastIndexOf('/') + 1).toLowerCase();
    const lost = CALLS.filter(([, calls]) => calls.some((call) => name.includes(call)));
    for (const [source] of lost) this.of(source).fault ??= message;
    return lost.length > 0;
  }

  /** A value of this source, or a list of them, without what was only read to tell whether it is complete. */
  trim(source: AwsSource, value: unknown): unknown {
    return trimAnswers(this.plan, source, value);
  }

  faultOf(source: AwsSource): Collected<never> | undefined {
    const { fault } = this.of(source);
    return fault === undefined ? undefined : refused('unreadable', fault);
  }
}

/** The calls whose names people give to files, by the source they tell of. */
const CALLS: readonly (readonly [AwsSource, readonly string[]])[] = [
  ['eksCluster', ['describe-cluster']],
  ['eksAssociatedAccessPolicies', ['list-associated-access-policies']],
  ...LISTED_SOURCES.map((source) => [source, [DESCRIBED_ONE_BY_ONE[source].listCall, DESCRIBED_ONE_BY_ONE[source].describeCall]] as const),
  ...WHOLE_SOURCES.map((source) => [source, [PRINTED_WHOLE[source].command.split(' ').at(-1)!]] as const),
];

function isWhole(source: AwsSource): source is keyof typeof PRINTED_WHOLE {
  return Object.hasOwn(PRINTED_WHOLE, source);
}

function sourcesOf(answer: Fields): readonly AwsSource[] {
  return (Object.keys(AWS_SOURCES) as AwsSource[]).filter((source) => {
    if (Object.hasOwn(answer, AWS_SOURCES[source].key)) return true;
    const listed: { readonly [S in AwsSource]?: DescribedOneByOne } = DESCRIBED_ONE_BY_ONE;
    return listed[source] !== undefined && Object.hasOwn(answer, listed[source].names);
  });
}

function* documentFields(plan: CollectionPlan): Iterable<string> {
  yield* ['nextToken', 'NextToken', 'Marker', 'clusterName', 'clientVersion.major', 'serverVersion.major', 'serverVersion.minor'];
  const fieldsOf = (source: AwsSource): readonly string[] => [...AWS_IDENTITY[source], ...(REFERENCES[source] ?? []), ...plan[source]];
  for (const field of fieldsOf('eksCluster')) yield `cluster.${field}`;
  yield* fieldsOf('eksAssociatedAccessPolicies');
  for (const source of LISTED_SOURCES) {
    const { one, names, nameInList }: DescribedOneByOne = DESCRIBED_ONE_BY_ONE[source];
    for (const field of [...fieldsOf(source), 'clusterName']) yield `${one}.${field}`;
    yield nameInList === undefined ? `${names}[]` : `${names}[].${nameInList}`;
  }
  for (const source of WHOLE_SOURCES) for (const field of fieldsOf(source)) yield `${PRINTED_WHOLE[source].key}[].${field}`;
}

/** The CLI follows all pages unless it is told not to; then it prints where to go on. */
function goesOn(answer: Fields): boolean {
  return ['nextToken', 'NextToken', 'Marker'].some((field) => typeof answer[field] === 'string');
}

/** `{ major: "1", minor: "35+" }` as `1.35`. */
function versionOf(version: unknown): string | undefined {
  const match = /^(\d+)\.(\d+)/.exec(`${String(fieldAt(version, ['major']))}.${String(fieldAt(version, ['minor']))}`);
  return match ? `${match[1]}.${match[2]}` : undefined;
}

/** The fields that name a thing, as one text; undefined: it lacks one. */
function nameOf(thing: unknown, id: readonly string[]): string | undefined {
  const parts = id.map((field) => fieldAt(thing, [field]));
  return parts.every((part) => typeof part === 'string' || typeof part === 'number') ? parts.join(':') : undefined;
}

function fieldAt(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Fields)[key];
  }
  return at;
}
