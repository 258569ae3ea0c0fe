import type { Unread } from '../../model/derived.ts';
import { unsaid } from '../unsaid.ts';

/** 35 of `1.35`, `v1.35.4-eks-…` or `1.35+`; undefined where it is no version of Kubernetes 1. */
export function kubernetesMinor(version: string): number | undefined {
  const match = /^v?1\.(\d{1,3})(?!\d)/.exec(version);
  return match ? Number(match[1]) : undefined;
}

/** For a check whose answer depends on it: nothing where the version is understood. */
export function unknownVersion(version: string): readonly Unread[] {
  return kubernetesMinor(version) === undefined ? [unsaid('kubernetesVersion', `"${version}" is no version of Kubernetes that is known`)] : [];
}
