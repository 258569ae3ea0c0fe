import type { PolicyDocument } from '../../model/eks.ts';
import type { OpenTo } from './service-account-role.ts';
import { statementsOf } from './trust-policy/statements.ts';
import { trustVerdict, type TrustDecision } from './trust-policy/trust-decision.ts';
import { webIdentityRequest, type WebIdentity } from './trust-policy/trust-requests.ts';

/** Names that no policy is written for: whoever lets these in lets in everybody. */
const NOBODY = 'no-policy-names-this';
const PROVIDER = /^arn:[\w-]+:iam::\d{12}:oidc-provider\/(oidc\.eks\..+\/id\/.+)$/;

export interface RoleAsked {
  readonly document: PolicyDocument;
  /** All of a request but the account that asks. */
  readonly base: Omit<WebIdentity, 'namespace' | 'serviceAccount'>;
  /** Accounts of this cluster that are annotated with the role. */
  readonly accounts: readonly { readonly namespace: string; readonly serviceAccount: string }[];
}

export interface Openness {
  readonly open: readonly OpenTo[];
  /** Condition keys that decide it and are not known here. */
  readonly unknown: ReadonlySet<string>;
}

/** Whom a role lets in beyond those whom somebody meant. Each question is one request: the time is linear in the accounts. */
export function openTo({ document, base, accounts }: RoleAsked): Openness {
  const unknown = new Set<string>();
  const decide = (namespace: string, serviceAccount: string, issuer = base.issuer): TrustDecision => {
    const verdict = trustVerdict(document, [webIdentityRequest({ ...base, issuer, namespace, serviceAccount })]);
    for (const key of verdict.unknown) unknown.add(key);
    return verdict.decision;
  };
  const open: OpenTo[] = [];
  if (accounts.length > 0) {
    for (const issuer of otherIssuers(document, base.issuer)) if (decide(NOBODY, NOBODY, issuer) === 'allow') open.push({ kind: 'any-of-issuer', issuer });
  }
  if (decide(NOBODY, NOBODY) === 'allow') return { open: [{ kind: 'any' }, ...open], unknown };
  for (const serviceAccount of new Set(accounts.map((account) => account.serviceAccount))) {
    if (decide(NOBODY, serviceAccount) === 'allow') open.push({ kind: 'any-namespace', serviceAccount });
  }
  for (const [namespace, [account]] of Map.groupBy(accounts, (each) => each.namespace)) {
    if (decide(`${namespace}-${NOBODY}`, account!.serviceAccount) === 'allow' && decide(NOBODY, account!.serviceAccount) !== 'allow') open.push({ kind: 'namespace-prefix', namespace });
    if (decide(namespace, NOBODY) === 'allow') open.push({ kind: 'namespace', namespace });
  }
  return { open, unknown };
}

/** Issuers of other EKS clusters that the policy names as principals, sorted. */
export function otherIssuers(document: PolicyDocument, own: string): readonly string[] {
  const named = statementsOf(document).flatMap(({ principals }) => principals.filter(({ kind }) => kind === 'Federated').map(({ name }) => PROVIDER.exec(name)?.[1]));
  return [...new Set(named.filter((issuer) => issuer !== undefined && issuer !== own))].sort() as readonly string[];
}
