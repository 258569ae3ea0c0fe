import { containerRuntimeSocketMounted } from '../../../lambda/checks/workload/container-runtime-socket-mounted.ts';
import type { CheckCases } from '../check-cases.ts';
import { WEB, deployment, podSpec } from './workload-objects.ts';

/** One volume of the node, mounted read-only by one container. */
function mounting(path: string) {
  return podSpec({
    volumes: [{ name: 'host', hostPath: { path } }],
    containers: [{ name: 'app', volumeMounts: [{ name: 'host', mountPath: '/host', readOnly: true }] }],
  });
}

export const cases = {
  check: containerRuntimeSocketMounted,
  pass: [
    { name: 'no path of the node', sources: deployment(podSpec()) },
    { name: 'a directory beside the socket', sources: deployment(mounting('/run/containers')) },
    { name: 'a longer name', sources: deployment(mounting('/var/run/docker.socket')) },
    { name: 'a volume that no container mounts', sources: deployment(podSpec({ volumes: [{ name: 'host', hostPath: { path: '/var/run/docker.sock' } }] })) },
    { name: 'all files of the node, which is the graver fault of host-path-volume', sources: deployment(mounting('/')) },
    { name: 'the directory of the socket, for somebody who is not root there', sources: deployment({ ...mounting('/run'), securityContext: { runAsUser: 65534 } }) },
  ],
  fail: [
    {
      name: 'the socket itself, whoever the container runs as: some group was given to it',
      sources: deployment({ ...mounting('/run/docker.sock'), securityContext: { runAsUser: 65534 } }),
      findings: [{ resource: WEB, key: 'runtimeSocket/app' }],
    },
    {
      name: 'the socket of Docker, read-only, which keeps nobody from connecting',
      sources: deployment(mounting('/var/run/docker.sock')),
      findings: [
        {
          resource: WEB,
          key: 'runtimeSocket/app',
          message: "prod/web can start any container on its node: container app mounts the runtime's socket (/run/docker.sock)",
          cause: 'Deployment prod/web: runtimeSocket',
        },
      ],
    },
    ...['/run/containerd/containerd.sock', '/run/containerd', '/var/run', '/run/', '/run/crio/crio.sock', '\\\\.\\pipe\\docker_engine'].map((path) => ({
      name: `a socket, or a directory that one lies in: ${path}`,
      sources: deployment(mounting(path)),
      findings: [{ resource: WEB, key: 'runtimeSocket/app' }],
    })),
  ],
} satisfies CheckCases;
