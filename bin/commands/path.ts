import { mayHoldPolicies } from '../../lambda/facts/authorization/authorizer-chain.ts';
import { nodeOf } from '../../lambda/facts/authorization/node-authorizer.ts';
import { askPath, askedParties, type AskedTarget } from '../../lambda/facts/escalation/ask-path.ts';
import { partyText, type Party } from '../../lambda/facts/escalation/party.ts';
import { identityOf } from '../../lambda/facts/rbac/authorizer/identity-of.ts';
import type { Subject } from '../../lambda/facts/rbac/subject.ts';
import type { Unread } from '../../lambda/model/derived.ts';
import { pathDocument } from '../../lambda/report/json/path-document.ts';
import type { PathOfCluster, PathsOfCluster } from '../../lambda/report/path-answer.ts';
import { isDoubtful } from '../../lambda/report/rights-answer.ts';
import { pathReport } from '../../lambda/report/terminal/path-report.ts';
import type { Console } from '../console.ts';
import { askedPath } from '../rbac/asked-path.ts';
import { lookForRights, type RightsOfCluster } from '../rbac/look-for-rights.ts';
import { layoutOf, type RightsCommandOptions } from './who-can.ts';

/** `eksaminer path`. Exit 2 where a cluster was not looked at, or what was not read could hold a way. */
export async function path(words: readonly string[], options: RightsCommandOptions, io: Console, settle: (code: number) => void): Promise<void> {
  const { subject, target } = askedPath(words);
  const { clusters, missed } = await lookForRights(options, io);
  const answers = clusters.map((cluster): PathsOfCluster => ({ cluster: cluster.cluster, paths: pathsOf(cluster, subject, target) }));
  settle(missed.length > 0 || answers.some(({ paths }) => paths.some(({ answer }) => answer === 'unknown')) ? 2 : 0);
  await io.out(options.output === 'json' ? pathDocument(subject, answers, missed) : answers.length === 0 ? '' : pathReport(subject, answers, layoutOf(io, options)));
}

/** Of those whom the subject may be, the first who comes there; else unknown, where anything is unknown of any of them. */
function pathsOf({ escalationWorld, holders, unread }: RightsOfCluster, subject: Subject, target: AskedTarget | undefined): readonly PathOfCluster[] {
  const world = escalationWorld();
  const parties = askedParties(world, subject);
  const found = parties.flatMap((party) => askPath(world, party, target).map((answer) => ({ party, answer })));
  const identity = identityOf(subject);
  const missing = mayHoldPolicies(identity) ? holders.unreadOfNames : [];
  const doubts = [...parties.flatMap((party) => doubtsOf(party, holders)), ...(nodeOf(identity) === undefined ? [] : ['a node takes the accounts of the pods that are on it, and which these are is not looked at'])];
  const admin = found.find(({ answer }) => answer.target.is === 'admin' && answer.answer === 'allowed');
  const asked = admin && target === undefined ? [admin] : found;
  return [...Map.groupBy(asked, ({ answer }) => JSON.stringify(answer.target)).values()].map((group): PathOfCluster => {
    const there = group.find(({ answer }) => answer.answer === 'allowed');
    if (there) return { ...there.answer, unread: [], doubts: [], ...(there.party === parties[0] ? {} : { as: partyText(there.party) }) };
    const open: readonly Unread[] = [...new Map([...unread(group.flatMap(({ answer }) => answer.unread)), ...missing].map((row) => [row.source, row])).values()];
    return { ...group[0]!.answer, answer: open.length > 0 || doubts.length > 0 ? 'unknown' : 'denied', unread: open, doubts };
  });
}

/** What nobody knows of the access policies of somebody of IAM. */
function doubtsOf(party: Party, { named }: RightsOfCluster['holders']): readonly string[] {
  const policies = party.kind === 'IAM' ? named(party.arn).flatMap(({ policies: all }) => all.filter(isDoubtful)) : [];
  return [...new Set(policies.map(({ policy }) => `not all that ${policy.name} allows is known`))].sort();
}
