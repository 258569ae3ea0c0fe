import type { Writer } from './cluster.ts';
import type { Fields, KubeObject } from './kube-object.ts';

/** Lists that are merged by a key, as the API's schema says; all others are owned whole. */
const LIST_KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['containers', ['name']],
  ['initContainers', ['name']],
  ['env', ['name']],
  ['volumes', ['name']],
  ['volumeMounts', ['mountPath']],
  ['imagePullSecrets', ['name']],
  ['webhooks', ['name']],
  ['conditions', ['type']],
  ['ownerReferences', ['uid']],
  ['podIPs', ['ip']],
  ['hostIPs', ['ip']],
]);
const CONTAINER_PORT_KEY = ['containerPort', 'protocol'];
const SERVICE_PORT_KEY = ['port', 'protocol'];
/** Set by the API server, owned by nobody. */
const UNOWNED = new Set(['name', 'namespace', 'uid', 'resourceVersion', 'creationTimestamp', 'generation', 'managedFields']);

function ownedFields(value: unknown, field: string): Fields {
  if (Array.isArray(value)) return ownedItems(value as readonly Fields[], field);
  if (value === null || typeof value !== 'object') return {};
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [`f:${key}`, ownedFields(inner, key)]));
}

function ownedItems(items: readonly Fields[], field: string): Fields {
  const keys = listKeys(items, field);
  if (!keys) return {};
  const owned: Fields = { '.': {} };
  for (const item of items) {
    const key = Object.fromEntries(keys.map((name) => [name, item[name]]));
    owned[`k:${JSON.stringify(key)}`] = { '.': {}, ...ownedFields(item, '') };
  }
  return owned;
}

function listKeys(items: readonly Fields[], field: string): readonly string[] | undefined {
  if (field !== 'ports') return LIST_KEYS.get(field);
  return items[0] && 'containerPort' in items[0] ? CONTAINER_PORT_KEY : SERVICE_PORT_KEY;
}

/** The `managedFields` of an object that one writer wrote and, where it has a status, another one keeps the status of. */
export function managedFieldsOf(object: KubeObject, writer: Writer, time: string, status?: { readonly manager: string; readonly time: string }): readonly Fields[] {
  const { apiVersion, kind: _kind, metadata, status: _status, ...body } = object;
  const owned = ownedFields(body, '');
  const ownedMetadata = Object.fromEntries(Object.entries(metadata).filter(([key]) => !UNOWNED.has(key)));
  if (Object.keys(ownedMetadata).length > 0) owned['f:metadata'] = ownedFields(ownedMetadata, '');
  const entry = (manager: string, operation: string, at: string, fieldsV1: Fields, subresource?: string): Fields => ({
    apiVersion,
    fieldsType: 'FieldsV1',
    fieldsV1,
    manager,
    operation,
    time: at,
    ...(subresource === undefined ? {} : { subresource }),
  });
  const entries = [entry(writer.manager, writer.operation, time, owned)];
  if (status && object['status'] !== undefined) {
    entries.push(entry(status.manager, 'Update', status.time, { 'f:status': ownedFields(object['status'], 'status') }, 'status'));
  }
  return entries;
}
