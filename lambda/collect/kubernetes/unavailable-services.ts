import { KINDS, type KindDefinition } from '../../model/kinds.ts';
import { compileFields } from '../fields/field-tree.ts';
import type { HttpReader } from './http-reader.ts';
import { listKind } from './list.ts';
import type { UnavailableService } from './served-kind.ts';
import { serverText } from './server-text.ts';

const TREE = compileFields(['metadata.name', 'spec.group', 'spec.version', 'spec.service.name', 'status.conditions[type=Available].status', 'status.conditions[type=Available].message']);

interface ApiService {
  readonly spec?: { readonly group?: unknown; readonly version?: unknown; readonly service?: unknown };
  readonly status?: { readonly conditions?: readonly { readonly type?: unknown; readonly status?: unknown; readonly message?: unknown }[] };
}

/**
 * The groups whose backend the API server itself cannot reach. Undefined where APIServices may not be listed: then what discovery calls stale, and the
 * 503 of each list, must do.
 */
export async function unavailableServices(http: HttpReader): Promise<readonly UnavailableService[] | undefined> {
  const kind: KindDefinition = KINDS.apiServices;
  const answer = await listKind(http, { kind, version: kind.versions[0]!, treeFor: () => TREE });
  if (!answer.ok) return undefined;
  const down: UnavailableService[] = [];
  for (const { spec, status } of answer.value as readonly ApiService[]) {
    // One without a service is served by the API server itself.
    if (!spec?.service || typeof spec.group !== 'string' || typeof spec.version !== 'string') continue;
    const available = Array.isArray(status?.conditions) ? status.conditions.find((condition) => condition.type === 'Available') : undefined;
    if (available?.status === 'True') continue;
    const why = typeof available?.message === 'string' ? serverText(available.message) : 'it has not said that it is available';
    down.push({ group: spec.group, version: spec.version, why });
  }
  return down;
}
