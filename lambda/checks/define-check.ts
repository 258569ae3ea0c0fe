import type { InputName, InputOf } from '../facts/define-fact.ts';
import type { Unread } from '../model/derived.ts';
import type { FieldPaths } from '../model/fields.ts';
import type { Severity } from '../model/severity.ts';
import type { Violation } from '../model/violation.ts';

/** The areas of `docs/checks.md`; a check's file lies in the folder of its area. */
export type CheckArea = 'api-server' | 'identity' | 'rbac' | 'network' | 'workload';

export interface CheckDefinition<N extends InputName = InputName, W extends InputName = InputName> {
  /** Permanent: it stands in fingerprints. A noun phrase for the fault. */
  readonly id: string;
  /** Goes up when the same snapshot would give another answer: the next run's difference is then ours and is said to be. */
  readonly revision: number;
  readonly area: CheckArea;
  /** Fixed, plain words, no period, no names: it heads a group of findings. Consequence first. */
  readonly title: string;
  readonly severity: Severity;
  /** Where the case decides: the worst that a violation can be. Absent: none is worse than `severity`. A gate must know what it could not see. */
  readonly worstSeverity?: Severity;
  /** What it finds mostly passes by itself (a controller is behind, a pod is starting): a finding opens when two looks in a row have seen it. */
  readonly passing?: true;
  /** What an attacker gains. */
  readonly rationale: string;
  /** Imperative, with a period. */
  readonly remediation: string;
  readonly references: readonly string[];
  /** `cis-eks-1.8.0/4.1.1`, `nsa-1.2/pod-security`, `attack/T1078`, `ms-k8s/MS-TA9019`, `pss/baseline`. */
  readonly controls: readonly string[];
  /** Inputs without which a violation could be wrong. One refused: `not-evaluated`. */
  readonly needs: readonly N[];
  /** Inputs that could only add violations or raise a severity. One refused: violations stand, a pass does not. */
  readonly wants: readonly W[];
  /** Fields that the check reads of the sources among its needs and wants; what it reads through facts, the facts declare. */
  readonly fields: FieldPaths;
  /** In words: what `resource` and `key` of its findings are. Goes into the table of identities in `docs/checks.md`. */
  readonly identity: { readonly resource: string; readonly key: string };
  /** False: there is nothing here that the check could be about (no EKS side of a cluster that is not EKS): `not-applicable`, with the reason. */
  applies?(input: InputOf<N, W>): true | string;
  /**
   * What was read but cannot be judged by this version (the policies of an engine that is not modelled, a malformed address block), by
   * the source that holds it. As with a want that was refused: findings stand, a pass or a resolution does not.
   */
  unjudged?(input: InputOf<N, W>): readonly Unread[];
  evaluate(input: InputOf<N, W>): Iterable<Violation>;
}

/** A check in the registry: what it asks for is known by name only, so that all checks stand in one list. */
export type Check = Omit<CheckDefinition, 'applies' | 'unjudged' | 'evaluate'> & {
  applies?(input: never): true | string;
  unjudged?(input: never): readonly Unread[];
  evaluate(input: never): Iterable<Violation>;
};

/** Keeps the names of needs and wants as types, so that a check that reads what it did not declare does not compile. */
export function defineCheck<const N extends InputName = never, const W extends InputName = never>(
  definition: Omit<CheckDefinition<N, W>, 'needs' | 'wants' | 'fields'> & {
    readonly needs?: readonly N[];
    readonly wants?: readonly W[];
    readonly fields?: FieldPaths;
  },
): CheckDefinition<N, W> {
  return { needs: [], wants: [], fields: {}, ...definition };
}
