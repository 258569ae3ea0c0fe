import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KINDS, KUBERNETES_SOURCES, apiVersionOf, type KindDefinition, type KubernetesSource } from '../../lambda/model/kinds.ts';
import { PRIVATE_EKS_CLUSTER } from '../snapshot-of.ts';

export type GivenObjects = { readonly [S in KubernetesSource]?: readonly object[] };

/** What the AWS CLI prints of a cluster in which there is nothing. */
const AWS_ANSWERS: readonly object[] = [
  { addons: [] },
  { accessEntries: [] },
  { associatedAccessPolicies: [], principalArn: 'arn:aws:iam::111122223333:role/nobody' },
  { nodegroups: [] },
  { fargateProfileNames: [] },
  { associations: [] },
  { identityProviderConfigs: [] },
  { SecurityGroups: [] },
  { Subnets: [] },
  { RouteTables: [] },
  { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] },
];

/**
 * Writes a capture as kubectl and the AWS CLI would: one List a kind, empty where nothing is given, and the EKS side of a private
 * cluster. Kinds in `without` have no file.
 */
export function writeTinyCapture(directory: string, name: string, given: GivenObjects = {}, without: readonly KubernetesSource[] = []): string {
  mkdirSync(directory, { recursive: true });
  for (const source of KUBERNETES_SOURCES) {
    const kind: KindDefinition = KINDS[source];
    if (without.includes(source)) continue;
    if (kind.builtIn && !kind.only) write(directory, kind.plural, listOf(kind, given[source] ?? []));
  }
  write(directory, 'configmaps', { apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'kube-root-ca.crt', namespace: 'kube-system' } }] });
  write(directory, 'version', { serverVersion: { major: '1', minor: '35', gitVersion: 'v1.35.0-eks-1' } });
  const cluster = { ...PRIVATE_EKS_CLUSTER, name, arn: `arn:aws:eks:eu-west-1:111122223333:cluster/${name}`, logging: { clusterLogging: [{ types: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'], enabled: true }] }, encryptionConfig: [{ resources: ['secrets'], provider: { keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1' } }] };
  write(directory, 'describe-cluster', { cluster });
  AWS_ANSWERS.forEach((answer, index) => write(directory, `aws-${index}`, answer));
  return directory;
}

function listOf(kind: KindDefinition, items: readonly object[]): object {
  return { apiVersion: 'v1', kind: 'List', items: items.map((item) => ({ apiVersion: apiVersionOf(kind), kind: kind.kind, ...item })) };
}

function write(directory: string, name: string, value: object): void {
  writeFileSync(join(directory, `${name}.json`), JSON.stringify(value));
}

/** A pod that nobody made and that takes over its node. */
export function privilegedPod(name: string, namespace = 'shop'): object {
  return { metadata: { name, namespace }, spec: { containers: [{ name: 'main', image: 'busybox', securityContext: { privileged: true } }] } };
}

