import { nearest } from '../../lambda/configuration/nearest.ts';
import type { Request } from '../../lambda/facts/rbac/authorizer/request.ts';
import { API_RESOURCES, type ResourceScope } from '../../lambda/model/api-resources.ts';
import { UsageError } from '../usage-error.ts';

/** A request as a person asks about it. */
export interface Question {
  readonly request: Request;
  /** `get secrets in shop`. */
  readonly text: string;
  /** It is asked about all namespaces at once; in a single one more may be allowed. */
  readonly acrossNamespaces: boolean;
  /** What was asked otherwise than it was typed, and why; sentences. */
  readonly notes: readonly string[];
}

export interface QuestionOptions {
  readonly namespace?: string;
  readonly name?: string;
}

/**
 * The request that the API server would put to the authorizer for VERB and RESOURCE[/SUBRESOURCE][.GROUP] (or RESOURCE.GROUP/SUBRESOURCE), or for a
 * path. Throws a UsageError where it cannot be told what is meant.
 */
export function questionOf(verb: string, what: string, options: QuestionOptions): Question {
  if (what.startsWith('/')) {
    if (options.namespace !== undefined || options.name !== undefined) throw new UsageError(`${what} is an address: it has no namespace and no name`);
    return { request: { verb, path: what }, text: `${verb} ${what}`, acrossNamespaces: false, notes: [] };
  }
  const { resource, group, subresource, scope } = resourceOf(what);
  const notes: string[] = [];
  const name = nameOf(verb, subresource, options.name, notes);
  const namespace = namespaceOf(resource, group, scope, name, options.namespace, notes);
  const whole = `${resource}${group === '' ? '' : `.${group}`}${subresource === '' ? '' : `/${subresource}`}`;
  const acrossNamespaces = namespace === '' && scope !== 'cluster';
  const where = acrossNamespaces ? ' in all namespaces' : namespace === '' || scope === 'cluster' ? '' : ` in ${namespace}`;
  return { request: { verb, group, resource, subresource, name, namespace }, text: `${verb} ${whole}${name === '' ? '' : ` ${name}`}${where}`, acrossNamespaces, notes };
}

interface Meant {
  readonly resource: string;
  readonly group: string;
  readonly subresource: string;
  /** Undefined: no resource of Kubernetes itself. */
  readonly scope: ResourceScope | undefined;
}

function resourceOf(what: string): Meant {
  const [head = '', ...rest] = what.split('/');
  const tail = rest.join('/');
  const [resource, ...groupOfHead] = splitAtDot(head);
  // The keys of userextras have dots and slashes of their own.
  const [subresource, ...groupOfTail] = groupOfHead.length > 0 || resource === 'userextras' ? [tail] : splitAtDot(tail);
  const written = groupOfHead[0] ?? groupOfTail[0];
  if (resource === '' || written === '') throw new UsageError(`${JSON.stringify(what)}: a resource is RESOURCE[/SUBRESOURCE][.GROUP], for example pods/exec or deployments.apps`);
  const known = API_RESOURCES.find((one) => one.resource === resource && (written === undefined || one.group === written));
  if (!known && written === undefined && resource !== '*') throw unknownResource(resource);
  return { resource, group: written ?? known?.group ?? '', subresource, scope: known?.scope };
}

function splitAtDot(text: string): [string, string?] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}

/** Without its group nobody could be found who may, and that would read as nobody. */
function unknownResource(resource: string): UsageError {
  const near = nearest(resource, [...new Set(API_RESOURCES.map((one) => one.resource))]);
  const meant = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'Resources have plural names.';
  return new UsageError(`${JSON.stringify(resource)} is no resource of Kubernetes itself. ${meant} Of another API, write its group too: ${resource}.GROUP`);
}

function nameOf(verb: string, subresource: string, name = '', notes: string[]): string {
  if (name === '' || subresource !== '' || (verb !== 'create' && verb !== 'deletecollection')) return name;
  notes.push(`A ${verb} carries no name: rules with resourceNames never allow it`);
  return '';
}

/** As the API server sets it: none for what belongs to no namespace, and for a namespace its own name. */
function namespaceOf(resource: string, group: string, scope: ResourceScope | undefined, name: string, asked: string | undefined, notes: string[]): string {
  if (resource === 'namespaces' && group === '') {
    if (asked !== undefined && asked !== name) notes.push('A namespace is asked about by its name (--name): that is where RoleBindings count for it');
    return name;
  }
  if (asked === undefined) return '';
  if (scope === 'cluster') {
    notes.push(`${resource} belong to no namespace: RoleBindings do not count`);
    return '';
  }
  if (scope === undefined && resource !== '*') notes.push(`${resource} is taken for a resource with namespaces; if it has none, RoleBindings do not count`);
  return asked;
}
