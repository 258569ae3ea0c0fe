import { RequestContext } from '../../lambda/facts/identity/trust-policy/request-context.ts';
import { trustVerdict, type TrustRequest } from '../../lambda/facts/identity/trust-policy/trust-decision.ts';
import { podIdentityRequests, webIdentityRequest } from '../../lambda/facts/identity/trust-policy/trust-requests.ts';
import { whoMayAssume } from '../../lambda/facts/identity/trust-policy/who-may-assume.ts';
import type { PolicyDocument } from '../../lambda/model/eks.ts';
import type { JudgedVerdict } from './vector-kind.ts';

type Asked =
  | { readonly kind: 'irsa'; readonly issuer: string; readonly providerArn: string; readonly audience: string }
  | { readonly kind: 'pod-identity'; readonly clusterArn: string };

type Question = Asked & {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  readonly decision: string;
};

export interface TrustVector {
  readonly seed: number;
  readonly account: string;
  readonly policy: PolicyDocument;
  readonly questions: readonly Question[];
  readonly set: { readonly question: Asked; readonly among: readonly string[]; readonly allowed: readonly string[] };
}

export function* judgeTrust({ seed, account, policy, questions, set }: TrustVector): Iterable<JudgedVerdict> {
  for (const question of questions) {
    const { namespace, serviceAccount, context, decision } = question;
    const values = Object.entries(context).map(([key, value]) => [key, typeof value === 'string' ? [value] : value] as const);
    const asked = requestsOf(question, account, namespace, serviceAccount).map((request) => ({ ...request, context: new RequestContext(values) }));
    yield { kind: question.kind, case: `seed ${seed}, ${namespace}/${serviceAccount}`, expected: decision, got: trustVerdict(policy, asked).decision };
  }
  const { allowed, unknown } = whoMayAssume(policy, set.among, (one) => {
    const [namespace = '', serviceAccount = ''] = one.split('/');
    return requestsOf(set.question, account, namespace, serviceAccount);
  });
  yield { kind: `${set.question.kind}, who may`, case: `seed ${seed}`, expected: JSON.stringify([set.allowed, []]), got: JSON.stringify([allowed, unknown]) };
}

/** In the vectors nothing is in a request but what they say. */
function requestsOf(asked: Asked, account: string, namespace: string, serviceAccount: string): readonly TrustRequest[] {
  const nothingElse = (): boolean => false;
  if (asked.kind === 'pod-identity') return podIdentityRequests({ clusterArn: asked.clusterArn, namespace, serviceAccount }, nothingElse);
  const { issuer, providerArn, audience } = asked;
  return [webIdentityRequest({ issuer, partition: providerArn.split(':')[1] ?? '', account, audience, namespace, serviceAccount }, nothingElse)];
}
