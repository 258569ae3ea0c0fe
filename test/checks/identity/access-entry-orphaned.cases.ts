import { accessEntryOrphaned } from '../../../lambda/checks/identity/access-entry-orphaned.ts';
import type { GivenSources } from '../../snapshot-of.ts';
import type { CheckCases } from '../check-cases.ts';
import { ROLE, awsAuth, eksCluster, principal } from './identity-objects.ts';

const ID = 'AROA1234567890EXAMPLE';

/** An entry made at this moment, of a role made at that one. */
function made(createdAt: unknown, CreateDate: unknown, name = 'dev'): GivenSources {
  return {
    eksCluster: eksCluster('API'),
    eksAccessEntries: [{ principalArn: `${ROLE}${name}`, type: 'STANDARD', createdAt }],
    iamRoles: [{ Arn: `${ROLE}path/dev`, RoleName: 'dev', CreateDate }],
  } as GivenSources;
}

const ORPHANED = { resource: principal('Role', `${ROLE}dev`), key: 'orphaned', cause: 'entry older than the role' } as const;

export const cases = {
  check: accessEntryOrphaned,
  pass: [
    { name: 'an entry made after its role', sources: made('2026-03-02T09:34:00Z', '2026-03-01T00:00:00Z') },
    { name: 'both in the same second', sources: made(1772444040, '2026-03-02T09:34:00Z') },
    { name: 'a role of which nobody knows when it was made', sources: made('2026-03-02T09:34:00Z', undefined) },
    { name: 'moments of the wrong type', sources: made({}, ['2027']) },
    { name: 'the role of another entry', sources: made('2026-03-02T09:34:00Z', '2026-04-01T00:00:00Z', 'web') },
    { name: 'a role that begins like an id', sources: made('2026-03-02T09:34:00Z', undefined, 'AROA-team') },
  ],
  fail: [
    {
      name: 'a role made after its entry',
      sources: made('2026-03-02T09:34:00Z', '2026-03-02T09:34:01Z'),
      findings: [{ ...ORPHANED, message: 'The access entry of IAM role dev of account 111122223333 lets nobody in: the role was deleted after it and made anew, and EKS knows the one that was' }],
    },
    { name: 'the same in seconds', sources: made(1772444040.5, 1772444041), findings: [ORPHANED] },
    {
      name: 'the id of a role that was deleted',
      sources: made('2026-03-02T09:34:00Z', undefined, ID),
      findings: [{ resource: principal('Role', `${ROLE}${ID}`), key: 'orphaned', cause: 'entry of somebody who was deleted' }],
    },
  ],
  notApplicable: [{ name: 'aws-auth alone', sources: awsAuth({}) }],
} satisfies CheckCases;
