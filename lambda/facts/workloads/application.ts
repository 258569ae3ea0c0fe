import type { Sources } from '../../model/sources.ts';
import { objectsOf, pairsOf } from '../as-read.ts';
import type { Workload } from './workload.ts';

/** Labels that say of what release, or of what larger whole, something is a part. https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
const WHOLES = ['app.kubernetes.io/instance', 'app.kubernetes.io/part-of'] as const;
/** What things are called that say neither; two releases of one chart have the same name. */
const NAMES = ['app.kubernetes.io/name', 'app', 'k8s-app'] as const;

/** Fields of an object that are read here, for those who declare what they read. */
export const APPLICATION_FIELDS: readonly string[] = [...WHOLES, ...NAMES].map((label) => `metadata.labels["${label}"]`);

/** The applications that something with these labels may be said to be of, as `label=value`. */
export function applicationsOf(labels: Readonly<Record<string, unknown>>): readonly string[] {
  const wholes = said(labels, WHOLES);
  return wholes.length > 0 ? wholes : said(labels, NAMES);
}

/** The same of a workload: it is one itself, and one that Kubernetes, EKS or an add-on makes is of that too. */
export function applicationsOfWorkload({ resource: { kind, name }, labels, component }: Workload): readonly string[] {
  return [...applicationsOf(labels), ...(component === undefined ? [] : [`component=${component}`]), `${kind}=${name}`];
}

/**
 * Whether all of these things are of one application: there is a name that each of them has. One thing more can make it false and never true, so what was not read cannot have joined the
 * rest. Linear in all names.
 */
export function areOneApplication(things: readonly (readonly string[])[]): boolean {
  const [first = [], ...others] = things;
  let common = first;
  for (const names of others) {
    const these = new Set(names);
    common = common.filter((name) => these.has(name));
  }
  return things.length < 2 || common.length > 0;
}

/** Without Jobs and pods that no known controller made: these come and go, and what is said of those that share something must not. */
export function standing(workloads: readonly Workload[]): readonly Workload[] {
  return workloads.filter(({ source }) => source !== 'jobs' && source !== 'pods');
}

/** By `namespace/name` of every account that is there what its own labels, and those of all standing workloads that run as it, say. */
export function applicationsOfAccounts(accounts: Sources['serviceAccounts'], workloads: readonly Workload[]): ReadonlyMap<string, readonly string[]> {
  const ofWorkloads = Map.groupBy(standing(workloads), ({ resource, serviceAccount }) => `${resource.namespace}/${serviceAccount}`);
  return new Map(
    objectsOf(accounts).map(({ metadata }) => {
      const place = `${metadata?.namespace}/${metadata?.name}`;
      return [place, [...applicationsOf(pairsOf(metadata?.labels)), ...(ofWorkloads.get(place) ?? []).flatMap(applicationsOfWorkload)]];
    }),
  );
}

function said(labels: Readonly<Record<string, unknown>>, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => {
    const value = Object.hasOwn(labels, name) ? labels[name] : undefined;
    return typeof value === 'string' && value !== '' ? [`${name}=${value}`] : [];
  });
}
