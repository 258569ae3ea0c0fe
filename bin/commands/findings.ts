import { CHECKS } from '../../lambda/checks/registry.ts';
import { itemsOfFindings, type PlacedFinding } from '../../lambda/notify/digest.ts';
import { shortIds } from '../../lambda/notify/short-ids.ts';
import { readStates } from '../../lambda/reconcile/reconcile.ts';
import { asciiJson } from '../../lambda/report/json/ascii-json.ts';
import { findingEntry } from '../../lambda/report/json/audit-document.ts';
import { openFindings, type FindingFilter } from '../../lambda/report/open-findings.ts';
import { findingsReport } from '../../lambda/report/terminal/findings-report.ts';
import { isSeverity, knownChecks } from '../audit/fail-on.ts';
import { columnsOf, itemsThatFit, type Console } from '../console.ts';
import { openExistingStore, withStore } from '../open-store.ts';
import { UsageError } from '../usage-error.ts';
import { SEVERITIES } from '../../lambda/model/severity.ts';

export interface FindingsOptions {
  readonly store: string;
  readonly severity?: string;
  readonly check?: readonly string[];
  readonly cluster?: readonly string[];
  readonly namespace?: readonly string[];
  readonly unseen?: boolean;
  readonly output: 'table' | 'json';
  readonly all?: boolean;
}

/** `eksaminer findings`: what is open in the record, nothing looked at anew. */
export async function findings(options: FindingsOptions, io: Console, settle: (code: number) => void): Promise<void> {
  const filter = filterOf(options);
  const states = await readStates(await openExistingStore(options.store));
  const labels = states.map(({ cluster }) => cluster.label);
  for (const asked of options.cluster ?? []) {
    const known = states.some(({ cluster }) => [cluster.id, cluster.label, cluster.arn, cluster.name].includes(asked));
    if (!known) throw new UsageError(`--cluster ${JSON.stringify(asked)}: the record has no such cluster; it has: ${labels.join(', ') || 'none'}`);
  }
  const found = openFindings(states, filter);
  settle(0);
  if (options.output === 'json') {
    await io.out(asciiJson({ schemaVersion: 1, findings: [...found].sort(compareFound).map(findingOf) }));
    return;
  }
  const items = itemsOfFindings(found, CHECKS);
  await io.out(
    findingsReport(items, {
      short: shortIds(states.flatMap((state) => state.findings.map(({ item }) => item))),
      items: options.all ? Infinity : itemsThatFit(io),
      places: options.all ? Infinity : 3,
      width: columnsOf(io),
      colour: io.colour,
      now: io.now().toISOString(),
      filtered: Object.keys(filter).length > 0,
      explain: withStore('eksaminer explain ID', options.store),
      clusters: states.filter(({ gone }) => !gone).length,
    }),
  );
}

function filterOf({ severity, check, cluster, namespace, unseen }: FindingsOptions): FindingFilter {
  if (severity !== undefined && !isSeverity(severity)) throw new UsageError(`--severity ${JSON.stringify(severity)}: it is one of ${SEVERITIES.join(', ')}`);
  return {
    ...(severity === undefined ? {} : { severity }),
    ...(check === undefined ? {} : { checks: knownChecks(check, '--check') }),
    ...(cluster === undefined ? {} : { clusters: new Set(cluster) }),
    ...(namespace === undefined ? {} : { namespaces: new Set(namespace) }),
    ...(unseen === true ? { unseen } : {}),
  };
}

function findingOf({ cluster, finding, unseen }: PlacedFinding) {
  return { ...findingEntry(finding, cluster), label: cluster.label, since: finding.since, changedBy: finding.changedBy, unseenSince: unseen };
}

function compareFound(a: PlacedFinding, b: PlacedFinding): number {
  return SEVERITIES.indexOf(a.finding.severity) - SEVERITIES.indexOf(b.finding.severity) || (a.finding.fingerprint < b.finding.fingerprint ? -1 : 1);
}
