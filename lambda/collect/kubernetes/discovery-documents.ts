/** What one version of a group serves. */
export interface ServedVersion {
  /** Not fresh: the API server could not ask the backend and tells what it last knew, or nothing. */
  readonly fresh: boolean;
  /** By plural name: the verbs. */
  readonly resources: ReadonlyMap<string, readonly string[]>;
}

/** Groups (`''` is the core) and their versions, the preferred one first. */
export type ServedGroups = ReadonlyMap<string, ReadonlyMap<string, ServedVersion>>;

/**
 * An `APIGroupDiscoveryList`: all groups, versions and resources in one answer
 * (https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery). Undefined where it is something else.
 */
export function parseAggregated(document: unknown): ServedGroups | undefined {
  if (text(document, 'kind') !== 'APIGroupDiscoveryList') return undefined;
  const groups = new Map<string, Map<string, ServedVersion>>();
  const items = list(document, 'items');
  if (!items) return undefined;
  for (const item of items) {
    // The core group has no name.
    const name = text(field(item, 'metadata'), 'name') ?? '';
    const versions = groups.get(name) ?? new Map<string, ServedVersion>();
    groups.set(name, versions);
    for (const version of list(item, 'versions') ?? []) {
      const id = text(version, 'version');
      if (id === undefined) return undefined;
      const resources = new Map<string, readonly string[]>();
      for (const resource of list(version, 'resources') ?? []) addResource(resources, text(resource, 'resource'), resource);
      versions.set(id, { fresh: text(version, 'freshness') !== 'Stale', resources });
    }
  }
  return groups;
}

/** The versions in `/api` (an `APIVersions`) or, by group, in `/apis` (an `APIGroupList`). Undefined where it is neither. */
export function parseGroupVersions(document: unknown): ReadonlyMap<string, readonly string[]> | undefined {
  const kind = text(document, 'kind');
  if (kind === 'APIVersions') {
    const versions = list(document, 'versions');
    return versions && new Map([['', versions.filter((version) => typeof version === 'string')]]);
  }
  if (kind !== 'APIGroupList') return undefined;
  const groups = list(document, 'groups');
  if (!groups) return undefined;
  const found = new Map<string, readonly string[]>();
  for (const group of groups) {
    const name = text(group, 'name');
    if (name === undefined) return undefined;
    found.set(name, (list(group, 'versions') ?? []).map((version) => text(version, 'version')).filter((version) => version !== undefined));
  }
  return found;
}

/** The resources of one group and version (an `APIResourceList`). Undefined where it is something else. */
export function parseResources(document: unknown): ReadonlyMap<string, readonly string[]> | undefined {
  const listed = list(document, 'resources');
  if (text(document, 'kind') !== 'APIResourceList' || !listed) return undefined;
  const resources = new Map<string, readonly string[]>();
  for (const resource of listed) addResource(resources, text(resource, 'name'), resource);
  return resources;
}

function addResource(resources: Map<string, readonly string[]>, name: string | undefined, resource: unknown): void {
  if (name === undefined) return;
  resources.set(name, (list(resource, 'verbs') ?? []).filter((verb) => typeof verb === 'string'));
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function text(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === 'string' ? found : undefined;
}

function list(value: unknown, name: string): readonly unknown[] | undefined {
  const found = field(value, name);
  return Array.isArray(found) ? (found as readonly unknown[]) : undefined;
}
