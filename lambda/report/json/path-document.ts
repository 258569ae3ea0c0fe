import { cutCommands } from '../../facts/escalation/cut-words.ts';
import type { Subject } from '../../facts/rbac/subject.ts';
import { BEYOND_PATHS, askedText, type PathsOfCluster } from '../path-answer.ts';
import { cappedJson } from './ascii-json.ts';
import type { MissedRights } from './rights-documents.ts';

/** `eksaminer path --output json`. */
export function pathDocument(subject: Subject, answers: readonly PathsOfCluster[], missed: MissedRights): string {
  return cappedJson({
    schemaVersion: 1,
    subject,
    notes: [BEYOND_PATHS],
    clusters: answers.map(({ cluster: { id, label, arn, account, region, name }, paths }) => ({
      cluster: id,
      label,
      arn,
      account,
      region,
      name,
      paths: paths.map(({ target, answer, as, through, steps, cut, unread, doubts }) => ({
        target: askedText(target),
        answer,
        as: as ?? null,
        through: through ? askedText(through) : null,
        steps,
        cut: cut ? { commands: cutCommands(cut), smallest: cut.smallest } : null,
        unread: unread.map(({ source, reason }) => ({ source, code: reason.code, message: reason.message })),
        doubts,
      })),
    })),
    missed,
  });
}
