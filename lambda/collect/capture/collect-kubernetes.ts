import { collected, refused, type Collected } from '../../model/collected.ts';
import { KINDS, type KindDefinition, type KubernetesSource } from '../../model/kinds.ts';
import type { KubernetesContents, NamedObject } from './kubernetes-contents.ts';

/** In it Kubernetes defines kinds that are no CRDs, and serves them only where a feature is on. */
const FEATURE_GROUP = 'admissionregistration.k8s.io';
/** MutatingAdmissionPolicy is served by default from here on. https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/ */
const FEATURE_SINCE_MINOR = 36;

const NOT_IN_CAPTURE = 'not in the capture';

/**
 * What the files said of one kind. Absent is not empty: only a List says that there is nothing (else) of a kind; a kind that only a CRD can
 * define is not there if the list of CRDs says so.
 */
export function collectKind(source: KubernetesSource, contents: KubernetesContents, version: string | undefined): Collected<readonly unknown[]> {
  const kind: KindDefinition = KINDS[source];
  const held = contents.of(source);
  if (held.fault) return { ok: false, reason: held.fault };
  const objects = held.objects();
  if (kind.only) return objects.length > 0 || contents.configMapsListed ? collected(objects) : refused('not-in-capture', NOT_IN_CAPTURE);
  if (held.listed) return collected(objects);
  if (held.single) return { ok: true, value: objects, assumed: 'the capture holds single objects and no list; they are taken as all that there are' };
  return kind.builtIn ? refused('not-in-capture', NOT_IN_CAPTURE) : collectUndefined(kind, contents, version);
}

/** A kind that not every API server has, and of which no file speaks. */
function collectUndefined(kind: KindDefinition, contents: KubernetesContents, version: string | undefined): Collected<readonly unknown[]> {
  if (contents.unknownLost !== undefined) {
    return refused('unreadable', `${contents.unknownLost} could not be read, and might have held them`);
  }
  if (kind.group === FEATURE_GROUP) {
    const minor = Number(version?.split('.')[1] ?? Number.NaN);
    if (!(minor < FEATURE_SINCE_MINOR)) return refused('not-in-capture', NOT_IN_CAPTURE);
    return { ok: true, value: [], assumed: `the capture does not speak of ${kind.plural}; before Kubernetes 1.${FEATURE_SINCE_MINOR} they are off unless somebody turns them on` };
  }
  const definitions = contents.of('customResourceDefinitions');
  if (definitions.fault) return refused('unreadable', `${NOT_IN_CAPTURE}, and whether they are installed cannot be told: the list of custom resource definitions could not be read`);
  const name = `${kind.plural}.${kind.group}`;
  const installed = (definitions.objects() as readonly NamedObject[]).some(({ metadata }) => metadata.name === name);
  if (installed) return refused('not-in-capture', `${NOT_IN_CAPTURE}, and the cluster has the kind`);
  if (!definitions.listed) {
    return { ok: true, value: [], assumed: `the capture holds neither ${name} nor the list of custom resource definitions; taken as not installed` };
  }
  return collected([]);
}
