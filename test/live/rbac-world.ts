import pMap from 'p-map';
import type { RbacObject } from '../../scripts/vectors/rbac-lists.ts';
import type { Identity, Request } from '../../lambda/facts/rbac/authorizer/request.ts';
import type { ApiServer } from './api-server.ts';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const REVIEWS = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
const AT_ONCE = 16;

/** Creates a world's objects; what it returns removes them again. */
export async function loadWorld(server: ApiServer, objects: readonly Pick<RbacObject, 'kind' | 'metadata'>[]): Promise<() => Promise<void>> {
  await pMap(objects, (object) => server.call('POST', pathOf(object), object), { concurrency: AT_ONCE });
  return async () => {
    await pMap(objects, (object) => server.call('DELETE', `${pathOf(object)}/${encodeURIComponent(object.metadata.name)}`), { concurrency: AT_ONCE });
  };
}

function pathOf({ kind, metadata }: Pick<RbacObject, 'kind' | 'metadata'>): string {
  return `${RBAC}${metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`}/${kind.toLowerCase()}s`;
}

/** What the API server says to this request of this user. */
export async function review(server: ApiServer, { user, groups }: Identity, request: Request): Promise<boolean> {
  const { namespace: _, ...attributes } = 'path' in request ? { ...request, namespace: '' } : request;
  const spec = {
    ...(user === undefined ? {} : { user }),
    groups,
    ...('path' in request ? { nonResourceAttributes: attributes } : { resourceAttributes: { ...attributes, namespace: request.namespace } }),
  };
  const answer = (await server.call('POST', REVIEWS, { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec })) as {
    readonly status: { readonly allowed: boolean };
  };
  return answer.status.allowed;
}

/**
 * Waits until the authorizer has seen everything that was written before: it watches each of the four kinds by itself and in order, so an object of
 * each kind that is written last is seen last. Throws where it is not seen after very many questions.
 */
export async function seen(server: ApiServer, mark: string, namespace: string): Promise<() => Promise<void>> {
  const rules = (resource: string): object[] => [{ apiGroups: ['marks.test'], resources: [resource], verbs: ['see'] }];
  const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: mark }];
  const roleRef = (kind: string) => ({ apiGroup: 'rbac.authorization.k8s.io', kind, name: mark });
  const marks = [
    { kind: 'ClusterRole', metadata: { name: mark }, rules: rules('everywhere') },
    { kind: 'Role', metadata: { name: mark, namespace }, rules: rules('here') },
    { kind: 'ClusterRoleBinding', metadata: { name: mark }, roleRef: roleRef('ClusterRole'), subjects },
    { kind: 'RoleBinding', metadata: { name: mark, namespace }, roleRef: roleRef('Role'), subjects },
  ];
  const remove = await loadWorld(server, marks);
  const asked = { verb: 'see', group: 'marks.test', subresource: '', name: '' };
  for (let attempt = 0; attempt < 20_000; attempt++) {
    const answers = [
      await review(server, { user: mark, groups: [] }, { ...asked, resource: 'everywhere', namespace: '' }),
      await review(server, { user: mark, groups: [] }, { ...asked, resource: 'here', namespace }),
    ];
    if (answers.every((allowed) => allowed)) return remove;
  }
  throw new Error(`the authorizer has not seen ${mark}`);
}
