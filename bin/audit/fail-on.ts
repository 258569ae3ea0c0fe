import { CHECKS } from '../../lambda/checks/registry.ts';
import { SEVERITIES, type Severity } from '../../lambda/model/severity.ts';
import { nearest } from '../../lambda/configuration/nearest.ts';
import { UsageError } from '../usage-error.ts';

/** `new:high`: what opened, reopened or worsened in this run and is high or worse. `any:high`: all that is open. */
export interface FailOn {
  readonly what: 'new' | 'any';
  readonly threshold: Severity;
}

/** Throws a UsageError that names the value and the choices. */
export function parseFailOn(values: readonly string[]): readonly FailOn[] {
  return values.map((value) => {
    const [what, threshold, ...rest] = value.trim().split(':');
    if ((what === 'new' || what === 'any') && isSeverity(threshold) && rest.length === 0) return { what, threshold };
    throw new UsageError(`--fail-on ${JSON.stringify(value)}: it is new: or any: and one of ${SEVERITIES.join(', ')}, for example new:high`);
  });
}

export function isSeverity(value: string | undefined): value is Severity {
  return (SEVERITIES as readonly (string | undefined)[]).includes(value);
}

/** Throws a UsageError for an id that no check has: a typing error here would open the gate for nothing, or keep it shut. */
export function knownChecks(ids: readonly string[], option: string): ReadonlySet<string> {
  const known = CHECKS.map(({ id }) => id);
  for (const id of ids) {
    if (known.includes(id)) continue;
    const near = nearest(id, known);
    throw new UsageError(`${option} ${JSON.stringify(id)}: there is no such check${near.length > 0 ? `. Did you mean ${near.join(' or ')}?` : '. The list: eksaminer checks'}`);
  }
  return new Set(ids);
}
