import type { PolicyRule } from '../policy-rule.ts';

/** A rule as generated files hold it: `verbs;groups;resources;names;urls`. An empty second field is the core group, unless the rule is about URLs. */
export function shippedRule(text: string): PolicyRule {
  const [verbs = '', groups = '', resources = '', names = '', urls = ''] = text.split(';');
  const list = (field: string): readonly string[] => (field === '' ? [] : field.split(','));
  return { verbs: list(verbs), apiGroups: resources === '' ? [] : groups.split(','), resources: list(resources), resourceNames: list(names), urls: list(urls) };
}
