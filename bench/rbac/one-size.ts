// Measures one size in a process of its own and prints the figures as one line of JSON.
import '../settle.ts';
import { assess } from '../../lambda/assess/assess.ts';
import { CHECKS } from '../../lambda/checks/registry.ts';
import { collected, refused, type Collected } from '../../lambda/model/collected.ts';
import type { CollectedSources, Snapshot } from '../../lambda/model/snapshot.ts';
import { SOURCE_NAMES } from '../../lambda/model/sources.ts';
import { collectionPlan } from '../../lambda/checks/collection-plan.ts';
import { ALWAYS_KEPT, compileFields, project, type FieldTree } from '../../lambda/collect/fields/field-tree.ts';
import { rbacObjects, type RbacObjects } from './objects.ts';

const RUNS = 3;
const bindings = Number(process.argv[2]);
const texts = (Object.entries(rbacObjects(bindings)) as [keyof RbacObjects, readonly object[]][]).map(([source, items]) => [source, JSON.stringify(items)] as const);
const checks = CHECKS.filter(({ area }) => area === 'rbac');

const plan = collectionPlan();
const TREES = Object.fromEntries(texts.map(([source]) => [source, compileFields([...ALWAYS_KEPT, ...plan[source]])])) as Readonly<Record<keyof RbacObjects, FieldTree>>;

let parseMs = Infinity;
let judgeMs = Infinity;
let findings = 0;
for (let run = 0; run < RUNS; run += 1) {
  // What the run before left is none of this one's.
  globalThis.gc?.();
  const begun = performance.now();
  const lists = texts.map(([source, text]) => [source, JSON.parse(text) as readonly object[]] as const);
  parseMs = Math.min(parseMs, performance.now() - begun);
  // Collection keeps of each object what checks read.
  const snapshot = snapshotOf(new Map(lists.map(([source, items]) => [source, items.map((item) => project(item, TREES[source]))])));
  lists.length = 0;
  globalThis.gc?.();
  const trimmed = performance.now();
  findings = assess(snapshot, checks).findings.length;
  judgeMs = Math.min(judgeMs, performance.now() - trimmed);
}
const bytes = texts.reduce((sum, [, text]) => sum + text.length, 0);
console.log(JSON.stringify({ bytes, parseMs, judgeMs, findings, peakBytes: process.resourceUsage().maxRSS * 1024 }));

/** As it is collected of a cluster whose AWS side nobody asked for. */
function snapshotOf(lists: ReadonlyMap<string, unknown>): Snapshot {
  const source = (name: string): Collected<unknown> => {
    if (lists.has(name)) return collected(lists.get(name));
    return name === 'kubernetesVersion' ? collected('v1.35.2') : refused('not-configured', 'not measured');
  };
  const sources = Object.fromEntries(SOURCE_NAMES.map((name) => [name, source(name)])) as unknown as CollectedSources;
  return { cluster: { id: 'name:bench', label: 'bench' }, observedAt: '2026-11-21T06:00:00.000Z', namespaces: 'all', sources, problems: [] };
}
