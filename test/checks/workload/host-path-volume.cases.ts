import { hostPathVolume } from '../../../lambda/checks/workload/host-path-volume.ts';
import type { CheckCases } from '../check-cases.ts';
import { KUBE_PROXY, WEB, deployment, kubeProxy, podSpec } from './workload-objects.ts';

/** One volume of the node, mounted by one container. */
function mounting(path: string, readOnly: boolean) {
  return podSpec({
    volumes: [{ name: 'host', hostPath: { path } }],
    containers: [{ name: 'app', volumeMounts: [{ name: 'host', mountPath: '/host', readOnly }] }],
  });
}

const NORMAL = new Map([
  ['/etc/kubernetes/', '/etc/kubernetes'],
  ['/var//lib/kubelet/pods', '/var/lib/kubelet/pods'],
  ['/data/../root', '/root'],
]);

export const cases = {
  check: hostPathVolume,
  pass: [
    { name: 'other volumes', sources: deployment(podSpec({ volumes: [{ name: 'work', emptyDir: {} }, { name: 'config', configMap: { name: 'web' } }] })) },
    { name: 'kube-proxy as EKS makes it', sources: kubeProxy() },
    { name: "a runtime's socket, which is a fault of its own", sources: deployment(mounting('/var/run/docker.sock', false)) },
  ],
  fail: [
    {
      name: 'a path that may be written to',
      sources: deployment(mounting('/data/web', false)),
      findings: [
        {
          resource: WEB,
          key: 'hostPath /data/web',
          severity: 'critical',
          message: 'prod/web can change /data/web of its node',
          cause: 'Deployment prod/web: hostPath',
        },
      ],
    },
    {
      name: 'a path that is read, and is nobody\'s secret',
      sources: deployment(mounting('/data/web', true)),
      findings: [{ resource: WEB, key: 'hostPath /data/web', message: 'prod/web can read /data/web of its node' }],
    },
    {
      name: 'certificates of authorities, which many programs read',
      sources: deployment(mounting('/etc/ssl/certs/ca-bundle.crt', true)),
      findings: [{ resource: WEB, key: 'hostPath /etc/ssl/certs/ca-bundle.crt' }],
    },
    {
      name: 'a volume that no container mounts',
      sources: deployment(podSpec({ volumes: [{ name: 'host', hostPath: { path: '/' } }] })),
      findings: [{ resource: WEB, key: 'hostPath /', message: 'prod/web names, without mounting it, / of its node' }],
    },
    ...['/', '/etc', '/etc/kubernetes/', '/var', '/var//lib/kubelet/pods', '/proc', '/sys/kernel', '/root/.ssh', '/dev', '/data/../root'].map((path) => ({
      name: `a sensitive path that is only read: ${path}`,
      sources: deployment(mounting(path, true)),
      findings: [{ resource: WEB, key: `hostPath ${NORMAL.get(path) ?? path}`, severity: 'critical' as const }],
    })),
    {
      name: 'a path of Windows, in whatever case and slashes',
      sources: deployment(mounting('C:\\Windows\\System32\\Config', true)),
      findings: [{ resource: WEB, key: 'hostPath c:/windows/system32/config', severity: 'critical' }],
    },
    {
      name: 'two volumes of one path in two spellings are one, as bad as the worse',
      sources: deployment(
        podSpec({
          volumes: [
            { name: 'a', hostPath: { path: '/var/run/app' } },
            { name: 'b', hostPath: { path: '/run/app/' } },
          ],
          containers: [
            { name: 'one', volumeMounts: [{ name: 'a', mountPath: '/a', readOnly: true }] },
            { name: 'two', volumeMounts: [{ name: 'b', mountPath: '/b' }] },
          ],
        }),
      ),
      findings: [{ resource: WEB, key: 'hostPath /run/app', severity: 'critical', message: 'prod/web can change /run/app of its node' }],
    },
    {
      name: 'what lies in a path that the same container holds as fully is no fault more; what it may write there is',
      sources: deployment(
        podSpec({
          volumes: ['/', '/proc', '/sys'].map((path) => ({ name: `at${path.replace('/', '-')}`, hostPath: { path } })),
          containers: [
            {
              name: 'app',
              volumeMounts: [
                { name: 'at-', mountPath: '/host', readOnly: true },
                { name: 'at-proc', mountPath: '/host/proc', readOnly: true },
                { name: 'at-sys', mountPath: '/host/sys' },
              ],
            },
          ],
        }),
      ),
      findings: [
        { resource: WEB, key: 'hostPath /', severity: 'critical' },
        { resource: WEB, key: 'hostPath /sys', severity: 'critical', message: 'prod/web can change /sys of its node' },
      ],
    },
    {
      name: 'kube-proxy with one path more',
      sources: kubeProxy({ volumes: [{ name: 'lib-modules', hostPath: { path: '/opt/secrets' } }] }),
      findings: [{ resource: KUBE_PROXY, key: 'hostPath /opt/secrets' }],
    },
    {
      name: 'kube-proxy that may write where it only reads',
      sources: kubeProxy({
        containers: [
          {
            name: 'kube-proxy',
            image: '602401143452.dkr.ecr.eu-west-1.amazonaws.com/eks/kube-proxy:v1.35.0-eksbuild.1',
            volumeMounts: [{ name: 'lib-modules', mountPath: '/lib/modules' }],
          },
        ],
      }),
      findings: [{ resource: KUBE_PROXY, key: 'hostPath /lib/modules', severity: 'critical' }],
    },
  ],
} satisfies CheckCases;
