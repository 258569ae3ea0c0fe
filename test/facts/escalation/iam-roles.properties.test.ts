import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildEscalationGraph } from '../../../lambda/facts/escalation/escalation-graph.ts';
import { targetKey } from '../../../lambda/facts/escalation/escalation-path.ts';
import type { EscalationWorld } from '../../../lambda/facts/escalation/escalation-world.ts';
import { findEscalationPaths } from '../../../lambda/facts/escalation/find-paths.ts';
import { NO_IAM_ROLES, type AccountRoles } from '../../../lambda/facts/escalation/iam-roles.ts';
import { NO_IAM } from '../../../lambda/facts/escalation/iam-side.ts';
import { iamParty, partyText } from '../../../lambda/facts/escalation/party.ts';
import { hubsOf, reachOf } from '../../../lambda/facts/escalation/reach.ts';
import { subjectText, type Subject } from '../../../lambda/facts/rbac/subject.ts';
import { bruteForce, type SmallIam } from './brute-force.ts';
import { ACCOUNTS, SUBJECTS, escalationWorldOf, smallCluster, smallWorldOf, type SmallCluster } from './small-world.ts';

const ROLES = ['r0', 'r1'] as const;
const MASTERS: Subject = { kind: 'Group', name: 'system:masters' };
/** As whom a role may sign in: a user, groups, or both at once. */
const SIGNED_IN: readonly (readonly Subject[])[] = [[], [SUBJECTS[0]!], [SUBJECTS[2]!], [SUBJECTS[0]!, SUBJECTS[2]!], [SUBJECTS[1]!, SUBJECTS[2]!], [MASTERS]];

const rolesOfAccounts = fc.array(fc.tuple(fc.constantFrom(...ACCOUNTS), fc.constantFrom(...ROLES)), { maxLength: 2 });

const smallIam: fc.Arbitrary<SmallIam> = fc.record({ mapped: fc.tuple(fc.constantFrom(...SIGNED_IN), fc.constantFrom(...SIGNED_IN)), inside: rolesOfAccounts, byToken: rolesOfAccounts }).map(({ mapped, inside, byToken }) => ({
  mapped: new Map(ROLES.map((role, index) => [role, mapped[index]!])),
  inside: byAccount(inside),
  byToken: byAccount(byToken),
}));

function byAccount(pairs: readonly (readonly [{ readonly namespace: string; readonly name: string }, string])[]): ReadonlyMap<string, readonly string[]> {
  const groups = Map.groupBy(pairs, ([{ namespace, name }]) => `${namespace}/${name}`);
  return new Map([...groups].map(([account, given]) => [account, [...new Set(given.map(([, role]) => role))]]));
}

function arnOf(role: string): string {
  return `arn:aws:iam::111122223333:role/${role}`;
}

function worldOf(cluster: SmallCluster, iam: SmallIam): EscalationWorld {
  const holders = ROLES.map((role) => {
    const party = iamParty(arnOf(role));
    return { text: party.name, subject: party, cluster: [], namespaces: new Map(), mapped: { via: 'access-entry' as const, as: iam.mapped.get(role)!.map(subjectText), perhaps: [] } };
  });
  const ofAccounts = new Map<string, Map<string, AccountRoles>>();
  for (const { namespace, name } of ACCOUNTS) {
    const ids = (by: SmallIam['inside']): ReadonlySet<string> => new Set((by.get(`${namespace}/${name}`) ?? []).map(arnOf));
    const roles = { inside: ids(iam.inside), byToken: ids(iam.byToken), unclear: false };
    ofAccounts.set(namespace, new Map([...(ofAccounts.get(namespace) ?? []), [name, roles]]));
  }
  const powers = new Map(ROLES.map((role) => [arnOf(role), { account: false, cluster: false, passes: false } as const]));
  return { ...escalationWorldOf(cluster), iam: { ...NO_IAM, holders, roles: { ...NO_IAM_ROLES, ofAccounts, powers } } };
}

describe('ways over roles of IAM in random small clusters', () => {
  test('are those that trying every attack with every identity finds', () => {
    let over = 0;
    fc.assert(
      fc.property(smallCluster, smallIam, (cluster, iam) => {
        const graph = buildEscalationGraph(worldOf(cluster, iam));
        const hubs = hubsOf(graph);
        const reaches = (subject: Subject, is: 'admin' | 'node'): boolean => {
          const [from, to] = [graph.startOf({ text: subjectText(subject), subject }), graph.find(is === 'admin' ? { is } : { is, os: 'linux' })];
          return from !== undefined && to !== undefined && reachOf(graph, to, hubs).reaches(from);
        };
        over += graph.iamEdges.size > 0 ? 1 : 0;
        for (const subject of SUBJECTS) {
          const tried = bruteForce(smallWorldOf(cluster), subject, iam);
          const admin = reaches(subject, 'admin');
          expect({ subject, admin, node: admin || reaches(subject, 'node') }).toEqual({ subject, admin: tried.admin, node: tried.admin || tried.node });
        }
      }),
      { numRuns: 300 },
    );
    expect(over).toBeGreaterThan(30);
  });

  test('take nothing away from what the cluster itself says', () => {
    const keys = (world: EscalationWorld): readonly string[] => findEscalationPaths(world).filter(({ subject }) => subject.kind !== 'IAM').map(({ subject, target }) => `${partyText(subject)} > ${targetKey(target)}`);
    fc.assert(
      fc.property(smallCluster, smallIam, (cluster, iam) => {
        const seen = new Set(keys(worldOf(cluster, iam)));
        expect(keys(escalationWorldOf(cluster)).filter((key) => !seen.has(key))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('end where their cut is made', () => {
    fc.assert(
      fc.property(smallCluster, smallIam, (cluster, iam) => {
        for (const { subject, cut } of findEscalationPaths(worldOf(cluster, iam))) {
          expect([partyText(subject), (cut?.grants.length ?? 0) + (cut?.links.length ?? 0)]).not.toEqual([partyText(subject), 0]);
        }
      }),
      { numRuns: 200 },
    );
  });
});
