/** One verdict of a vector beside the product's own. */
export interface JudgedVerdict {
  /** Which of the file's questions it is; counts are given by it. */
  readonly kind: string;
  /** The case within the file: a name, a seed, with what was asked. */
  readonly case: string;
  readonly expected: string;
  readonly got: string;
}

/** How one kind of vectors is put to the product's engine. */
export interface VectorKind {
  /** True for the names of files that hold cases. Any other file but README.md counts as skipped. */
  isCaseFile(name: string): boolean;
  /** All verdicts of one case (one line). Throws where the line is no such case. */
  judge(line: unknown): Iterable<JudgedVerdict>;
}
