import { defineCheck } from '../define-check.ts';

/**
 * A workload on EC2 nodes that no enforced policy keeps from 169.254.169.254, port 80. Only the hop limit of the node's metadata options could, and
 * that is not read: so it may, and medium.
 */
export const instanceMetadataReachable = defineCheck({
  id: 'instance-metadata-reachable',
  revision: 1,
  area: 'network',
  title: 'Pods may fetch the credentials of their node',
  severity: 'medium',
  rationale: 'With the role of the node a pod taken over pulls every image, attaches network interfaces and signs in to the cluster as the node.',
  remediation: 'Set the hop limit of the nodes to 1 and require IMDSv2, and deny egress to 169.254.169.254/32 by policy.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html',
  ],
  controls: ['nsa-1.2/network-separation', 'attack/T1552.005', 'ms-k8s/MS-TA9033'],
  needs: ['metadataReach'],
  identity: { resource: 'the workload', key: '`metadata-service`' },
  unjudged: ({ metadataReach }) => metadataReach.unjudged,
  *evaluate({ metadataReach }) {
    for (const { workload, why } of metadataReach.workloads) {
      const { resource, source } = workload;
      yield {
        resource,
        key: 'metadata-service',
        message: `${resource.namespace}/${resource.name} may fetch the credentials of its node: ${why}`,
        cause: `metadata service: ${why}`,
        evidence: { why },
        restsOn: [source],
      };
    }
  },
});
