import { kubeObject, type Fields, type KubeObject } from './kube-object.ts';

const GROUP = 'rbac.authorization.k8s.io';
const API = `${GROUP}/v1`;

/** `['apps deployments,statefulsets', 'get,list']`: group (`core` for none), resources and verbs, the way people say them. */
export type Rule = readonly [what: string, verbs: string, names?: readonly string[]];

function ruleFields([what, verbs, names]: Rule): Fields {
  const space = what.indexOf(' ');
  const group = what.slice(0, space);
  return {
    apiGroups: group.split(',').map((name) => (name === 'core' ? '' : name)),
    ...(names ? { resourceNames: names } : {}),
    resources: what.slice(space + 1).split(','),
    verbs: verbs.split(','),
  };
}

/** A Role where the place has a namespace, else a ClusterRole. */
export function role(place: string, ...rules: readonly Rule[]): KubeObject {
  return kubeObject(API, place.includes('/') ? 'Role' : 'ClusterRole', place, { rules: rules.map(ruleFields) });
}

/** `User alice`, `Group devs` or `ServiceAccount ci/runner`. */
export function subject(text: string): Fields {
  const [kind, name] = text.split(' ') as [string, string];
  if (kind !== 'ServiceAccount') return { apiGroup: GROUP, kind, name };
  const [namespace, account] = name.split('/') as [string, string];
  return { kind, name: account, namespace };
}

/** A RoleBinding where the place has a namespace, else a ClusterRoleBinding. `to`: `ClusterRole view` or `Role deployer`. */
export function binding(place: string, to: string, ...subjects: readonly string[]): KubeObject {
  const [kind, name] = to.split(' ') as [string, string];
  return kubeObject(API, place.includes('/') ? 'RoleBinding' : 'ClusterRoleBinding', place, { roleRef: { apiGroup: GROUP, kind, name }, subjects: subjects.map(subject) });
}
