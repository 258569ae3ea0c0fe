import { UNWRITTEN } from './authorizer/request.ts';

/** One question of the catalogue: "may it do one of these verbs on one of these resources?" */
export interface Ask {
  readonly verbs: readonly string[];
  /** `group/resource` or `group/resource/subresource`; the core group is empty. */
  readonly on: readonly string[];
  /**
   * Of which objects: `any`: whatever its name; `some`: one is enough; a list: one of these; `none`: asked without a name; `own`: the namespace that
   * the request is in.
   */
  readonly names: 'any' | 'some' | 'none' | 'own' | readonly string[];
  /** Where a grant of it has an effect: a cluster-scoped resource is inert in a RoleBinding; some objects matter in one namespace only (`aws-auth`). */
  readonly where: 'anywhere' | 'cluster' | 'kube-system' | 'kube-node-lease' | 'argocd';
}

export const WRITE = ['create', 'update', 'patch'] as const;
export const CHANGE = ['update', 'patch'] as const;
export const READ = ['get', 'list', 'watch'] as const;
export const DELETE = ['delete', 'deletecollection'] as const;
export const WRITE_OR_DELETE = [...WRITE, ...DELETE] as const;

export function ask(verbs: readonly string[], on: readonly string[], names: Ask['names'] = 'any', where: Ask['where'] = 'anywhere'): Ask {
  return { verbs, on, names, where };
}

/** What nobody writes into a role is given only by a `*`: a resource, or every verb. */
export const EVERY_RESOURCE = [`/${UNWRITTEN}`];
export const EVERY_VERB = [UNWRITTEN];
