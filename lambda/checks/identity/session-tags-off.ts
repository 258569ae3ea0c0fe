import { objectsOf, textOf, written } from '../../facts/as-read.ts';
import { principalText } from '../../facts/identity/principal-arn.ts';
import { defineCheck } from '../define-check.ts';

/** A Pod Identity association has `disableSessionTags`: EKS then does not say to AWS of which cluster, namespace and ServiceAccount a pod is. */
export const sessionTagsOff = defineCheck({
  id: 'session-tags-off',
  revision: 1,
  area: 'identity',
  title: 'AWS cannot tell of which workload the session of a pod is',
  severity: 'low',
  rationale: 'Policies cannot limit such pods by their cluster, namespace or account, so that the role allows each of them what any needs; and the session does not say in CloudTrail who used it.',
  remediation: 'Switch the session tags of the association on; where they cannot be, give each workload a role of its own.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html', 'https://docs.aws.amazon.com/eks/latest/APIReference/API_CreatePodIdentityAssociation.html'],
  controls: ['nsa-1.2/authentication', 'attack/T1078.004'],
  needs: ['eksPodIdentityAssociations'],
  fields: { eksPodIdentityAssociations: ['namespace', 'serviceAccount', 'roleArn', 'targetRoleArn', 'disableSessionTags'] },
  identity: { resource: 'the ServiceAccount', key: 'the IAM role' },
  *evaluate({ eksPodIdentityAssociations }) {
    for (const { namespace, serviceAccount, roleArn, targetRoleArn, disableSessionTags } of objectsOf(eksPodIdentityAssociations)) {
      const role = textOf(targetRoleArn) ?? textOf(roleArn);
      if (disableSessionTags !== true || role === undefined) continue;
      const place = { namespace: written(namespace), name: written(serviceAccount) };
      yield {
        resource: { apiVersion: 'v1', kind: 'ServiceAccount', ...place },
        key: role,
        message: `Sessions of ServiceAccount ${place.namespace}/${place.name} with ${principalText(role)} carry no tags that say whose they are`,
        cause: 'association with disableSessionTags',
        evidence: {},
      };
    }
  },
});
