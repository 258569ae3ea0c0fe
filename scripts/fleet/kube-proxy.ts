import { kubeObject, type KubeObject } from './kube-object.ts';

const LABELS = { 'eks.amazonaws.com/component': 'kube-proxy', 'k8s-app': 'kube-proxy' };

/** kube-proxy as EKS runs it; the shape of its pod template is that of a live cluster, written down as facts. */
export function kubeProxyObjects(region: string): KubeObject[] {
  const account = kubeObject('v1', 'ServiceAccount', 'kube-system/kube-proxy', {}, { labels: LABELS });
  const daemonSet = kubeObject('apps/v1', 'DaemonSet', 'kube-system/kube-proxy', {
    spec: {
      selector: { matchLabels: { 'k8s-app': 'kube-proxy' } },
      template: { metadata: { labels: { 'k8s-app': 'kube-proxy' } }, spec: podSpec(region) },
      updateStrategy: { rollingUpdate: { maxUnavailable: '10%' }, type: 'RollingUpdate' },
    },
  }, { labels: LABELS });
  return [account, daemonSet];
}

function podSpec(region: string): Record<string, unknown> {
  return {
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] },
                { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64', 'arm64'] },
                { key: 'eks.amazonaws.com/compute-type', operator: 'NotIn', values: ['fargate', 'auto'] },
              ],
            },
          ],
        },
      },
    },
    containers: [
      {
        command: ['kube-proxy', '--v=2', '--config=/var/lib/kube-proxy-config/config', '--hostname-override=$(NODE_NAME)'],
        env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'spec.nodeName' } } }],
        image: `602401143452.dkr.ecr.${region}.amazonaws.com/eks/kube-proxy:v1.35.2-minimal-eksbuild.4`,
        name: 'kube-proxy',
        resources: { requests: { cpu: '100m' } },
        securityContext: { privileged: true },
        volumeMounts: [
          { mountPath: '/var/log', name: 'varlog' },
          { mountPath: '/run/xtables.lock', name: 'xtables-lock' },
          { mountPath: '/lib/modules', name: 'lib-modules', readOnly: true },
          { mountPath: '/var/lib/kube-proxy/', name: 'kubeconfig' },
          { mountPath: '/var/lib/kube-proxy-config/', name: 'config' },
        ],
      },
    ],
    hostNetwork: true,
    priorityClassName: 'system-node-critical',
    serviceAccountName: 'kube-proxy',
    tolerations: [{ operator: 'Exists' }],
    volumes: [
      { hostPath: { path: '/var/log', type: '' }, name: 'varlog' },
      { hostPath: { path: '/run/xtables.lock', type: 'FileOrCreate' }, name: 'xtables-lock' },
      { hostPath: { path: '/lib/modules', type: '' }, name: 'lib-modules' },
      { configMap: { defaultMode: 420, name: 'kube-proxy' }, name: 'kubeconfig' },
      { configMap: { defaultMode: 420, name: 'kube-proxy-config' }, name: 'config' },
    ],
  };
}
