import { appliesToEntries, readOf } from '../../facts/identity/doors.ts';
import { rolesByPrincipal, whyOrphaned } from '../../facts/identity/gone-principal.ts';
import { principalResource, principalText } from '../../facts/identity/principal-arn.ts';
import { objectsOf } from '../../facts/as-read.ts';
import { defineCheck } from '../define-check.ts';

const WHY = {
  deleted: 'it stands for somebody who was deleted',
  'made-anew': 'the role was deleted after it and made anew, and EKS knows the one that was',
} as const;

/**
 * An access entry of a principal that was deleted, or deleted and made anew under the same ARN: EKS compares the id that it had, which no API shows. When a role was made is known of
 * those alone that the cluster, its nodes and its ServiceAccounts name.
 */
export const accessEntryOrphaned = defineCheck({
  id: 'access-entry-orphaned',
  revision: 1,
  area: 'identity',
  title: 'An access entry lets nobody in',
  severity: 'low',
  rationale: 'Whoever needs it is locked out (nodes among them), and who looks at the entries believes that somebody has access who has not.',
  remediation: 'Delete the entry, and make it anew if the principal is to have access.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html'],
  controls: ['cis-eks-1.8.0/4.1.7', 'nsa-1.2/authentication'],
  needs: ['eksCluster', 'clusterIdentities', 'eksAccessEntries'],
  wants: ['iamRoles'],
  fields: { eksCluster: ['accessConfig.authenticationMode'], iamRoles: ['Arn', 'CreateDate'] },
  identity: { resource: 'the IAM principal', key: '`orphaned`' },
  applies: ({ eksCluster }) => appliesToEntries(eksCluster),
  unjudged: ({ clusterIdentities }) => clusterIdentities.unsaid.filter(({ source }) => source === 'eksCluster'),
  *evaluate({ clusterIdentities, iamRoles }) {
    const roles = rolesByPrincipal(objectsOf(readOf(iamRoles)));
    for (const principal of clusterIdentities.principals) {
      const why = principal.via === 'access-entry' ? whyOrphaned(principal, roles) : undefined;
      if (why === undefined) continue;
      yield {
        resource: principalResource(principal.arn),
        key: 'orphaned',
        message: `The access entry of ${principalText(principal.arn)} lets nobody in: ${WHY[why]}`,
        cause: why === 'deleted' ? 'entry of somebody who was deleted' : 'entry older than the role',
        evidence: {},
        restsOn: why === 'deleted' ? ['eksAccessEntries', 'eksCluster'] : ['eksAccessEntries', 'eksCluster', 'iamRoles'],
      };
    }
  },
});
