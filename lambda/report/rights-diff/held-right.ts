import type { Finding } from '../../model/assessment.ts';
import { powerContains } from '../../model/power-order.ts';
import { resourceWithKind } from '../../model/resource-words.ts';
import { rightKey } from '../../model/right-key.ts';
import type { Severity } from '../../model/severity.ts';
import type { Json, ResourceRef } from '../../model/violation.ts';

/** What assessments, states and histories know of a finding. */
export type RightFinding = Pick<Finding, 'check' | 'severity' | 'resource' | 'key' | 'message' | 'cause' | 'evidence'>;

/** A power that somebody holds somewhere, or can come to, as a finding says it. */
export interface HeldRight {
  /** `User alice`, `ServiceAccount shop/web`, `IAM Role arn:…`. */
  readonly holder: string;
  readonly resource: ResourceRef;
  /** Of the catalogue; `access` (something that no stranger should have), `a way to cluster-admin`, `access policy X of unknown contents`. */
  readonly power: string;
  /** A namespace; undefined: the whole cluster. */
  readonly namespace: string | undefined;
  readonly severity: Severity;
  readonly message: string;
  readonly cause: string;
  readonly check: string;
}

/** What strangers hold of which the catalogue has no power. */
export const ACCESS = 'access';
/** Before the target of a way: `a way to cluster-admin`. */
export const WAY = 'a way to ';

/** The rights that a finding tells of: mostly one, none where it is about something else. */
export function rightsIn(finding: RightFinding): readonly HeldRight[] {
  const { check, resource, key, severity, message, cause, evidence } = finding;
  const held = (power: string, scope: string): HeldRight => ({
    ...{ holder: holderOf(resource), resource, power, namespace: scope === 'cluster' ? undefined : scope },
    ...{ severity, message, cause, check },
  });
  const right = rightKey(key);
  if (right) return [held(right.power, right.scope)];
  if (check === 'anonymous-access') {
    const powers = namesIn(evidence['powers']).filter((power) => powerContains(power, power));
    const strongest = powers.filter((weak) => !powers.some((strong) => strong !== weak && powerContains(strong, weak)));
    return (strongest.length > 0 ? strongest : [ACCESS]).map((power) => held(power, key.slice(key.indexOf('@') + 1)));
  }
  if (check === 'named-role-bind') return [held(`binding ${key.slice('bind '.length, key.lastIndexOf('@'))} to itself`, key.slice(key.lastIndexOf('@') + 1))];
  // Ways through one namespace end in the whole cluster, so that only their target tells them apart.
  if (check === 'privilege-escalation-path') return [held(`${WAY}${key}`, 'cluster')];
  // It counts in the AWS account, wherever in the cluster its holder is.
  if (check === 'workload-role-privileged') return [held('a privileged IAM role', 'cluster')];
  if (check === 'aws-auth-system-masters') return [held('cluster-admin', 'cluster')];
  if (check === 'access-policy-unknown') {
    const scopes = evidence['scope'] === 'namespaces' ? namesIn(evidence['namespaces']) : ['cluster'];
    return scopes.map((scope) => held(`access policy ${key} of unknown contents`, scope));
  }
  return [];
}

/** The words of a list in evidence, which is cut where it is long. */
function namesIn(value: Json | undefined): readonly string[] {
  const list: unknown = typeof value === 'object' && value !== null && 'first' in value ? value['first'] : value;
  return Array.isArray(list) ? list.filter((name) => typeof name === 'string') : [];
}

/** Whether whoever holds `strong` can do what `weak` says, where both count. */
export function isWithin(weak: string, strong: string): boolean {
  if (weak === strong || powerContains(strong, weak)) return true;
  if (weak === ACCESS) return true;
  return weak.startsWith(WAY) && (strong === 'cluster-admin' || strong === `${WAY}cluster-admin`);
}

function holderOf(resource: ResourceRef): string {
  const text = resourceWithKind(resource);
  return resource.apiVersion.startsWith('iam.') ? `IAM ${text}` : text;
}
