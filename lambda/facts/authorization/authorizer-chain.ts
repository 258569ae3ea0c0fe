import type { Unread } from '../../model/derived.ts';
import type { MappedPrincipal } from '../identity/cluster-identity.ts';
import type { Authorizer, GrantedRule, GrantedSubject } from '../rbac/authorizer/authorizer.ts';
import type { EscalationJudge } from '../rbac/authorizer/escalation-check.ts';
import { MASTERS, type Identity, type Request } from '../rbac/authorizer/request.ts';
import type { RbacSource } from '../rbac/bindings.ts';
import type { PolicyRule } from '../rbac/policy-rule.ts';
import { accessPolicyVerdict } from './access-policy-verdict.ts';
import { nodeOf, nodesThatMay, nodeVerdict, type NodesThatMay } from './node-authorizer.ts';
import type { PolicyHolders } from './policy-holders.ts';

/** Who asks. */
export interface Caller {
  readonly identity: Identity;
  /** Those of IAM whose access policies count; none for whoever is impersonated, and for accounts. */
  readonly principals: readonly MappedPrincipal[];
}

/** What allows something. */
export type ChainGrant =
  | { readonly via: 'masters' }
  | { readonly via: 'node' }
  | { readonly via: 'access-policy'; readonly principal: MappedPrincipal; readonly policy: string; readonly rule: PolicyRule }
  | { readonly via: 'rbac'; readonly granted: GrantedRule };

export interface ChainDecision {
  readonly answer: 'allowed' | 'denied' | 'unknown';
  readonly by?: ChainGrant;
  /** Why it is unknown, beside what was not read. */
  readonly doubts: readonly string[];
  readonly unread: readonly (RbacSource | Unread)[];
}

/** Somebody of IAM whose access policies allow something, or may. */
export interface PolicyHolderAnswer {
  readonly principal: MappedPrincipal;
  /** That allow it. */
  readonly policies: readonly string[];
  /** Why it is not known, where none allows it. */
  readonly doubts: readonly string[];
}

export interface WhoCanByChain {
  readonly subjects: readonly GrantedSubject[];
  /** Sorted by ARN. */
  readonly principals: readonly PolicyHolderAnswer[];
  readonly nodes: NodesThatMay;
  readonly unread: readonly (RbacSource | Unread)[];
}

/**
 * All that an API server of EKS asks, one after the other, until one allows: system:masters, the Node authorizer, access policies, RBAC. None of them ever
 * forbids what another allows. https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html
 */
export interface AuthorizerChain {
  decide(caller: Caller, request: Request): ChainDecision;
  whoCan(request: Request): WhoCanByChain;
  /**
   * For the checks of RBAC on who writes roles and bindings: `escalate` and `bind` are asked of the whole chain, what somebody holds of RBAC alone. What is
   * unknown is not allowed here.
   */
  judgeFor(caller: Caller): EscalationJudge;
}

export interface ChainParts {
  readonly rbac: Authorizer;
  readonly holders: PolicyHolders;
  /** Of the API server; undefined: not read. */
  readonly minor: number | undefined;
}

export function createAuthorizerChain({ rbac, holders, minor }: ChainParts): AuthorizerChain {
  function decide({ identity, principals }: Caller, request: Request): ChainDecision {
    if (identity.groups.includes(MASTERS)) return allowed({ via: 'masters' });
    const doubts: string[] = [];
    const node = nodeOf(identity);
    const verdict = node === undefined ? 'denied' : nodeVerdict(node, request, minor);
    if (verdict === 'allowed') return allowed({ via: 'node' });
    if (verdict === 'related') doubts.push('a node may, where its pods use it');
    if (verdict === 'unknown') doubts.push('what nodes may here depends on the version and settings of the API server');
    for (const principal of principals) {
      for (const granted of principal.policies) {
        const { answer, rule, why } = accessPolicyVerdict(granted, request);
        if (answer === 'allowed') return allowed({ via: 'access-policy', principal, policy: granted.policy.name, rule: rule! });
        if (why !== undefined) doubts.push(why);
      }
    }
    const { answer, by, unread } = rbac.decide(identity, request);
    if (by) return allowed({ via: 'rbac', granted: by });
    const entries = principals.length > 0 || mayHoldPolicies(identity) ? holders.unread : [];
    return { answer: answer === 'unknown' || doubts.length > 0 || entries.length > 0 ? 'unknown' : 'denied', doubts: [...new Set(doubts)].sort(), unread: [...unread, ...entries] };
  }

  function whoCan(request: Request): WhoCanByChain {
    const { subjects, unread } = rbac.whoCan(request);
    const principals = holders.holders.flatMap((principal) => holderAnswer(principal, request) ?? []);
    return { subjects, principals, nodes: nodesThatMay(request, minor), unread: [...unread, ...holders.unread] };
  }

  return {
    decide,
    whoCan,
    judgeFor: ({ principals }) => ({ can: (identity, request) => decide({ identity, principals }, request).answer === 'allowed', rulesFor: rbac.rulesFor, rulesOf: rbac.rulesOf }),
  };
}

function allowed(by: ChainGrant): ChainDecision {
  return { answer: 'allowed', by, doubts: [], unread: [] };
}

function holderAnswer(principal: MappedPrincipal, request: Request): PolicyHolderAnswer | undefined {
  const verdicts = principal.policies.map((granted) => ({ name: granted.policy.name, ...accessPolicyVerdict(granted, request) }));
  const policies = [...new Set(verdicts.filter(({ answer }) => answer === 'allowed').map(({ name }) => name))].sort();
  if (policies.length > 0) return { principal, policies, doubts: [] };
  const doubts = [...new Set(verdicts.flatMap(({ why }) => why ?? []))].sort();
  return doubts.length > 0 ? { principal, policies, doubts } : undefined;
}

/** EKS gives no access entry a name of `system:` but to nodes; a group alone has no policies. https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */
export function mayHoldPolicies({ user }: Identity): boolean {
  return user !== undefined && (!user.startsWith('system:') || user.startsWith('system:node:'));
}
