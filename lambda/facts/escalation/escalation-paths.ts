import { defineFact } from '../define-fact.ts';
import type { EscalationPath } from './escalation-path.ts';
import { findEscalationPaths } from './find-paths.ts';

/** Ways from what somebody holds to what nobody gave him: one a subject and terminal target. */
export const escalationPaths = defineFact({
  name: 'escalationPaths',
  revision: 5,
  needs: ['escalationWorld'],
  derive: ({ escalationWorld }): readonly EscalationPath[] => findEscalationPaths(escalationWorld),
});
