import type { Binding } from './bindings.ts';
import type { BoundSubject } from './subject-reader.ts';

/** Subjects that the very same bindings name: what follows from bindings follows once for all of them. */
export interface BoundTogether {
  /** In the order of their numbers. */
  readonly subjects: readonly BoundSubject[];
  /** Those that name them, in their order. */
  readonly bindings: readonly Binding[];
}

/** While bindings are gone through: the subjects that those so far do not tell apart. */
interface Group {
  readonly subjects: BoundSubject[];
  readonly bindings: Binding[];
  size: number;
  /** How many of them the binding at hand names. */
  named: number;
  /** Whom the binding at hand names, where it does not name them all. */
  heirs: Group | undefined;
}

const known = new WeakMap<readonly Binding[], readonly BoundTogether[]>();

/** Parts the subjects again with each binding; linear in what bindings name. */
export function boundTogether(bindings: readonly Binding[]): readonly BoundTogether[] {
  let groups = known.get(bindings);
  if (!groups) known.set(bindings, (groups = partsOf(bindings)));
  return groups;
}

function partsOf(bindings: readonly Binding[]): readonly BoundTogether[] {
  const groupOf: Group[] = [];
  const subjects: BoundSubject[] = [];
  for (const binding of bindings) {
    const [first] = binding.subjects;
    const group = first && binding.subjects.length === 1 ? groupOf[first.number] : undefined;
    // Most name one, whom others name that name nobody else.
    if (group?.size === 1) group.bindings.push(binding);
    else nameAll(binding, groupOf, subjects);
  }
  const groups: Group[] = [];
  for (const subject of subjects) {
    const group = groupOf[subject.number]!;
    if (group.subjects.push(subject) === 1) groups.push(group);
  }
  return groups;
}

function groupBy(bindings: Binding[]): Group {
  return { subjects: [], bindings, size: 0, named: 0, heirs: undefined };
}

function nameAll(binding: Binding, groupOf: Group[], subjects: BoundSubject[]): void {
  let newcomers: Group | undefined;
  const met: Group[] = [];
  for (const subject of binding.subjects) {
    const group = groupOf[subject.number];
    if (group) {
      if (group.named === 0) met.push(group);
      group.named += 1;
      continue;
    }
    groupOf[subject.number] = newcomers ??= groupBy([binding]);
    newcomers.size += 1;
    subjects.push(subject);
  }
  let parts = false;
  for (const group of met) {
    if (group.named === group.size) group.bindings.push(binding);
    else {
      group.heirs = groupBy([...group.bindings, binding]);
      group.heirs.size = group.named;
      group.size -= group.named;
      parts = true;
    }
    group.named = 0;
  }
  if (!parts) return;
  for (const { number } of binding.subjects) {
    const { heirs } = groupOf[number]!;
    if (heirs) groupOf[number] = heirs;
  }
  for (const group of met) group.heirs = undefined;
}
