import type { OpenFinding } from '../model/change.ts';
import { powerContains } from '../model/power-order.ts';
import { rightKey } from '../model/right-key.ts';
import { compareSeverity } from '../model/severity.ts';
import type { ResourceRef } from '../model/violation.ts';
import type { FindingDifference } from './compare-findings.ts';

type Placed = Pick<OpenFinding, 'resource' | 'key' | 'severity' | 'status'>;

/** Findings of rights by their holder and scope. */
type Rights = ReadonlyMap<string, readonly Placed[]>;

/**
 * What a holder's stronger right says of the weaker: one that shows because the stronger is gone (the same right in one namespace after that in all;
 * reading Secrets after running the cluster) is no news but `narrowed`, and one that is gone because a stronger shows is not repaired but `absorbed`.
 * `before`: all open findings of the cluster; `found`: all of the look. Linear in them.
 */
export function withoutWeakened(differences: readonly FindingDifference[], before: readonly Placed[], found: readonly Placed[]): readonly FindingDifference[] {
  const holders = new Set(differences.filter(({ kind, finding }) => isNewOrGone(kind) && rightKey(finding.key) !== undefined).map(({ finding }) => holderOf(finding.resource)));
  if (holders.size === 0) return differences;
  const known = rightsOf(before, holders);
  const now = rightsOf(found, holders);
  return differences.map((difference) => {
    const { kind, finding } = difference;
    if ((kind === 'opened' || kind === 'reopened') && isUnder(finding, known)) return { ...difference, kind: 'narrowed' };
    if (kind === 'resolved' && isUnder(finding, now)) return { ...difference, kind: 'absorbed' };
    return difference;
  });
}

function isNewOrGone(kind: FindingDifference['kind']): boolean {
  return kind === 'opened' || kind === 'reopened' || kind === 'resolved';
}

function holderOf({ kind, namespace = '', name }: ResourceRef): string {
  return JSON.stringify([kind, namespace, name]);
}

function placeOf(resource: ResourceRef, scope: string): string {
  return `${scope} ${holderOf(resource)}`;
}

function rightsOf(findings: readonly Placed[], holders: ReadonlySet<string>): Rights {
  const rights = new Map<string, Placed[]>();
  for (const finding of findings) {
    const right = finding.status === 'open' ? rightKey(finding.key) : undefined;
    if (!right || !holders.has(holderOf(finding.resource))) continue;
    const place = placeOf(finding.resource, right.scope);
    const list = rights.get(place);
    if (list) list.push(finding);
    else rights.set(place, [finding]);
  }
  return rights;
}

/** Whether a stronger right of the same holder, no less grave, is among these: in all namespaces, or in the same one. */
function isUnder(weak: Placed, rights: Rights): boolean {
  const right = rightKey(weak.key);
  if (!right) return false;
  for (const scope of new Set(['cluster', right.scope])) {
    for (const strong of rights.get(placeOf(weak.resource, scope)) ?? []) {
      if (strong.key === weak.key || compareSeverity(strong.severity, weak.severity) > 0) continue;
      if (powerContains(rightKey(strong.key)!.power, right.power)) return true;
    }
  }
  return false;
}
