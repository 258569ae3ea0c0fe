import type { Derived, Unread } from '../../model/derived.ts';
import { unsaid } from '../unsaid.ts';
import type { ClusterIdentities, MappedPrincipal } from '../identity/cluster-identity.ts';
import { opensEntries, readsAwsAuth } from '../identity/cluster-identities.ts';
import { mayBecome } from '../identity/aws-auth/fill-template.ts';
import { principalOf } from '../identity/principal-arn.ts';
import type { Identity } from '../rbac/authorizer/request.ts';

/** Who of IAM may sign in, as far as it was read. */
export interface PolicyHolders {
  /** With access policies. */
  readonly holders: readonly MappedPrincipal[];
  /** What could hold more of them; empty: these are all. */
  readonly unread: readonly Unread[];
  /** What could say more of who somebody is, aws-auth included. */
  readonly unreadOfNames: readonly Unread[];
  /** Those whom the cluster may take for this user, with or without policies. */
  takenFor(user: string): readonly MappedPrincipal[];
  /** Those whom an ARN means: of a role with or without its path. */
  named(arn: string): readonly MappedPrincipal[];
}

/** `onEks`: false where nothing shows that EKS runs the API server, so that there are no access policies. */
export function policyHolders(identities: Derived<ClusterIdentities>, onEks: boolean): PolicyHolders {
  const principals = identities.ok ? identities.value.principals : [];
  return {
    holders: principals.filter(({ policies }) => policies.length > 0),
    unread: unreadOf(identities, onEks).filter(({ source }) => source !== 'awsAuth'),
    unreadOfNames: unreadOf(identities, onEks),
    takenFor: (user) => principals.filter(({ username }) => username !== '' && mayBecome(username, user)),
    named(arn) {
      const asked = principalOf(arn)?.compared;
      return asked === undefined ? [] : principals.filter((each) => principalOf(each.arn)?.compared === asked);
    },
  };
}

function unreadOf(identities: Derived<ClusterIdentities>, onEks: boolean): readonly Unread[] {
  if (!identities.ok) return onEks ? identities.unread : [];
  const { mode, unsaid: saidTooLittle } = identities.value;
  const said = mode === 'unsaid' ? [unsaid('eksCluster', 'which doors for IAM the cluster has is not said')] : [];
  const rows = new Map([...identities.unread, ...said, ...saidTooLittle].map((row) => [row.source, row]));
  return [...rows.values()].filter(({ source }) => (source === 'awsAuth' ? readsAwsAuth(mode) : source === 'eksCluster' || opensEntries(mode) || mode === 'unsaid'));
}

/** Who that is for the other authorizers; of a name that only a session fills in, nothing is known. */
export function identityOfPrincipal({ username, groups }: MappedPrincipal): Identity {
  return { user: username === '' || username.includes('{{') ? undefined : username, groups: [...new Set([...groups, 'system:authenticated'])] };
}
