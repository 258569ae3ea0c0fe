import type { Check } from '../../lambda/checks/define-check.ts';
import type { Severity } from '../../lambda/model/severity.ts';
import type { ResourceRef } from '../../lambda/model/violation.ts';
import type { GivenSources } from '../snapshot-of.ts';

/** A finding as a case expects it: exactly which, and where. `message` and `cause` are compared where given. */
export interface ExpectedFinding {
  readonly resource: ResourceRef;
  readonly key: string;
  /** The check's own where absent. */
  readonly severity?: Severity;
  readonly message?: string;
  readonly cause?: string;
}

/** The tests of one check, as data. `test/checks/check-cases.test.ts` runs them all and refuses bad ones. */
export interface CheckCases {
  readonly check: Check;
  /** Nothing is found and the outcome is `pass`. */
  readonly pass: readonly { readonly name: string; readonly sources: GivenSources }[];
  /** Exactly these are found. */
  readonly fail: readonly { readonly name: string; readonly sources: GivenSources; readonly findings: readonly ExpectedFinding[] }[];
  /** The outcome is `not-applicable`. */
  readonly notApplicable?: readonly { readonly name: string; readonly sources: GivenSources }[];
}
