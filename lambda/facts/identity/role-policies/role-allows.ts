import type { IamPolicy, IamRole, PolicyDocument } from '../../../model/eks.ts';
import { fits, wildcardPattern } from '../../../model/wildcard-pattern.ts';
import { objectsOf, textOf, written } from '../../as-read.ts';
import { allOf, anyOf, type Truth } from '../trust-policy/truth.ts';

/** What a role may do by its own policies and its boundary. */
export interface RolePolicies {
  readonly documents: readonly PolicyDocument[];
  /** Some of its policies were not read: they may allow more, or forbid it. */
  readonly more: boolean;
  /** ARNs of those managed policies of it that are not AWS's own. */
  readonly ownPolicies: readonly string[];
  /** Absent: it has none. */
  readonly boundary?: PolicyDocument | 'not-read';
}

const EVERYTHING: PolicyDocument = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
/** Known without reading it. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html */
const ADMINISTRATOR = /^arn:[\w-]+:iam::aws:policy\/AdministratorAccess$/;

const OF_AWS = /^arn:[\w-]+:iam::aws:policy\//;

/** By ARN the version of each managed policy that is in force. */
export function documentsInForce(policies: readonly IamPolicy[]): ReadonlyMap<string, PolicyDocument> {
  return new Map(
    objectsOf(policies).flatMap(({ Arn, PolicyVersionList }) => {
      const document = objectsOf(PolicyVersionList).find(({ IsDefaultVersion }) => IsDefaultVersion === true)?.Document;
      return typeof document === 'object' && document !== null ? [[Arn, document] as const] : [];
    }),
  );
}

/** Undefined: of this role nothing was read but its name. */
export function policiesOf(role: IamRole, managed: ReadonlyMap<string, PolicyDocument>): RolePolicies | undefined {
  if (!Array.isArray(role.RolePolicyList) && !Array.isArray(role.AttachedManagedPolicies)) return undefined;
  const inline = objectsOf(role.RolePolicyList).map(({ PolicyDocument: document }) => document);
  const arns = objectsOf(role.AttachedManagedPolicies).map(({ PolicyArn }) => written(PolicyArn));
  const attached = arns.map((PolicyArn) => managed.get(PolicyArn) ?? (ADMINISTRATOR.test(PolicyArn) ? EVERYTHING : undefined));
  const documents = [...inline, ...attached].filter((document) => typeof document === 'object' && document !== null);
  const boundary = textOf(role.PermissionsBoundary?.PermissionsBoundaryArn);
  return { documents, more: documents.length < inline.length + attached.length, ownPolicies: arns.filter((arn) => !OF_AWS.test(arn)), ...(boundary === undefined ? {} : { boundary: managed.get(boundary) ?? 'not-read' }) };
}

/**
 * Whether a role may do this, by its policies and its boundary. A condition is not judged: what depends on one is unknown. What the organization or the resource itself forbids is not
 * read. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function roleAllows({ documents, more, boundary }: RolePolicies, action: string, resource: string): Truth {
  const own = decided(documents, action, resource);
  const known = more && effect(documents, 'Deny', action, resource) !== true ? 'unknown' : own;
  const bounded = boundary === undefined ? true : boundary === 'not-read' ? 'unknown' : decided([boundary], action, resource);
  return allOf([known, bounded]);
}

function decided(documents: readonly PolicyDocument[], action: string, resource: string): Truth {
  const denied = effect(documents, 'Deny', action, resource);
  if (denied === true) return false;
  const allowed = effect(documents, 'Allow', action, resource);
  return denied === 'unknown' && allowed !== false ? 'unknown' : allowed;
}

function effect(documents: readonly PolicyDocument[], wanted: 'Allow' | 'Deny', action: string, resource: string): Truth {
  const statements = documents.flatMap((document) => list(document['Statement'])).filter((each) => typeof each === 'object' && each !== null) as readonly Statement[];
  return anyOf(statements.filter(({ Effect }) => Effect === wanted).map((statement) => applies(statement, action, resource)));
}

type Statement = Readonly<Record<string, unknown>>;

function applies({ Action, NotAction, Resource, NotResource, Condition }: Statement, action: string, resource: string): Truth {
  const acts = Action === undefined ? NotAction !== undefined && !names(NotAction, action.toLowerCase(), true) : names(Action, action.toLowerCase(), true);
  const on = Resource === undefined ? NotResource !== undefined && !names(NotResource, resource, false) : names(Resource, resource, false);
  const conditional = typeof Condition === 'object' && Condition !== null && Object.keys(Condition).length > 0;
  return allOf([acts, on, conditional ? 'unknown' : true]);
}

function names(patterns: unknown, asked: string, folded: boolean): boolean {
  return list(patterns).some((each) => typeof each === 'string' && fits(wildcardPattern(folded ? each.toLowerCase() : each), asked));
}

function list(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? (value as readonly unknown[]) : [value];
}
