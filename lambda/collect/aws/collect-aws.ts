import { collected, refused, type Collected } from '../../model/collected.ts';
import type { AwsSource } from '../../model/sources.ts';
import { DESCRIBED_ONE_BY_ONE, PRINTED_WHOLE, type DescribedOneByOne, type WholeSource } from './aws-answers.ts';
import type { AwsContents } from './aws-contents.ts';
import { usedBy } from './used-by.ts';

/** Things that are missing are named, the first few. */
const NAMED_AT_MOST = 3;

/** Entries of these types hold nodes; AWS associates access policies with standard ones alone. https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html */
const STANDARD = 'STANDARD';

/** What the files said of one AWS source, trimmed; or why that is not known. It is read only if it is sure that nothing is missing, assumed where that is likely. */
export function collectAws(source: AwsSource, contents: AwsContents): Collected<unknown> {
  const said = untrimmed(source, contents);
  return said.ok ? { ...said, value: contents.trim(source, said.value) } : said;
}

function untrimmed(source: AwsSource, contents: AwsContents): Collected<unknown> {
  const fault = contents.faultOf(source);
  if (fault) return fault;
  if (source === 'eksCluster') return collectCluster(contents);
  const foreign = foreignCluster(source, contents);
  if (foreign !== undefined) return refused('unreadable', foreign);
  if (source === 'eksAssociatedAccessPolicies') return collectPolicies(contents);
  if (isWhole(source)) return collectWhole(source, contents);
  return collectListed(source, contents);
}

function collectCluster({ cluster, held }: AwsContents): Collected<unknown> {
  const found = held.get('eksCluster')!.described;
  if (found.size > 1) return refused('unreadable', `the capture describes several clusters: ${[...found.keys()].slice(0, NAMED_AT_MOST).join(', ')}; keep each in a directory of its own`);
  return cluster ? collected(cluster) : refused('not-in-capture', 'not in the capture (what aws eks describe-cluster prints)');
}

function collectListed(source: keyof typeof DESCRIBED_ONE_BY_ONE, contents: AwsContents): Collected<unknown> {
  const { listCall, describeCall }: DescribedOneByOne = DESCRIBED_ONE_BY_ONE[source];
  const { described, listed } = contents.of(source);
  const things = [...described.values()];
  if (listed) {
    const missing = [...listed].filter((name) => !described.has(name));
    return missing.length === 0 ? collected(things) : refused('not-in-capture', `the capture lacks what aws eks ${describeCall} prints of ${some(missing)}`);
  }
  if (things.length === 0) return refused('not-in-capture', `not in the capture (what aws eks ${listCall} and ${describeCall} print)`);
  return { ok: true, value: things, assumed: `the capture has no output of aws eks ${listCall}; what is described in it is taken as all` };
}

function collectPolicies(contents: AwsContents): Collected<unknown> {
  const { described } = contents.of('eksAssociatedAccessPolicies');
  const entries = contents.of('eksAccessEntries');
  const things = [...described.values()];
  if (entries.listed) {
    const needed = [...entries.listed].filter((principal) => (entries.described.get(principal)?.['type'] ?? STANDARD) === STANDARD);
    const missing = needed.filter((principal) => !described.has(principal));
    return missing.length === 0 ? collected(things) : refused('not-in-capture', `the capture lacks what aws eks list-associated-access-policies prints of ${some(missing)}`);
  }
  if (things.length === 0) return refused('not-in-capture', 'not in the capture (what aws eks list-associated-access-policies prints, for each access entry)');
  return { ok: true, value: things, assumed: 'the capture has no output of aws eks list-access-entries; the access policies in it are taken as all' };
}

function collectWhole(source: WholeSource, contents: AwsContents): Collected<unknown> {
  const { command } = PRINTED_WHOLE[source];
  const { described, listed } = contents.of(source);
  if (!listed) return refused('not-in-capture', `not in the capture (what ${command} prints)`);
  const missing = usedBy(source, contents.values()).filter((id) => !described.has(id));
  if (missing.length > 0) return refused('not-in-capture', `what ${command} printed lacks ${some(missing)}, which the cluster uses`);
  return collected([...described.values()]);
}

function foreignCluster(source: AwsSource, { cluster, held }: AwsContents): string | undefined {
  for (const [name, thing] of held.get(source)!.described) {
    const of = thing['clusterName'];
    if (cluster && typeof of === 'string' && of !== cluster.name) return `${name} is of the cluster ${of}, and the capture is of ${cluster.name}`;
  }
  return undefined;
}

function isWhole(source: AwsSource): source is WholeSource {
  return Object.hasOwn(PRINTED_WHOLE, source);
}

function some(names: readonly string[]): string {
  const shown = names.slice(0, NAMED_AT_MOST).join(', ');
  return names.length > NAMED_AT_MOST ? `${shown} and ${names.length - NAMED_AT_MOST} more` : shown;
}
