import type { V1DaemonSet } from '@kubernetes/client-node';

/** Whether a node selector of the owner's, beyond operating system and architecture, may keep a DaemonSet off some nodes or all of them. */
export function isKeptOffNodes({ spec }: V1DaemonSet): boolean {
  return Object.keys(spec?.template?.spec?.nodeSelector ?? {}).some((key) => key !== 'kubernetes.io/os' && key !== 'kubernetes.io/arch');
}
