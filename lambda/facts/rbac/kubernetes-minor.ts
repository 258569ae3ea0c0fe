/** 35 of `1.35`, `v1.35.4-eks-…` or `1.35+`; undefined where it is no version of Kubernetes 1. */
export function kubernetesMinor(version: string): number | undefined {
  const match = /^v?1\.(\d{1,3})(?!\d)/.exec(version);
  return match ? Number(match[1]) : undefined;
}
