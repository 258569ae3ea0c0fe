import { appliesToEntries } from '../../facts/identity/doors.ts';
import { ENTRIES_OF_NODES_FIELDS, unusedEntries } from '../../facts/identity/entries-of-nodes.ts';
import { principalResource, principalText } from '../../facts/identity/principal-arn.ts';
import { defineCheck } from '../define-check.ts';

const KIND_OF: ReadonlyMap<string, string> = new Map([
  ['EC2', 'nodes of Auto Mode'],
  ['EC2_LINUX', 'Linux nodes'],
  ['EC2_WINDOWS', 'Windows nodes'],
  ['FARGATE_LINUX', 'pods on Fargate'],
  ['HYBRID_LINUX', 'hybrid nodes'],
]);

/**
 * An access entry of a type for nodes, whose role no node group, Fargate profile, compute configuration or NodeClass has. High where nothing else could have it; medium where only no node
 * that is there has. Not judged where nodes are there, or may be made at any time, whose role nothing says: those of Karpenter and of groups that EKS does not manage.
 */
export const nodeAccessEntryUnused = defineCheck({
  id: 'node-access-entry-unused',
  revision: 1,
  area: 'identity',
  title: 'A role that no node has may join the cluster as one',
  severity: 'high',
  rationale: 'Whoever may take the role is in system:nodes without being a node: as one it registers, pulls in pods, and reads their Secrets and takes the tokens of their ServiceAccounts.',
  remediation: 'Delete the access entry, if nothing of yours makes nodes with that role.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html', 'https://kubernetes.io/docs/reference/access-authn-authz/node/'],
  controls: ['cis-eks-1.8.0/4.1.7', 'nsa-1.2/authentication', 'attack/T1078.004'],
  needs: ['eksCluster', 'clusterIdentities', 'eksAccessEntries', 'eksNodegroups', 'eksFargateProfiles', 'nodeClasses', 'ownNodes'],
  fields: { ...ENTRIES_OF_NODES_FIELDS, eksCluster: [...ENTRIES_OF_NODES_FIELDS.eksCluster, 'accessConfig.authenticationMode'] },
  identity: { resource: 'the IAM role', key: '`nodes`' },
  applies: ({ eksCluster }) => appliesToEntries(eksCluster),
  unjudged: (input) => [...input.clusterIdentities.unsaid.filter(({ source }) => source === 'eksCluster'), ...unusedEntries(input).flatMap(({ used }) => (typeof used === 'object' ? used : []))],
  *evaluate(input) {
    for (const { arn, type, used } of unusedEntries(input)) {
      if (typeof used === 'object') continue;
      const which = used === 'none' ? 'none has it' : 'none that is there has it';
      yield {
        resource: principalResource(arn),
        key: 'nodes',
        severity: used === 'none' ? 'high' : 'medium',
        message: `${principalText(arn)} has an access entry for ${KIND_OF.get(type)}, and ${which}: whoever takes it signs in as a node`,
        cause: `entry for ${KIND_OF.get(type)} without any`,
        evidence: { type },
      };
    }
  },
});
