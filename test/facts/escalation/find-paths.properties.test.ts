import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { targetKey, type EscalationPath } from '../../../lambda/facts/escalation/escalation-path.ts';
import { buildEscalationGraph } from '../../../lambda/facts/escalation/escalation-graph.ts';
import { findEscalationPaths } from '../../../lambda/facts/escalation/find-paths.ts';
import { hubsOf, reachOf } from '../../../lambda/facts/escalation/reach.ts';
import type { Meaning } from '../../../lambda/facts/escalation/meaning.ts';
import { partyText } from '../../../lambda/facts/escalation/party.ts';
import { subjectText } from '../../../lambda/facts/rbac/subject.ts';
import { bruteForce } from './brute-force.ts';
import { SUBJECTS, bindingName, escalationWorldOf, smallCluster, smallWorldOf, type SmallCluster } from './small-world.ts';

/** Whether a subject reaches a target, as the engine says it. */
function engineOf(cluster: SmallCluster): (target: Meaning, subject: string) => boolean {
  const graph = buildEscalationGraph(escalationWorldOf(cluster));
  const hubs = hubsOf(graph);
  return (target, subject) => {
    const [from, to] = [graph.find({ is: 'identity', subject }), graph.find(target)];
    return from !== undefined && to !== undefined && reachOf(graph, to, hubs).reaches(from);
  };
}

function reachedIn(cluster: SmallCluster): Map<string, { admin: boolean; node: boolean }> {
  const reaches = engineOf(cluster);
  return new Map(SUBJECTS.map(subjectText).map((text) => [text, { admin: reaches({ is: 'admin' }, text), node: reaches({ is: 'node', os: 'linux' }, text) }]));
}

function keys(paths: readonly EscalationPath[]): string[] {
  return paths.map(({ subject, target }) => `${partyText(subject)} > ${targetKey(target)}`).sort();
}

describe('escalation on random small clusters', () => {
  test('finds what trying every attack with every identity finds', () => {
    fc.assert(
      fc.property(smallCluster, (cluster) => {
        const engine = reachedIn(cluster);
        for (const subject of SUBJECTS) {
          const tried = bruteForce(smallWorldOf(cluster), subject);
          const said = engine.get(subjectText(subject))!;
          expect({ subject, admin: said.admin, node: said.admin || said.node }).toEqual({ subject, admin: tried.admin, node: tried.admin || tried.node });
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a binding more takes no way away', () => {
    fc.assert(
      fc.property(smallCluster, (cluster) => {
        if (cluster.bindings.length === 0) return;
        const [all, fewer] = [reachedIn(cluster), reachedIn({ ...cluster, bindings: cluster.bindings.slice(1) })];
        for (const [subject, { admin, node }] of fewer) expect([subject, !admin || all.get(subject)!.admin, !node || all.get(subject)!.node]).toEqual([subject, true, true]);
      }),
      { numRuns: 100 },
    );
  });

  test('the order of bindings changes nothing at all', () => {
    fc.assert(
      fc.property(smallCluster, (cluster) => {
        const world = escalationWorldOf(cluster);
        const { bySubject } = world.holders;
        const turned = { ...world, holders: { ...world.holders, bySubject: new Map([...bySubject].reverse()), bindings: [...world.holders.bindings].reverse() } };
        const sorted = (paths: readonly EscalationPath[]) => paths.map((path) => JSON.stringify([path.subject, path.target, path.steps, path.cut?.grants.map(({ binding }) => binding.text)])).sort();
        expect(sorted(findEscalationPaths(turned))).toEqual(sorted(findEscalationPaths(world)));
      }),
      { numRuns: 100 },
    );
  });

  test('without its cut no way is left, and with all of it but one there is one', () => {
    fc.assert(
      fc.property(smallCluster, (cluster) => {
        for (const { subject, target, cut } of findEscalationPaths(escalationWorldOf(cluster))) {
          const cutNames = new Set((cut?.grants ?? []).map(({ binding }) => binding.resource.name));
          expect(cutNames.size).toBeGreaterThan(0);
          const left = (names: ReadonlySet<string>): boolean => {
            // Names of bindings stay: what is taken away is bound to a role that is not there.
            const bindings = cluster.bindings.map((binding, index) => (names.has(bindingName(index)) ? { ...binding, role: 'gone' } : binding));
            return engineOf({ ...cluster, bindings })(target, partyText(subject));
          };
          expect([subject, target, left(cutNames)]).toEqual([subject, target, false]);
          for (const name of cutNames) expect([name, left(new Set([...cutNames].filter((each) => each !== name)))]).toEqual([name, true]);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('other names change nothing but the names', () => {
    const names = [['alice', 'zoe'], ['bob', 'al'], ['devs', '__proto__'], ['c0', 'x'], ['c1', 'constructor'], ['c2', 'b']] as const;
    const renamed = (text: string): string => names.reduce((all, [before, after]) => all.replaceAll(`"${before}"`, `"new ${after}"`), text);
    fc.assert(
      fc.property(smallCluster, (cluster) => {
        const other = JSON.parse(renamed(JSON.stringify(cluster))) as SmallCluster;
        const before = keys(findEscalationPaths(escalationWorldOf(cluster)));
        // In another order each binding has another name too.
        const after = keys(findEscalationPaths(escalationWorldOf({ ...other, bindings: [...other.bindings].reverse() }, renamed)));
        expect(after).toEqual(before.map((key) => names.reduce((all, [from, to]) => all.replace(` ${from} >`, ` new ${to} >`), key)).sort());
      }),
      { numRuns: 100 },
    );
  });
});
