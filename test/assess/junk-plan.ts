import fc from 'fast-check';
import { collectionPlan } from '../../lambda/checks/collection-plan.ts';
import { compileFields, type FieldTree } from '../../lambda/collect/fields/field-tree.ts';
import { collected } from '../../lambda/model/collected.ts';
import { KINDS, apiVersionOf } from '../../lambda/model/kinds.ts';
import type { CollectedSources } from '../../lambda/model/snapshot.ts';
import { SOURCE_NAMES, isAwsSource, isKubernetesSource, type SourceName } from '../../lambda/model/sources.ts';

type Value = fc.Arbitrary<unknown>;
type Fields = Readonly<Record<string, unknown>>;

const WORDS = [
  ...['', '*', '{}', '/', 'a', 'true', 'default', 'kube-system', 'shop', '__proto__', 'toString', '0.0.0.0/0', 'windows', 'alb', 'nginx', 'TCP', 'audit', 'secrets'],
  ...['system:masters', 'system:anonymous', 'cluster-admin', 'ClusterRole', 'Role', 'Group', 'User', 'ServiceAccount', 'get', 'rbac.authorization.k8s.io', 'LoadBalancer'],
  ...['NodePort', 'In', 'NotIn', 'Exists', 'Ingress', 'Egress', 'Deny', 'Allow', 'Admin', 'internet-facing', '/var/run/docker.sock', 'aws-node', 'apps/v1', 'ReplicaSet', 'Node'],
];
/** Names that policies and routes are written with: so that junk gets far enough in to be read. */
const KEYS = [
  ...['matchLabels', 'matchExpressions', 'podSelector', 'namespaceSelector', 'ipBlock', 'cidr', 'except', 'from', 'to', 'ports', 'port', 'protocol', 'endPort', 'policyTypes'],
  ...['ingress', 'egress', 'action', 'namespaces', 'pods', 'networks', 'subject', 'key', 'operator', 'values', 'backend', 'service', 'name', 'http', 'paths', 'portNumber'],
  ...['portRange', 'tcp', 'destinationPort', 'number', 'range', 'tier', 'priority', 'types', 'enabled', 'resources', 'provider', 'controller', 'selector', 'toString'],
];
const flat = fc.oneof({ weight: 3, arbitrary: fc.constantFrom<unknown>(...WORDS) }, fc.constantFrom<unknown>(null, true, false, 0, -1, 443, 2 ** 40, [], {}, [null], { toString: '' }), fc.jsonValue({ maxDepth: 2 }));
const { junk } = fc.letrec<{ junk: unknown }>((tie) => ({
  junk: fc.oneof({ depthSize: 'small' }, flat, fc.dictionary(fc.constantFrom(...KEYS), tie('junk'), { maxKeys: 4 }), fc.array(tie('junk'), { maxLength: 3 })),
}));

/** Objects and lists where the plan says so (readers refuse others), or null; anything at all where it keeps a value whole. */
function valueOf(tree: FieldTree): Value {
  const elements: Value[] = [
    ...(tree.each ? [valueOf(tree.each)] : []),
    ...tree.where.map((chosen) => valueOf(chosen.tree).map((value) => ({ ...fieldsOf(value), [chosen.key]: chosen.equals }))),
    ...tree.prefixes.map((prefix) => fc.constantFrom(prefix, `${prefix}=`, `${prefix}=true`)),
  ];
  if (tree.keys.size === 0 && elements.length === 0) return junk;
  const shapes: fc.WeightedArbitrary<unknown>[] = [{ weight: 1, arbitrary: fc.constant(null) }];
  if (tree.whole) shapes.push({ weight: 2, arbitrary: junk });
  if (tree.keys.size > 0) shapes.push({ weight: 8, arbitrary: fc.record(Object.fromEntries([...tree.keys].map(([key, child]) => [key, valueOf(child)])), { requiredKeys: [] }) });
  const anyElement = tree.each?.whole === true || tree.prefixes.length > 0;
  if (elements.length > 0) shapes.push({ weight: 8, arbitrary: fc.array(fc.oneof(...elements), { maxLength: 3 }).map((list) => (anyElement ? list : list.filter((element) => element !== null))) });
  return fc.oneof(...shapes);
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

const NAMES = fc.constantFrom('a', 'aws-node', 'amazon-vpc-cni', 'default', '__proto__', 'coredns', 'cluster-admin', 'v1beta1.metrics.k8s.io');
const NAMESPACES = fc.constantFrom('kube-system', 'shop', 'default', '__proto__');

function sourceOf(name: SourceName): Value {
  if (name === 'kubernetesVersion') return fc.constantFrom('1.35', '1.30', '', 'x');
  const plan = collectionPlan()[name];
  const fields: fc.Arbitrary<Fields> = plan.length === 0 ? fc.constant({}) : valueOf(compileFields(plan)).map(fieldsOf);
  if (name === 'eksCluster') return fields.map((value) => ({ ...value, name: 'test' }));
  if (isAwsSource(name)) return fc.array(fields, { maxLength: 3 });
  if (!isKubernetesSource(name)) throw new Error(`unknown source ${String(name)}`);
  const kind = KINDS[name];
  const object = fc.tuple(fields, NAMES, NAMESPACES).map(([value, objectName, namespace]) => ({
    ...value,
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    metadata: { ...fieldsOf(value['metadata']), name: objectName, ...(kind.namespaced ? { namespace } : {}) },
  }));
  return fc.array(object, { maxLength: 3 });
}

/** Sources as a reader lets them through, with anything at all in the fields that are kept. */
export const junkSources: fc.Arbitrary<CollectedSources> = fc
  .record(Object.fromEntries(SOURCE_NAMES.map((name) => [name, sourceOf(name)])))
  .map((values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, collected(value)])) as unknown as CollectedSources);
