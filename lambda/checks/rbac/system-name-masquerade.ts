import { NEWEST_KNOWN_MINOR } from '../../facts/rbac/defaults/known-roles.ts';
import { kubernetesMinor } from '../../facts/rbac/kubernetes-minor.ts';
import { defineCheck } from '../define-check.ts';
import { resourceWithKind } from '../../model/resource-words.ts';

/** A role or binding whose name begins with `system:`, which neither Kubernetes 1.30 to 1.36, nor EKS, nor a well-known add-on makes. */
export const systemNameMasquerade = defineCheck({
  id: 'system-name-masquerade',
  revision: 1,
  area: 'rbac',
  title: 'A role or binding calls itself a part of Kubernetes and is none',
  severity: 'low',
  rationale: 'Names that begin with system: are passed over by people and tools alike: that is where an intruder keeps a way back.',
  remediation: 'Find out who made it; give it a name of its own or delete it.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings'],
  controls: ['attack/T1036', 'attack/T1098.006'],
  needs: ['defaultObjects', 'kubernetesVersion'],
  applies: ({ kubernetesVersion }) =>
    (kubernetesMinor(kubernetesVersion) ?? 0) <= NEWEST_KNOWN_MINOR || `the own objects of Kubernetes ${kubernetesVersion} are not known to this version`,
  identity: { resource: 'the role or binding', key: 'always `name`' },
  *evaluate({ defaultObjects }) {
    for (const { resource, source } of defaultObjects.masquerades) {
      const text = resourceWithKind(resource);
      yield { resource, key: 'name', message: `${text} is no part of Kubernetes, of EKS or of a known add-on`, cause: `${text}: name`, evidence: {}, restsOn: [source, 'kubernetesVersion'] };
    }
  },
});
