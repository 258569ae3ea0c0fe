import type { Assessment } from '../../lambda/model/assessment.ts';
import type { ClusterState } from '../../lambda/model/cluster-state.ts';
import { compare } from '../../lambda/reconcile/compare.ts';
import { fold } from '../../lambda/reconcile/fold.ts';
import { assessmentOf, at, type GivenAssessment } from './assessment-of.ts';
import { told } from './run-of.ts';

/** Looks at one cluster one after the other, a minute apart: what each told, and the state after the last. */
export function historyOf(...looks: readonly (GivenAssessment['checks'] | Partial<GivenAssessment> & Pick<GivenAssessment, 'checks'>)[]): { readonly told: string[][]; readonly state: ClusterState } {
  const lines: string[][] = [];
  let state: ClusterState | undefined;
  for (const [index, look] of looks.entries()) {
    const given = 'checks' in look && !Array.isArray(look.checks) ? (look as Partial<GivenAssessment> & Pick<GivenAssessment, 'checks'>) : { checks: look as GivenAssessment['checks'] };
    const step = stepOf(state, assessmentOf({ at: at(index), ...given }), index + 1);
    lines.push(step.told);
    state = step.state;
  }
  return { told: lines, state: state! };
}

export function stepOf(state: ClusterState | undefined, assessment: Assessment, seq = 1): { readonly told: string[]; readonly state: ClusterState } {
  const rows = compare(state, assessment, { run: '01K0000000000000000000000R', seq });
  return { told: told(rows.changes), state: fold(state, rows)! };
}
