import type { Check } from '../../checks/define-check.ts';
import type { FindingChange } from '../../model/change.ts';
import type { DigestItem, DigestPlace } from '../../notify/digest.ts';
import type { OpenFinding } from '../../model/change.ts';
import type { ClusterIdentity } from '../../model/cluster-target.ts';
import { AREA_WORDS } from '../area-words.ts';
import { controlWords } from '../control-words.ts';
import { evidenceLines } from '../evidence-words.ts';
import { resourceWithKind } from '../../model/resource-words.ts';
import { counted, dayWords, durationWords, grouped, momentWords } from '../../model/time-words.ts';
import { separated } from './item-blocks.ts';
import { layOut, paragraph, span, type Block, type Span, type TerminalOptions } from './layout.ts';
import { rightsChain, type RightsChain } from './rights-chain.ts';

/** "Why it matters" and a gap. */
const LABEL_COLUMN = 17;

export type ExplainedCheck = Pick<Check, 'id' | 'title' | 'severity' | 'worstSeverity' | 'area' | 'rationale' | 'remediation' | 'references' | 'controls' | 'needs' | 'wants' | 'identity'>;

/** What a check is about. `open`: how many findings of it the record holds, where there is a record, and the command that lists them. */
export function checkExplanation(check: ExplainedCheck, open: { readonly findings: number; readonly clusters: number; readonly command: string } | undefined, options: TerminalOptions): string {
  const severity = check.worstSeverity && check.worstSeverity !== check.severity ? `${check.severity}, ${check.worstSeverity} at worst` : check.severity;
  const reads = [...check.needs, ...check.wants.map((want) => `${want} (where it may)`)].join(', ');
  return layOut(
    separated([
      [{ indent: check.severity.length + 2, head: span(check.severity, check.severity), body: [span(check.title, 'strong')], tail: span(check.id, 'quiet') }],
      [
        ...judgement(check),
        labelled('Severity', severity),
        labelled('Area', AREA_WORDS[check.area]),
        labelled('A finding is', `about ${check.identity.resource}; told apart by ${check.identity.key}`),
        labelled('Reads', reads),
      ],
      open === undefined ? [] : [paragraph(0, open.findings === 0 ? 'No findings of it are open.' : `${counted(open.findings, 'finding')} of it open in ${counted(open.clusters, 'cluster')}: ${open.command}`)],
    ]),
    options,
  );
}

/** A finding that is open, or was. */
export interface ExplainedFinding {
  readonly cluster: ClusterIdentity;
  readonly finding: OpenFinding;
  readonly title: string;
  readonly check: ExplainedCheck | undefined;
  readonly standing: { readonly state: 'open' | 'excepted'; readonly unseen?: string } | { readonly state: 'resolved'; readonly at: string };
  /** Its rows of the history, the oldest first. */
  readonly history: readonly FindingChange[];
}

/** One finding: what it means, where, why we say so, what to do, how it came and went. */
export function findingExplanation({ cluster, finding, title, check, standing, history }: ExplainedFinding, options: TerminalOptions & { readonly now: string }): string {
  const { now } = options;
  const { severity, resource, message, evidence, changedBy, fingerprint } = finding;
  const chain = rightsChain(finding, cluster);
  return layOut(
    separated([
      [
        { indent: severity.length + 2, head: span(severity, severity), body: [span(title, 'strong')] },
        paragraph(severity.length + 2, `${cluster.label}, ${standingWords(standing, finding.since, now)}`),
      ],
      [paragraph(2, span(resourceWithKind(resource), 'strong')), paragraph(4, `${message}.`), ...(chain ? [...chain.steps, ...evidenceBlocks(chain.rest)] : evidenceBlocks(evidence))],
      [...judgement(check), ...(chain ? cutBlocks(chain) : [])],
      [
        ...(changedBy ? [labelled('Changed by', `${changedBy.manager}, ${momentWords(changedBy.time, now)} (the newest entry of managedFields)`)] : []),
        ...history.map((change, index) => labelled(index === 0 ? 'History' : '', historyWords(change, now))),
        labelled('Ids', `finding ${fingerprint}, item ${finding.item}, check ${finding.check}`),
      ],
    ]),
    options,
  );
}

/** An item with several places: what it means, all places (the first `places` of them), what to do. `explain`: the command that explains one of them. */
export function itemExplanation(item: DigestItem, check: ExplainedCheck | undefined, options: TerminalOptions & { readonly now: string; readonly places: number; readonly short: (fingerprint: string) => string; readonly explain: string }): string {
  const { now } = options;
  const oldest = item.places.map(({ since }) => since).sort()[0]!;
  const more = item.places.length - options.places;
  return layOut(
    separated([
      [
        { indent: item.severity.length + 2, head: span(item.severity, item.severity), body: [span(item.title, 'strong')] },
        paragraph(item.severity.length + 2, `${counted(item.places.length, 'finding')}, ${openWords(oldest, now)}${item.places.length > 1 ? ' (the oldest)' : ''}`),
      ],
      [...item.places.slice(0, options.places).flatMap((place) => placeBlocks(place, options.short)), ...(more > 0 ? [paragraph(2, `… ${grouped(more)} more: --all`)] : [])],
      judgement(check),
      [paragraph(0, `One of them alone, with its evidence and history (its id is at its right): ${options.explain}`)],
    ]),
    options,
  );
}

function placeBlocks({ cluster, resource, message, fingerprint, unseen }: DigestPlace, short: (fingerprint: string) => string): Block[] {
  const where: Span[] = [span(`${cluster.label}  `), span(resourceWithKind(resource), 'strong')];
  return [
    { indent: 2, body: where, tail: span(short(fingerprint), 'quiet') },
    paragraph(4, unseen === undefined ? `${message}.` : `${message}. (out of sight)`),
  ];
}

function judgement(check: ExplainedCheck | undefined): Block[] {
  if (!check) return [paragraph(0, 'This version of Eksaminer has no such check any more; its findings stay in the record.')];
  return [
    labelled('Why it matters', check.rationale),
    labelled('What to do', check.remediation),
    ...(check.controls.length > 0 ? [labelled('Controls', controlWords(check.controls))] : []),
    ...check.references.map((reference, index): Block => ({ ...labelled(index === 0 ? 'See' : '', reference), unbroken: true })),
  ];
}

/** A command is one line, however long: a part of it is another command. */
function cutBlocks({ cut, note }: RightsChain): Block[] {
  const commands = cut.map((command, index): Block => ({ ...labelled(index === 0 ? 'Cut it here' : '', command), unbroken: true }));
  if (commands.length === 0) return [labelled('Cut it here', note ?? 'nothing of it is yours to take back')];
  return note === undefined ? commands : [...commands, labelled('', `(${note})`)];
}

function labelled(label: string, text: string): Block {
  return { indent: LABEL_COLUMN, head: span(label, 'strong'), body: [span(text)] };
}

function evidenceBlocks(evidence: OpenFinding['evidence']): Block[] {
  const lines = evidenceLines(evidence);
  const indent = Math.min(28, 4 + Math.max(0, ...lines.map(({ name }) => name.length)) + 2);
  return lines.map(({ name, value }) => ({ indent, head: span(`    ${name}`, 'quiet'), body: [span(value)] }));
}

function standingWords(standing: ExplainedFinding['standing'], since: string, now: string): string {
  if (standing.state === 'resolved') return `resolved ${momentWords(standing.at, now)}; it was open for ${durationWords(since, standing.at)}`;
  const words = standing.state === 'excepted' ? `excepted; found ${openWords(since, now).replace(/^open /, '')}` : openWords(since, now);
  return standing.unseen === undefined ? words : `${words}; out of sight since ${momentWords(standing.unseen, now)}`;
}

function openWords(since: string, now: string): string {
  return `open since ${dayWords(since)}, ${durationWords(since, now)}`;
}

function historyWords({ kind, was, finding, origin, observedAt }: FindingChange, now: string): string {
  const severity = was === undefined ? finding.severity : `${was} → ${finding.severity}`;
  return `${momentWords(observedAt, now)}  ${kind}  ${severity}${ORIGIN_WORDS[origin]}`;
}

const ORIGIN_WORDS: { readonly [O in FindingChange['origin']]: string } = {
  cluster: '',
  'first-look': '  (at the first look)',
  revision: '  (this version of the check looks closer)',
  setting: '  (by a setting)',
  'cluster-gone': '  (the cluster does not exist any more)',
};
