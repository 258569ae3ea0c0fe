import type { PolicyDocument } from '../../../model/eks.ts';
import { fits, wildcardPattern } from '../../../model/wildcard-pattern.ts';
import { conditionTruth } from './condition-truth.ts';
import type { RequestContext } from './request-context.ts';
import { allOf, anyOf, not, type Truth } from './truth.ts';

/** One action that somebody asks a role for. */
export interface TrustRequest {
  readonly action: string;
  /** `AWS`: a role, by its ARN. */
  readonly principal: { readonly kind: 'Federated' | 'Service' | 'AWS'; readonly name: string };
  readonly context: RequestContext;
}

/** `unknown`: it would be allowed, or not, by something of the request that is not known here. */
export type TrustDecision = 'allow' | 'implicitDeny' | 'explicitDeny' | 'unknown';

export interface TrustVerdict {
  readonly decision: TrustDecision;
  /** The condition keys that nobody knows here, sorted; empty unless the decision is unknown. */
  readonly unknown: readonly string[];
}

/** Worst first. */
const WORST: readonly TrustDecision[] = ['explicitDeny', 'implicitDeny', 'unknown', 'allow'];
const VARIABLES_SINCE = '2012-10-17';

/**
 * Whether a role's trust policy lets all of these requests through. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html: a Deny that fits wins
 * wherever it stands; without an Allow that fits nothing is allowed. A document of any shape is taken, and what is no statement says nothing.
 */
export function trustVerdict(document: PolicyDocument, requests: readonly TrustRequest[]): TrustVerdict {
  const unknown = new Set<string>();
  const statements = list(document['Statement']).filter((each) => typeof each === 'object' && each !== null) as readonly Statement[];
  const variables = document['Version'] === VARIABLES_SINCE;
  const decisions = requests.map((request) => decide(statements, request, variables, (key) => unknown.add(key)));
  const decision = WORST.find((each) => decisions.includes(each)) ?? 'implicitDeny';
  return { decision, unknown: decision === 'unknown' ? [...unknown].sort() : [] };
}

type Statement = Readonly<Record<string, unknown>>;

function decide(statements: readonly Statement[], request: TrustRequest, variables: boolean, onUnknown: (key: string) => void): TrustDecision {
  const fitting = (effect: string): Truth => anyOf(statements.filter((statement) => statement['Effect'] === effect).map((statement) => applies(statement, request, variables, onUnknown)));
  const denied = fitting('Deny');
  if (denied === true) return 'explicitDeny';
  const allowed = fitting('Allow');
  if (allowed === false) return 'implicitDeny';
  return denied === 'unknown' || allowed === 'unknown' ? 'unknown' : 'allow';
}

function applies(statement: Statement, { action, principal, context }: TrustRequest, variables: boolean, onUnknown: (key: string) => void): Truth {
  if (!namesAction(statement, action)) return false;
  const named = namesPrincipal(statement, principal);
  if (named === false) return false;
  const truth = allOf([named, conditionTruth(statement['Condition'], { context, variables, onUnknown })]);
  if (truth === 'unknown' && named === 'unknown') onUnknown('Principal');
  return truth;
}

function namesAction({ Action, NotAction }: Statement, action: string): boolean {
  const named = (actions: unknown): boolean => list(actions).some((each) => typeof each === 'string' && fits(wildcardPattern(each.toLowerCase()), action.toLowerCase()));
  return Action === undefined ? NotAction !== undefined && !named(NotAction) : named(Action);
}

function namesPrincipal({ Principal, NotPrincipal, Effect }: Statement, principal: TrustRequest['principal']): Truth {
  if (Principal === undefined) return NotPrincipal !== undefined && not(isAmong(NotPrincipal, principal, Effect));
  return isAmong(Principal, principal, Effect);
}

/** `*` means everybody where it is denied. Whether it lets in web identities and services, and not only principals of AWS, is not documented. */
function isAmong(named: unknown, { kind, name }: TrustRequest['principal'], effect: unknown): Truth {
  const everybody: Truth = effect === 'Deny' ? true : 'unknown';
  if (typeof named === 'string') return named === '*' && everybody;
  if (typeof named !== 'object' || named === null) return false;
  const byKind = new Map(Object.entries(named));
  if (list(byKind.get(kind)).includes(name)) return true;
  const ofAws = list(byKind.get('AWS'));
  return (ofAws.includes('*') || (kind === 'AWS' && accountOf(name).some((account) => ofAws.includes(account)))) && everybody;
}

/** An account as a principal stands for all of it; who of it is let in its own policies say. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function accountOf(arn: string): readonly string[] {
  const [, partition = '', , , account = ''] = arn.split(':');
  return [account, `arn:${partition}:iam::${account}:root`];
}

function list(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? (value as readonly unknown[]) : [value];
}
