import { counted, grouped } from '../model/time-words.ts';
import { SEVERITIES, type Severity } from '../model/severity.ts';
import type { Bulletin, Entry, Section } from './bulletin.ts';
import { SUBJECT_CAP } from './sns-message.ts';

/** A label in a subject: of every cluster that EKS names the whole name is seldom longer. */
const LABEL_CAP = 40;

const REST = '; and more';

/** "Eksaminer: 1 critical opened, 1 worsened, 3 resolved; prod-us out of sight". ASCII, in one line, under 100 characters. */
export function subjectOf({ entries }: Bulletin): string {
  const clauses = [...clausesOfFindings(entries), ...clausesOfClusters(entries)];
  let subject = `Eksaminer: ${clauses[0]!.text}`;
  for (const [index, { text, joined }] of clauses.entries()) {
    if (index === 0) continue;
    const longer = `${subject}${joined ? ', ' : '; '}${text}`;
    if (longer.length + (index === clauses.length - 1 ? 0 : REST.length) > SUBJECT_CAP) return `${subject}${REST}`;
    subject = longer;
  }
  return subject;
}

interface Clause {
  readonly text: string;
  /** It goes on with what the one before counts. */
  readonly joined: boolean;
}

const FINDING_SECTIONS = ['opened', 'reopened', 'worsened', 'unexcepted', 'eased', 'excepted', 'resolved'] as const satisfies readonly Section[];

function clausesOfFindings(entries: readonly Entry[]): Clause[] {
  const clauses: Clause[] = [];
  for (const section of FINDING_SECTIONS) {
    const severities = entries.flatMap((entry) => (entry.type === 'item' && entry.section === section ? entry.item.places.map(({ severity }) => severity) : []));
    if (severities.length === 0) continue;
    // Of what is news the worst is said; of the rest its number.
    const count = section === 'opened' || section === 'reopened' ? severityWords(severities) : grouped(severities.length);
    clauses.push({ text: `${count} ${section}`, joined: clauses.length > 0 });
  }
  return clauses;
}

/** "1 critical", "3 critical of 12". */
function severityWords(severities: readonly Severity[]): string {
  const worst = SEVERITIES.find((severity) => severities.includes(severity))!;
  const count = severities.filter((severity) => severity === worst).length;
  return count === severities.length ? `${grouped(count)} ${worst}` : `${grouped(count)} ${worst} of ${grouped(severities.length)}`;
}

function clausesOfClusters(entries: readonly Entry[]): Clause[] {
  const lost = new Map<string, string>();
  const partly = new Map<string, string>();
  const regained = new Map<string, string>();
  const gone = new Map<string, string>();
  let fresh = 0;
  let checks = 0;
  for (const entry of entries) {
    if (entry.type === 'sight') {
      const { kind, cluster, checks: some } = entry.change;
      (kind === 'regained-sight' ? regained : some ? partly : lost).set(cluster.id, cluster.label);
    } else if (entry.type === 'gone') gone.set(entry.cluster.id, entry.cluster.label);
    else if (entry.type === 'clusters') fresh += entry.clusters;
    else if (entry.type === 'check') checks += 1;
  }
  const clauses = [
    ...(lost.size > 0 ? [`${namesWords(lost)} out of sight`] : []),
    ...(partly.size > 0 ? [`${namesWords(partly)} partly out of sight`] : []),
    ...(gone.size > 0 ? [`${namesWords(gone)} gone`] : []),
    ...(fresh > 0 ? [`first look at ${counted(fresh, 'cluster')}`] : []),
    ...(checks > 0 ? [`first look by ${counted(checks, 'check')}`] : []),
    ...(regained.size > 0 ? [`${namesWords(regained)} in sight again`] : []),
  ];
  return clauses.map((text) => ({ text, joined: false }));
}

function namesWords(clusters: ReadonlyMap<string, string>): string {
  const [label = ''] = clusters.values();
  const plain = label.replace(/[^\x20-\x7e]+/g, '?');
  return clusters.size === 1 && label.length <= LABEL_CAP ? plain : counted(clusters.size, 'cluster');
}
