import { pathOf, type KubeObject, type Labels } from './kube-object.ts';

/** One cluster of the fleet on one day. */
export interface ClusterSettings {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly createdAt: string;
  /** When kubectl and the AWS CLI were run. */
  readonly capturedAt: string;
  readonly nodeGroups: readonly NodeGroup[];
  /** Second octet of the VPC's 10.x.0.0/16. */
  readonly vpcOctet: number;
}

export interface NodeGroup {
  readonly name: string;
  readonly os: 'linux' | 'windows';
  readonly amiType: string;
  readonly instanceType: string;
  /** One entry a node; another word is another instance. */
  readonly nodes: readonly string[];
  /** In a public subnet, with a public address. */
  readonly public?: boolean;
}

/** Who wrote an object, as managedFields tell it. */
export interface Writer {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  /** When it wrote; absent: when the cluster was made. */
  readonly at?: string;
  /** When the object was created, where somebody else did that. */
  readonly createdAt?: string;
}

export interface Cluster {
  readonly settings: ClusterSettings;
  /** In the order in which they were added. */
  readonly objects: KubeObject[];
  readonly writers: Map<KubeObject, Writer>;
  /** By `namespace/name` of a Deployment: images of its earlier ReplicaSets. */
  readonly earlierImages: Map<string, readonly string[]>;
  /** Paths of objects that were deleted and made again with the same content. */
  readonly madeAnew: Set<string>;
}

export const KUBE_APISERVER: Writer = { manager: 'kube-apiserver', operation: 'Update' };
export const CONTROLLER_MANAGER: Writer = { manager: 'kube-controller-manager', operation: 'Update' };
export const EKS: Writer = { manager: 'eks', operation: 'Apply' };

export function helm(at: string): Writer {
  return { manager: 'helm', operation: 'Update', at };
}

export function argoCd(at: string): Writer {
  return { manager: 'argocd-controller', operation: 'Apply', at };
}

export function kubectl(at: string): Writer {
  return { manager: 'kubectl-client-side-apply', operation: 'Update', at };
}

export function createCluster(settings: ClusterSettings): Cluster {
  return { settings, objects: [], writers: new Map(), earlierImages: new Map(), madeAnew: new Set() };
}

export function add(cluster: Cluster, writer: Writer, ...objects: readonly KubeObject[]): void {
  for (const object of objects) {
    cluster.objects.push(object);
    cluster.writers.set(object, writer);
  }
}

export function ofKind(cluster: Cluster, kind: string): KubeObject[] {
  return cluster.objects.filter((object) => object.kind === kind);
}

/** Takes an object away again; an error if it is not there, so that a story cannot silently lose its subject. */
export function remove(cluster: Cluster, path: string): void {
  const index = cluster.objects.findIndex((object) => pathOf(object) === path);
  if (index < 0) throw new Error(`the fleet has no ${path} to remove`);
  cluster.objects.splice(index, 1);
}

export function find(cluster: Cluster, path: string): KubeObject {
  const found = cluster.objects.find((object) => pathOf(object) === path);
  if (!found) throw new Error(`the fleet has no ${path}`);
  return found;
}

export function matches(selector: Labels | undefined, labels: Labels | undefined): boolean {
  return Object.entries(selector ?? {}).every(([key, value]) => labels?.[key] === value);
}

export function clusterArn({ region, account, name }: ClusterSettings): string {
  return `arn:aws:eks:${region}:${account}:cluster/${name}`;
}
