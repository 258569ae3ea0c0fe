import type { PolicyRule } from '../policy-rule.ts';
import { isUrlRequest, type Request, type ResourceRequest } from './request.ts';

/**
 * Whether one rule allows the request: verb, group, resource and name must all fit within it. `*` and `*\/sub` are the only patterns; `pods` is not
 * `pods/log`, and `pods/*` is literal. Source: kubernetes/kubernetes pkg/apis/rbac/v1/evaluation_helpers.go.
 */
export function ruleAllows(rule: PolicyRule, request: Request): boolean {
  if (!fits(rule.verbs, request.verb)) return false;
  if (isUrlRequest(request)) return rule.urls.some((url) => urlCovers(url, request.path));
  return fits(rule.apiGroups, request.group) && resourceFits(rule.resources, request) && nameFits(rule.resourceNames, request.name);
}

function fits(written: readonly string[], asked: string): boolean {
  return written.includes('*') || written.includes(asked);
}

/** A request for a subresource is asked as `resource/subresource`, whatever slashes stand in either. */
function resourceFits(written: readonly string[], { resource, subresource }: ResourceRequest): boolean {
  if (subresource === '') return fits(written, resource);
  return fits(written, `${resource}/${subresource}`) || written.includes(`*/${subresource}`);
}

/** A `*` is a name like any other. A request without a name fits where no names are written, or where one of them is empty. */
function nameFits(written: readonly string[], name: string): boolean {
  return written.length === 0 || written.includes(name);
}

/** Exact, or a prefix before trailing `*`s, all of which are cut off; a `*` elsewhere is literal. `covered` may be a pattern itself. */
export function urlCovers(url: string, covered: string): boolean {
  return url === covered || (url.endsWith('*') && covered.startsWith(withoutTrailingStars(url)));
}

/** Not by a regular expression: `\*+$` is quadratic on a long row of stars that something else ends. */
function withoutTrailingStars(url: string): string {
  let end = url.length;
  while (end > 0 && url[end - 1] === '*') end -= 1;
  return url.slice(0, end);
}
