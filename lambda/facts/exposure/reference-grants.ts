import { madeOnce } from '../../model/made-once.ts';
import type { CustomObject, ReferenceGrantSpec } from '../../model/policy-kinds.ts';
import { objectsOf, written } from '../as-read.ts';

const GATEWAY_GROUP = 'gateway.networking.k8s.io';

export interface Reference {
  readonly from: { readonly kind: string; readonly namespace: string };
  readonly to: { readonly kind: string; readonly namespace: string; readonly name: string };
}

/**
 * Whether a route may send to something: within its namespace always, into another one where a ReferenceGrant there says so. `unknown`: grants were not read.
 * https://gateway-api.sigs.k8s.io/api-types/referencegrant/
 */
export function referenceGrants(grants: readonly CustomObject<ReferenceGrantSpec>[] | undefined): (reference: Reference) => boolean | 'unknown' {
  const byReferrer = new Map<string, ReferenceGrantSpec[]>();
  for (const { metadata, spec } of grants ?? []) {
    for (const { group, kind, namespace } of objectsOf(spec?.from)) {
      if (group === GATEWAY_GROUP) madeOnce(byReferrer, keyOf(metadata?.namespace, kind, namespace), () => []).push(spec!);
    }
  }
  const granted = new Map<string, ReadonlySet<string>>();
  return ({ from, to }) => {
    if (from.namespace === to.namespace) return true;
    if (!grants) return 'unknown';
    const referrer = keyOf(to.namespace, from.kind, from.namespace);
    const targets = madeOnce(granted, referrer, () => targetsOf(byReferrer.get(referrer) ?? []));
    return targets.has(keyOf(to.kind)) || targets.has(keyOf(to.kind, to.name));
  };
}

function targetsOf(grants: readonly ReferenceGrantSpec[]): ReadonlySet<string> {
  return new Set(grants.flatMap(({ to }) => objectsOf(to).filter(hasOwnGroup).map(({ kind, name }) => (name === undefined || name === '' ? keyOf(kind) : keyOf(kind, name)))));
}

/** Services are of the core group, Gateways of their own. */
function hasOwnGroup({ group, kind }: { readonly group?: string; readonly kind?: string }): boolean {
  return (group ?? '') === (kind === 'Gateway' ? GATEWAY_GROUP : '');
}

function keyOf(...parts: readonly (string | undefined)[]): string {
  return JSON.stringify(parts.map((part) => written(part)));
}
