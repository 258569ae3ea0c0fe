import { askPath } from '../../lambda/facts/escalation/ask-path.ts';
import { pathDocument } from '../../lambda/report/json/path-document.ts';
import type { PathsOfCluster } from '../../lambda/report/path-answer.ts';
import { pathReport } from '../../lambda/report/terminal/path-report.ts';
import type { Console } from '../console.ts';
import { askedPath } from '../rbac/asked-path.ts';
import { lookForRights } from '../rbac/look-for-rights.ts';
import { layoutOf, type RightsCommandOptions } from './who-can.ts';

/** `eksaminer path`. Exit 2 where a cluster was not looked at, or what was not read could hold a way. */
export async function path(words: readonly string[], options: RightsCommandOptions, io: Console, settle: (code: number) => void): Promise<void> {
  const { subject, target } = askedPath(words);
  const { clusters, missed } = await lookForRights(options, io);
  const answers = clusters.map(({ cluster, escalationWorld, unread }): PathsOfCluster => {
    const paths = askPath(escalationWorld(), subject, target).map((answer) => ({ ...answer, unread: unread(answer.unread) }));
    return { cluster, paths };
  });
  settle(missed.length > 0 || answers.some(({ paths }) => paths.some(({ answer }) => answer === 'unknown')) ? 2 : 0);
  await io.out(options.output === 'json' ? pathDocument(subject, answers, missed) : answers.length === 0 ? '' : pathReport(subject, answers, layoutOf(io, options)));
}
