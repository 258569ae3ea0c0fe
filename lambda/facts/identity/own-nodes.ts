import type { V1Deployment, V1Node } from '@kubernetes/client-node';
import type { EksNodegroup } from '../../model/eks.ts';
import { objectsOf, pairsOf, textOf } from '../as-read.ts';
import { defineFact } from '../define-fact.ts';
import { repositoryOf } from '../workloads/image-repository.ts';

/** Nodes on EC2 that EKS did not make, whose role no API of it says. */
export interface OwnNodes {
  /** Their operating systems, of those that are there. */
  readonly there: ReadonlySet<'linux' | 'windows'>;
  /** Hybrid nodes are there. */
  readonly hybrid: boolean;
  /** What may make some whenever they are needed, sorted. */
  readonly makers: readonly ('Cluster Autoscaler' | 'Karpenter')[];
}

const MAKERS = [
  ['Cluster Autoscaler', /cluster-?autoscaler/i],
  ['Karpenter', /karpenter/i],
] as const;

/**
 * By the labels that EKS puts on its nodes, and by Deployments whose name or image says that they make nodes: a mirror has other registries, and whoever may make nodes is
 * better taken for one once too often. https://docs.aws.amazon.com/eks/latest/userguide/eks-compute.html
 */
export const ownNodes = defineFact({
  name: 'ownNodes',
  revision: 1,
  needs: ['nodes', 'deployments'],
  reach: { deployments: 'all' },
  fields: {
    nodes: ['metadata.labels["kubernetes.io/os"]', 'metadata.labels["eks.amazonaws.com/compute-type"]', 'metadata.labels["eks.amazonaws.com/nodegroup"]'],
    deployments: ['spec.template.spec.containers[].image'],
  },
  derive: ({ nodes, deployments }): OwnNodes => {
    const labels = objectsOf(nodes).map((node: V1Node) => pairsOf(node.metadata?.labels));
    const own = labels.filter((each) => each['eks.amazonaws.com/nodegroup'] === undefined && each['eks.amazonaws.com/compute-type'] === undefined);
    const names = objectsOf(deployments).flatMap(namesOf);
    return {
      there: new Set(own.map((each) => (each['kubernetes.io/os'] === 'windows' ? 'windows' : 'linux'))),
      hybrid: labels.some((each) => each['eks.amazonaws.com/compute-type'] === 'hybrid'),
      makers: MAKERS.filter(([, says]) => names.some((name) => says.test(name))).map(([maker]) => maker),
    };
  },
});

/** Whether nodes on EC2 are there, or may come at any time, that are the owner's and not Auto Mode's. */
export function hasNodesOnEc2(nodegroups: readonly EksNodegroup[], { there, makers }: OwnNodes): boolean {
  return nodegroups.length > 0 || there.size > 0 || makers.includes('Karpenter');
}

function namesOf({ metadata, spec }: V1Deployment): readonly string[] {
  return [textOf(metadata?.name) ?? '', ...objectsOf(spec?.template?.spec?.containers).map(({ image }) => repositoryOf(textOf(image) ?? ''))];
}
