/** One verdict of a vector beside the product's own. */
export interface JudgedVerdict {
  /** Which of the file's questions it is; counts are given by it. */
  readonly kind: string;
  /** The case within the file: a name, a seed, with what was asked. */
  readonly case: string;
  readonly expected: string;
  readonly got: string;
}

/** The file that a case stands in. */
export interface VectorFile {
  readonly name: string;
  /** A JSON file of the same directory, parsed; undefined: there is none of that name. */
  companion(name: string): unknown;
}

/** How one kind of vectors is put to the product's engine. */
export interface VectorKind {
  /** True for the names of files that hold cases. */
  isCaseFile(name: string): boolean;
  /** What a file without cases is, for the names of those that belong to the vectors. Any other file but README.md counts as skipped. */
  companionWord?(name: string): string | undefined;
  /** The beginnings of names that a complete set has files of: one that has none is said. */
  readonly parts?: readonly string[];
  /** All verdicts of one case (one line). Throws where the line is no such case. */
  judge(line: unknown, file: VectorFile): Iterable<JudgedVerdict> | AsyncIterable<JudgedVerdict>;
}
