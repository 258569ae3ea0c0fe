import { defineCheck } from '../define-check.ts';

/** Namespaces with this label may hold claims with admin access (KEP-5018). */
const ADMIN_ACCESS = 'resource.kubernetes.io/admin-access';

/**
 * update or patch on the binding or status of resource claims, arbitrary-node verbs on resourceclaims/driver, any write on device classes and
 * resource slices; create on claims in a namespace whose label lets them have admin access.
 */
export const deviceAllocationWrite = defineCheck({
  id: 'device-allocation-write',
  revision: 1,
  area: 'rbac',
  title: 'Somebody may decide who gets which device',
  severity: 'medium',
  rationale:
    'Who allocates devices gives a pod the GPU or disk that another one works on, with what is in its memory; claims with admin access see devices that are in use.',
  remediation: 'Leave status, binding, classes and slices to the drivers and the scheduler, and put the admin access label on namespaces of administrators only.',
  references: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/',
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-auth/5018-dra-adminaccess',
  ],
  controls: ['nsa-1.2/authentication', 'attack/T1496'],
  needs: ['rbacGrants'],
  wants: ['namespaces'],
  fields: { namespaces: [`metadata.labels["${ADMIN_ACCESS}"]`] },
  identity: { resource: 'the user, group or ServiceAccount', key: 'power and scope' },
  *evaluate({ rbacGrants, namespaces }) {
    yield* rbacGrants.byPower['device-allocation-write'];
    const labelled = new Set(namespaces.ok ? namespaces.value.filter(({ metadata }) => metadata?.labels?.[ADMIN_ACCESS] === 'true').map(({ metadata }) => metadata?.name) : []);
    if (labelled.size === 0) return;
    for (const right of rbacGrants.byPower['device-admin-access']) {
      if (right.namespace === undefined || labelled.has(right.namespace)) yield { ...right, restsOn: [...right.restsOn, 'namespaces'] };
    }
  },
});
