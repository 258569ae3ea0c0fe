import { ListAssociatedAccessPoliciesCommand, type AssociatedAccessPolicy } from '@aws-sdk/client-eks';
import pMap from 'p-map';
import type { EksAccessEntry } from '../../model/eks.ts';
import type { AwsSession } from './aws-session.ts';
import { plain } from './plain.ts';

const AT_ONCE = 4;

/** Entries of other types hold nodes; AWS associates access policies with standard ones alone. https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html */
const STANDARD = 'STANDARD';

/** Access policies of each access entry that can have some, as `aws eks list-associated-access-policies` prints them. Throws AwsRefusedError. */
export async function readAccessPolicies(session: AwsSession, clusterName: string, entries: readonly EksAccessEntry[]): Promise<readonly unknown[]> {
  const principals = entries.filter(({ type = STANDARD }) => type === STANDARD).map(({ principalArn }) => principalArn);
  const read = await pMap(principals, (principalArn) => policiesOf(session, clusterName, principalArn), { concurrency: AT_ONCE });
  return read.filter((answer) => answer !== undefined);
}

async function policiesOf(session: AwsSession, clusterName: string, principalArn: string): Promise<unknown> {
  const policies = await session.list<AssociatedAccessPolicy>('eks:ListAssociatedAccessPolicies', async (nextToken, options) => {
    const { associatedAccessPolicies, nextToken: next } = await session.eks.send(new ListAssociatedAccessPoliciesCommand({ clusterName, principalArn, nextToken }), options);
    return { items: associatedAccessPolicies, next };
  });
  // The entry was deleted since it was listed.
  return policies === undefined ? undefined : { principalArn, associatedAccessPolicies: plain(policies) };
}
