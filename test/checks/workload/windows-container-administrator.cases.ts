import { windowsContainerAdministrator } from '../../../lambda/checks/workload/windows-container-administrator.ts';
import type { CheckCases } from '../check-cases.ts';
import { WEB, deployment, podSpec, podWith } from './workload-objects.ts';

export const cases = {
  check: windowsContainerAdministrator,
  pass: [
    { name: 'Linux', sources: deployment(podSpec()) },
    { name: 'Linux by selector, with a user of Windows', sources: deployment(podSpec({ nodeSelector: { 'kubernetes.io/os': 'linux' }, securityContext: { windowsOptions: { runAsUserName: 'ContainerAdministrator' } } })) },
    { name: 'a user without rights, for the pod', sources: deployment(podSpec({ os: { name: 'windows' }, securityContext: { windowsOptions: { runAsUserName: 'ContainerUser' } } })) },
    {
      name: 'a container that takes back what the pod says',
      sources: deployment(
        podWith({ windowsOptions: { runAsUserName: 'ContainerUser' } }, { os: { name: 'windows' }, securityContext: { windowsOptions: { runAsUserName: 'ContainerAdministrator' } } }),
      ),
    },
    { name: 'HostProcess is more than that and told as that', sources: deployment(podSpec({ os: { name: 'windows' }, securityContext: { windowsOptions: { hostProcess: true } } })) },
  ],
  fail: [
    {
      name: 'asked for, in any case',
      sources: deployment(podWith({ windowsOptions: { runAsUserName: 'containeradministrator' } }, { nodeSelector: { 'kubernetes.io/os': 'windows' } })),
      findings: [
        {
          resource: WEB,
          key: 'administrator/app',
          severity: 'high',
          message: 'prod/web is one step from its Windows node: container app runs as containeradministrator',
        },
      ],
    },
    {
      name: 'left to the image',
      sources: deployment(podSpec({ os: { name: 'windows' } })),
      findings: [
        {
          resource: WEB,
          key: 'administrator/app',
          message: "prod/web is one step from its Windows node: container app names no user, and its image's is usually ContainerAdministrator",
        },
      ],
    },
    {
      name: 'Windows by required affinity',
      sources: deployment(
        podSpec({
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/os', operator: 'In', values: ['windows'] }] }],
              },
            },
          },
        }),
      ),
      findings: [{ resource: WEB, key: 'administrator/app' }],
    },
  ],
} satisfies CheckCases;
