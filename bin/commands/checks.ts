import { CHECKS } from '../../lambda/checks/registry.ts';
import { asciiJson } from '../../lambda/report/json/ascii-json.ts';
import { checksTable } from '../../lambda/report/terminal/checks-table.ts';
import { columnsOf, type Console } from '../console.ts';

/** `eksaminer checks`. */
export async function checks({ output }: { readonly output: string }, io: Console, settle: (code: number) => void): Promise<void> {
  settle(0);
  if (output === 'json') {
    const entries = CHECKS.map(({ id, revision, area, title, severity, worstSeverity, rationale, remediation, references, controls, needs, wants }) => ({
      id, revision, area, title, severity, worstSeverity, rationale, remediation, references, controls, needs, wants,
    }));
    await io.out(asciiJson({ schemaVersion: 1, checks: entries }));
    return;
  }
  await io.out(checksTable(CHECKS, { width: columnsOf(io), colour: io.colour }));
}
