import { KINDS, KUBERNETES_SOURCES, type KindDefinition, type KubernetesSource } from '../../model/kinds.ts';
import { HeldObjects } from './held-objects.ts';

/** An object whose name and namespace are what they should be. */
export interface NamedObject {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly uid?: unknown };
}

/** The Kubernetes side of a capture while its files are read. */
export class KubernetesContents {
  readonly namespaces: 'all' | ReadonlySet<string>;
  readonly held: ReadonlyMap<KubernetesSource, HeldObjects> = new Map(KUBERNETES_SOURCES.map((source) => [source, new HeldObjects()]));
  /** A file that could not be read, and might have held any kind. */
  unknownLost: string | undefined;
  /** ConfigMaps of kube-system were listed, so that one which is not among them is not there. */
  configMapsListed = false;
  /** uid of the kube-system namespace. */
  uid: string | undefined;
  /** Where only some namespaces were asked for: those of them that objects are in. */
  readonly namespacesSeen = new Set<string>();
  /** Objects are in namespaces that were not asked for. */
  othersSeen = false;

  constructor(namespaces: 'all' | ReadonlySet<string>) {
    this.namespaces = namespaces;
  }

  of(source: KubernetesSource): HeldObjects {
    return this.held.get(source)!;
  }

  /** Takes an object for the source, if it is one that was asked for. False: it contradicts another one. */
  add(source: KubernetesSource, object: NamedObject): boolean {
    const kind: KindDefinition = KINDS[source];
    const { name, namespace, uid } = object.metadata;
    if (source === 'namespaces' && name === 'kube-system' && typeof uid === 'string' && uid !== '') this.uid = uid;
    const held = this.of(source);
    held.given++;
    return this.inScope(kind, name, namespace) ? held.add(object) : true;
  }

  private inScope(kind: KindDefinition, name: string, namespace: string | undefined): boolean {
    if (this.namespaces === 'all' || kind.only) return true;
    if (kind.kind === 'Namespace') return this.namespaces.has(name);
    if (!kind.namespaced) return true;
    const asked = this.namespaces.has(namespace ?? 'default');
    if (asked) this.namespacesSeen.add(namespace ?? 'default');
    else this.othersSeen = true;
    return asked;
  }
}
