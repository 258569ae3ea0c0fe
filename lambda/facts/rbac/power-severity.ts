import { SEVERITIES, severityRank, type Severity } from '../../model/severity.ts';
import { powerDefinition, type Power } from './powers.ts';
import { audienceOf, type Subject } from './subject.ts';
import { isSystemNamespace } from './system-namespace.ts';

/** How bad a power is there: with a namespace of the system one has the cluster. `namespace`: undefined for the whole cluster. */
export function powerSeverity(power: Power, namespace: string | undefined): Severity {
  const [cluster, inNamespace] = powerDefinition(power).severity;
  return namespace === undefined || isSystemNamespace(namespace) ? cluster : inNamespace;
}

/** What every pod or every person inherits is one step worse. */
export function severityFor(subject: Subject, severity: Severity): Severity {
  return audienceOf(subject) === 'particular' ? severity : SEVERITIES[Math.max(0, severityRank(severity) - 1)]!;
}
