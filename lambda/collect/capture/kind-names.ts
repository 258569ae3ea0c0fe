import { KINDS, KUBERNETES_SOURCES, type KindDefinition, type KubernetesSource } from '../../model/kinds.ts';

/** Sources by what an object says of itself: the API group without its version, and the kind. ConfigMaps are several sources. */
const byType = new Map<string, KubernetesSource[]>();
for (const source of KUBERNETES_SOURCES) {
  const { group, kind }: KindDefinition = KINDS[source];
  const id = `${group}/${kind}`;
  byType.set(id, [...(byType.get(id) ?? []), source]);
}

/** The sources that objects of this type belong to; none: it is a kind that no audit reads. */
export function sourcesOfType(apiVersion: string, kind: string): readonly KubernetesSource[] {
  const slash = apiVersion.indexOf('/');
  return byType.get(`${slash < 0 ? '' : apiVersion.slice(0, slash)}/${kind}`) ?? [];
}

/** The short names that `kubectl get` takes and people name files by. `kubectl api-resources` lists them. */
const SHORT_NAMES = new Map([
  ['cj', 'cronjobs'],
  ['cm', 'configmaps'],
  ['cnp', 'ciliumnetworkpolicies'],
  ['ccnp', 'ciliumclusterwidenetworkpolicies'],
  ['crd', 'customresourcedefinitions'],
  ['crds', 'customresourcedefinitions'],
  ['deploy', 'deployments'],
  ['ds', 'daemonsets'],
  ['ing', 'ingresses'],
  ['limits', 'limitranges'],
  ['netpol', 'networkpolicies'],
  ['no', 'nodes'],
  ['ns', 'namespaces'],
  ['po', 'pods'],
  ['pv', 'persistentvolumes'],
  ['quota', 'resourcequotas'],
  ['rc', 'replicationcontrollers'],
  ['rs', 'replicasets'],
  ['sa', 'serviceaccounts'],
  ['sc', 'storageclasses'],
  ['sts', 'statefulsets'],
  ['svc', 'services'],
]);

/** Sources by the names that a file may have: plural, singular, either with the group, short names. */
const byName = new Map<string, KubernetesSource[]>();
for (const source of KUBERNETES_SOURCES) {
  const { group, kind, plural }: KindDefinition = KINDS[source];
  const names = [plural, kind.toLowerCase(), `${plural}.${group}`];
  for (const [short, full] of SHORT_NAMES) if (full === plural) names.push(short);
  for (const name of new Set(names)) byName.set(name, [...(byName.get(name) ?? []), source]);
}

/**
 * The sources that a file's name speaks of: `pods.json`, `prod-netpol.yaml.gz`, `clusternetworkpolicies.networking.k8s.aws.json`. A name that
 * several kinds share means the built-in one. More than one source: the name says several (or is one that only a group could tell apart).
 */
export function sourcesOfFileName(path: string): readonly KubernetesSource[] {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const words = name.replace(/(\.(json|ya?ml|txt|gz|list))+$/, '').split(/[^a-z0-9.]+/);
  const found = new Set<KubernetesSource>();
  for (const word of words) for (const source of sourcesOfWord(word)) found.add(source);
  return [...found];
}

function sourcesOfWord(word: string): readonly KubernetesSource[] {
  const sources = byName.get(word) ?? [];
  const builtIn = sources.filter((source) => KINDS[source].builtIn);
  return builtIn.length > 0 ? builtIn : sources;
}
