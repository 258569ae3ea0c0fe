import { add, kubectl, type Cluster } from '../cluster.ts';
import { account, container, daemonSet, deployment, hostPath, service } from '../declare.ts';
import { binding, role } from '../rights.ts';
import { namespace } from '../system-objects.ts';

const WRITTEN = kubectl('2022-10-14T09:30:00Z');

/** Ways from a container to its node. */
export function addEscapes(cluster: Cluster): void {
  add(cluster, WRITTEN, namespace('iis'), namespace('ops'));
  addSiloscape(cluster);
  addBuilders(cluster);
  addDebuggers(cluster);
}

/**
 * Siloscape, 2021: a web server in a Windows container runs as ContainerAdministrator, reaches its node through a symbolic link of the
 * server silo, and finds a token that may create deployments.
 */
function addSiloscape(cluster: Cluster): void {
  add(
    cluster,
    WRITTEN,
    account('iis/intranet'),
    deployment('iis/intranet', {
      image: 'mcr.microsoft.com/windows/servercore/iis:windowsservercore-ltsc2022',
      name: 'iis',
      account: 'intranet',
      replicas: 2,
      ports: { http: 80 },
      pod: {
        nodeSelector: { 'kubernetes.io/os': 'windows' },
        securityContext: { windowsOptions: { runAsUserName: 'ContainerAdministrator' } },
        tolerations: [{ effect: 'NoSchedule', key: 'os', operator: 'Equal', value: 'windows' }],
      },
    }),
    service('iis/intranet', { http: 80 }, { type: 'LoadBalancer' }),
    role('intranet-scaler', ['apps deployments', 'get,list,create,update,patch']),
    binding('intranet-scaler', 'ClusterRole intranet-scaler', 'ServiceAccount iis/intranet'),
    daemonSet('iis/node-tuner', {
      image: 'mcr.microsoft.com/windows/nanoserver:ltsc2022',
      name: 'tuner',
      pod: {
        hostNetwork: true,
        nodeSelector: { 'kubernetes.io/os': 'windows' },
        securityContext: { windowsOptions: { hostProcess: true, runAsUserName: 'NT AUTHORITY\\SYSTEM' } },
        tolerations: [{ operator: 'Exists' }],
      },
    }),
  );
}

function addBuilders(cluster: Cluster): void {
  add(
    cluster,
    WRITTEN,
    deployment('ops/image-builder', {
      image: 'docker.io/library/docker:20.10',
      name: 'builder',
      securityContext: { privileged: true },
      mounts: { socket: '/var/run/docker.sock' },
      pod: { volumes: [hostPath('socket', '/var/run/docker.sock', 'Socket')] },
    }),
    deployment('ops/containerd-shell', {
      image: 'docker.io/library/alpine:3.12',
      name: 'shell',
      mounts: { run: '/run/containerd' },
      pod: { volumes: [hostPath('run', '/run/containerd', 'Directory')] },
    }),
  );
}

function addDebuggers(cluster: Cluster): void {
  add(
    cluster,
    WRITTEN,
    daemonSet('ops/node-shell', {
      image: 'docker.io/library/ubuntu:20.04',
      name: 'shell',
      command: ['nsenter', '--target', '1', '--mount', 'sleep', 'infinity'],
      securityContext: { privileged: true },
      mounts: { root: '/host' },
      pod: { hostIPC: true, hostNetwork: true, hostPID: true, tolerations: [{ operator: 'Exists' }], volumes: [hostPath('root', '/', 'Directory')] },
    }),
    deployment('ops/tracer', {
      image: 'docker.io/library/debian:11',
      name: 'tracer',
      securityContext: { capabilities: { add: ['SYS_ADMIN', 'SYS_PTRACE', 'NET_ADMIN'] }, seccompProfile: { type: 'Unconfined' } },
      pod: { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '65536' }] }, shareProcessNamespace: true },
      sidecars: [container({ image: 'docker.io/library/nginx:1.21', name: 'upload' })],
    }),
    deployment('ops/metrics-relay', {
      image: 'docker.io/library/haproxy:2.2',
      name: 'relay',
      ports: { http: 8080 },
      pod: { hostNetwork: true },
    }),
  );
}
