import { isDefaultGrant } from '../../facts/rbac/defaults/default-grants.ts';
import type { OpenFinding } from '../../model/change.ts';
import type { ClusterIdentity } from '../../model/cluster-target.ts';
import { resourceWithKind } from '../../model/resource-words.ts';
import { shellOperand, shellRemark, shellWord } from '../../model/shell-word.ts';
import type { Evidence, Json } from '../../model/violation.ts';
import { paragraph, span, type Block } from './layout.ts';

const STEP = 4;
const DETAIL = 6;

/** How somebody comes by a right, and the commands that take it back. */
export interface RightsChain {
  /** Subject, binding, role and rules; or the steps of a way. */
  readonly steps: readonly Block[];
  /** What a person types, each a line; empty: nothing of it is his to take back. */
  readonly cut: readonly string[];
  /** After the commands, or in their place. */
  readonly note?: string;
  /** What else the evidence says. */
  readonly rest: Evidence;
}

/** Undefined: the finding is about no right, or its evidence was cut to its beginnings. */
export function rightsChain(finding: Pick<OpenFinding, 'check' | 'resource' | 'evidence'>, cluster: ClusterIdentity): RightsChain | undefined {
  const { path, cut, cutIs, grants, ...rest } = finding.evidence;
  if (path !== undefined) return ofWay(listOf(path), cut, cutIs, cluster, rest);
  if (grants !== undefined) return ofGrants(resourceWithKind(finding.resource), listOf(grants), rest);
  return finding.check === 'access-policy-privileged' ? ofPolicies(finding, cluster) : undefined;
}

interface Listed {
  readonly first: readonly Json[];
  /** How many more there were than evidence carries. */
  readonly more: number;
}

function listOf(value: Json | undefined): Listed {
  if (Array.isArray(value)) return { first: value as readonly Json[], more: 0 };
  const { first, total } = (typeof value === 'object' && value !== null ? value : {}) as { readonly [key: string]: Json };
  return Array.isArray(first) && typeof total === 'number' ? { first: first as readonly Json[], more: total - first.length } : { first: [], more: 0 };
}

function textsIn({ first }: Listed): readonly string[] {
  return first.filter((text) => typeof text === 'string');
}

/** `given`: commands, or in words where to cut. */
function ofWay(path: Listed, given: Json | undefined, cutIs: Json | undefined, cluster: ClusterIdentity, rest: Evidence): RightsChain | undefined {
  const steps = textsIn(path).map((step, index) => paragraph(STEP, index === 0 ? step : `→ ${step}`));
  if (steps.length === 0) return undefined;
  if (path.more > 0) steps.push(paragraph(STEP, `… and ${path.more} more`));
  if (typeof given === 'string') return { steps, cut: [], note: given, rest };
  const cut = listOf(given);
  const commands = textsIn(cut).map((command) => named(command, cluster));
  const all = commands.length + cut.more > 1 ? 'all of these together' : 'it';
  const checked = `checked: without ${all} no way is left${cutIs === 'they do it together' && all !== 'it' ? '; another set of grants may be smaller' : ''}`;
  return { steps, cut: commands.filter(isWhole), ...(commands.length > 0 ? { note: cut.more > 0 ? `and ${cut.more} more; ${checked}` : checked } : {}), rest };
}

/** The check does not know what EKS calls the cluster. */
function named(command: string, { name }: ClusterIdentity): string {
  return name === undefined ? command : command.replace(/--cluster-name …$/, () => `--cluster-name ${shellWord(name)}`);
}

/** A text that evidence cut short is no command any more. */
function isWhole(text: string): boolean {
  return !text.endsWith('…') || text.endsWith('--cluster-name …');
}

interface ShownGrant {
  readonly binding: string;
  readonly role: string;
  readonly rules: Listed;
  readonly alone: boolean;
}

function grantIn(value: Json): readonly ShownGrant[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const { binding, role, rules, bindsNobodyElse } = value as { readonly [key: string]: Json };
  return typeof binding === 'string' && typeof role === 'string' ? [{ binding, role, rules: listOf(rules), alone: bindsNobodyElse === true }] : [];
}

function ofGrants(subject: string, grants: Listed, rest: Evidence): RightsChain | undefined {
  const shown = grants.first.flatMap(grantIn);
  if (shown.length === 0) return undefined;
  const steps = shown.flatMap(({ binding, role, rules }) => [
    paragraph(STEP, span(binding), ' → ', span(role)),
    ...textsIn(rules).map((rule) => paragraph(DETAIL, rule)),
    ...(rules.more > 0 ? [paragraph(DETAIL, `… and ${rules.more} more rules`)] : []),
  ]);
  if (grants.more > 0) steps.push(paragraph(STEP, `… and ${grants.more} more bindings`));
  const owned = shown.filter(({ binding, role }) => !isDefaultGrant(binding, role, subject));
  const cut = owned.flatMap((grant) => commandFor(grant, subject) ?? []);
  const notes = [
    ...(cut.length > 1 || grants.more > 0 ? ['each of these bindings gives it, or a part of it'] : []),
    ...(owned.length < shown.length ? ['what Kubernetes, EKS or an add-on binds is left: put its role right instead'] : []),
  ];
  return { steps, cut, ...(notes.length > 0 ? { note: notes.join('; ') } : {}), rest };
}

/** A binding of others too is edited, not deleted. Undefined: its name was cut short. */
function commandFor({ binding, alone }: ShownGrant, subject: string): string | undefined {
  const [, kind = '', whole = ''] = /^(ClusterRoleBinding|RoleBinding) (.*)$/s.exec(binding) ?? [];
  const slash = whole.indexOf('/');
  if (kind === '' || (kind === 'RoleBinding' && slash < 0) || binding.endsWith('…')) return undefined;
  const [namespace, name] = kind === 'RoleBinding' ? [` -n ${shellWord(whole.slice(0, slash))}`, whole.slice(slash + 1)] : ['', whole];
  const object = `${kind.toLowerCase()}${namespace} ${shellOperand(name)}`;
  return alone ? `kubectl delete ${object}` : `kubectl edit ${object}   (take out ${shellRemark(subject)})`;
}

/** IAM Identity Center's roles have another end each time, and a finding names them without it. */
const WITHOUT_END = /AWSReservedSSO_/;

function ofPolicies({ resource: { name: arn }, evidence }: Pick<OpenFinding, 'resource' | 'evidence'>, { name: cluster }: ClusterIdentity): RightsChain {
  const policies = textsIn(listOf(evidence['policies']));
  const partition = arn.split(':')[1] ?? 'aws';
  const commands = policies.map((policy) => {
    const policyArn = policy.startsWith('arn:') ? policy : `arn:${partition}:eks::aws:cluster-access-policy/${policy}`;
    return `aws eks disassociate-access-policy --cluster-name ${cluster === undefined ? '…' : shellWord(cluster)} --principal-arn ${shellWord(arn)} --policy-arn ${shellWord(policyArn)}`;
  });
  const steps = policies.map((policy) => paragraph(STEP, `access entry → access policy ${policy}`));
  return WITHOUT_END.test(arn) ? { steps, cut: [], note: `aws eks disassociate-access-policy, of the role whose name begins so`, rest: {} } : { steps, cut: commands, rest: evidence };
}
