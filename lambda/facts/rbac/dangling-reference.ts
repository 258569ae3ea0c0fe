import type { SourceName } from '../../model/sources.ts';
import type { ResourceRef } from '../../model/violation.ts';
import type { Binding } from './bindings.ts';

/** A binding that names something that does not exist: whoever makes that thing gets the rights, or hands them out. */
export interface DanglingReference {
  readonly binding: ResourceRef;
  /** `RoleBinding shop/ops`. */
  readonly bindingText: string;
  /** `ClusterRole gone`, `ServiceAccount shop/gone`. */
  readonly missing: string;
  /** What the binding connects it to: the subjects of a missing role, the role of a missing subject; sorted. */
  readonly connects: readonly string[];
  readonly restsOn: readonly SourceName[];
}

export function danglingReference(binding: Binding, missing: string, connects: readonly string[], sources: readonly SourceName[]): DanglingReference {
  return { binding: binding.resource, bindingText: binding.text, missing, connects: [...connects].sort(), restsOn: [binding.source, ...sources] };
}
