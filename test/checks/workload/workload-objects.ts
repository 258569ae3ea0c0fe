import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import type { GivenSources } from '../../snapshot-of.ts';

type PartialSpec = Omit<Partial<V1PodSpec>, 'containers'> & { readonly containers?: V1Container[] };

/** A pod spec with one container `app` that asks for nothing, with these changes. */
export function podSpec(changes: PartialSpec = {}): V1PodSpec {
  return { containers: [{ name: 'app', image: 'registry.example/app:1' }], ...changes };
}

/** As above, the changes in the container's security context. */
export function podWith(securityContext: V1Container['securityContext'], ofPod: PartialSpec = {}): V1PodSpec {
  return podSpec({ containers: [{ name: 'app', image: 'registry.example/app:1', ...(securityContext ? { securityContext } : {}) }], ...ofPod });
}

/** Deployment prod/web. */
export function deployment(spec: V1PodSpec): GivenSources {
  return { deployments: [{ metadata: { name: 'web', namespace: 'prod' }, spec: { selector: {}, template: { metadata: { labels: { app: 'web' } }, spec } } }] };
}

export const WEB = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'prod', name: 'web' } as const;

const EKS_REGISTRY = '602401143452.dkr.ecr.eu-west-1.amazonaws.com';

/** kube-system/kube-proxy as EKS makes it, with these changes in its spec. */
export function kubeProxy(changes: PartialSpec = {}, image = `${EKS_REGISTRY}/eks/kube-proxy:v1.35.0-eksbuild.1`): GivenSources {
  const spec: V1PodSpec = {
    serviceAccountName: 'kube-proxy',
    hostNetwork: true,
    containers: [
      {
        name: 'kube-proxy',
        image,
        securityContext: { privileged: true },
        volumeMounts: [
          { name: 'varlog', mountPath: '/var/log' },
          { name: 'xtables-lock', mountPath: '/run/xtables.lock' },
          { name: 'lib-modules', mountPath: '/lib/modules', readOnly: true },
        ],
      },
    ],
    volumes: [
      { name: 'varlog', hostPath: { path: '/var/log' } },
      { name: 'xtables-lock', hostPath: { path: '/run/xtables.lock', type: 'FileOrCreate' } },
      { name: 'lib-modules', hostPath: { path: '/lib/modules' } },
    ],
    ...changes,
  };
  return { daemonSets: [{ metadata: { name: 'kube-proxy', namespace: 'kube-system' }, spec: { selector: {}, template: { metadata: { labels: { 'k8s-app': 'kube-proxy' } }, spec } } }] };
}

export const KUBE_PROXY = { apiVersion: 'apps/v1', kind: 'DaemonSet', namespace: 'kube-system', name: 'kube-proxy' } as const;
