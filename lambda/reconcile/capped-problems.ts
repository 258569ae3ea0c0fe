/** A directory of broken files must not swell the history. */
const LINES = 20;
const LENGTH = 500;

/** The first problems, each cut, and how many there were. */
export function cappedProblems(problems: readonly string[]): readonly string[] {
  const shown = problems.slice(0, LINES).map((problem) => (problem.length > LENGTH ? `${problem.slice(0, LENGTH - 1)}…` : problem));
  return problems.length > LINES ? [...shown, `and ${problems.length - LINES} more`] : shown;
}
