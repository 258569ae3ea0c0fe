import type { Check } from '../../checks/define-check.ts';
import type { Assessment, CheckOutcome, Finding } from '../../model/assessment.ts';
import type { ClusterIdentity } from '../../model/cluster-target.ts';
import type { Severity } from '../../model/severity.ts';
import { asciiJson } from '../json/ascii-json.ts';
import { resourceWithKind } from '../../model/resource-words.ts';

export interface SarifInput {
  readonly version: string;
  readonly checks: readonly Pick<Check, 'id' | 'title' | 'severity' | 'rationale' | 'remediation' | 'references' | 'controls' | 'area'>[];
  readonly assessments: readonly Assessment[];
  readonly missed: readonly { readonly label: string; readonly reason: string }[];
}

const LEVELS: { readonly [S in Severity]: 'error' | 'warning' | 'note' } = { critical: 'error', high: 'error', medium: 'warning', low: 'note', info: 'note' };

/** GitHub sorts by this number as it does by a CVSS score (its ranges: over 9.0, 7.0, 4.0). */
const SCORES: { readonly [S in Severity]: string } = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0', info: '0.0' };

/** Open findings as SARIF 2.1.0; what could not be told as notifications of the invocation. Excepted findings are left out. */
export function sarifLog({ version, checks, assessments, missed }: SarifInput): string {
  const index = new Map(checks.map(({ id }, position) => [id, position]));
  const notifications = [
    ...missed.map(({ label, reason }) => notification('error', `${label} was not audited: ${reason}`)),
    ...assessments.flatMap(({ cluster, outcomes, problems }) => [
      ...problems.map((problem) => notification('warning', `${cluster.label}: ${problem}`)),
      ...outcomes.flatMap((outcome) => outcomeNotification(outcome, cluster, index)),
    ]),
  ];
  return asciiJson({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Eksaminer', version, semanticVersion: version, rules: checks.map(rule) } },
        invocations: [{ executionSuccessful: missed.length === 0, toolExecutionNotifications: notifications }],
        columnKind: 'utf16CodeUnits',
        results: assessments.flatMap(({ cluster, findings }) => findings.filter(({ status }) => status === 'open').map((finding) => result(finding, cluster, index))),
      },
    ],
  });
}

function rule({ id, title, severity, rationale, remediation, references, controls, area }: SarifInput['checks'][number]) {
  return {
    id,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: rationale },
    help: { text: `${rationale}\n\n${remediation}\n\n${references.join('\n')}` },
    ...(references[0] === undefined ? {} : { helpUri: references[0] }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ['security', area, ...controls], 'security-severity': SCORES[severity] },
  };
}

function result(finding: Finding, cluster: ClusterIdentity, index: ReadonlyMap<string, number>) {
  const { fingerprint, item, check, severity, resource, message, key, evidence } = finding;
  const name = `${cluster.label}: ${resourceWithKind(resource)}`;
  const path = [cluster.label, ...(resource.namespace === undefined ? [] : [resource.namespace]), resource.kind, resource.name];
  return {
    ruleId: check,
    ...(index.has(check) ? { ruleIndex: index.get(check) } : {}),
    level: LEVELS[severity],
    message: { text: `${message}.` },
    // An object of a cluster is no file. Readers that want one get a path that names it and is the same from run to run.
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: path.map((part) => encodeURIComponent(part.toWellFormed())).join('/') }, region: { startLine: 1 } },
        logicalLocations: [{ name: resource.name, kind: 'resource', fullyQualifiedName: name }],
      },
    ],
    partialFingerprints: { 'eksaminer/v1': fingerprint },
    properties: { severity, 'security-severity': SCORES[severity], item, cluster: cluster.id, key, evidence },
  };
}

function outcomeNotification({ check, outcome, reason, unread }: CheckOutcome, cluster: ClusterIdentity, index: ReadonlyMap<string, number>) {
  const associated = index.has(check) ? { associatedRule: { id: check, index: index.get(check) } } : {};
  if (outcome === 'error') return [{ ...notification('error', `${cluster.label}: ${reason ?? `${check} failed`}`), ...associated }];
  if (outcome === 'not-evaluated') return [{ ...notification('warning', `${cluster.label}: ${check} was not evaluated: ${reason ?? 'no reason is known'}`), ...associated }];
  if (outcome === 'fail' && unread.length > 0) {
    const reasons = unread.map((row) => `${row.source}: ${row.reason.message}`).join('; ');
    return [{ ...notification('warning', `${cluster.label}: ${check} could not look everywhere: ${reasons}`), ...associated }];
  }
  return [];
}

function notification(level: 'error' | 'warning', text: string) {
  return { level, message: { text } };
}
