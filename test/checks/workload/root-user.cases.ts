import { rootUser } from '../../../lambda/checks/workload/root-user.ts';
import type { CheckCases } from '../check-cases.ts';
import { WEB, deployment, kubeProxy, podSpec, podWith } from './workload-objects.ts';

export const cases = {
  check: rootUser,
  pass: [
    { name: 'another user for the pod', sources: deployment(podSpec({ securityContext: { runAsUser: 1000 } })) },
    { name: 'not root, whoever the image says', sources: deployment(podSpec({ securityContext: { runAsNonRoot: true } })) },
    { name: 'a container that says otherwise than its pod', sources: deployment(podWith({ runAsUser: 1000 }, { securityContext: { runAsUser: 0 } })) },
    { name: 'a user namespace, where root is nobody on the node', sources: deployment(podWith({ runAsUser: 0 }, { hostUsers: false })) },
    { name: 'Windows has no root', sources: deployment(podSpec({ os: { name: 'windows' } })) },
    { name: 'kube-proxy as EKS makes it', sources: kubeProxy() },
  ],
  fail: [
    {
      name: 'left to the image',
      sources: deployment(podSpec()),
      findings: [
        {
          resource: WEB,
          key: 'rootUser/app',
          message: 'prod/web may run as root: container app leaves its user to the image',
          cause: 'Containers that leave their user to the image',
        },
      ],
    },
    {
      name: 'asked for',
      sources: deployment(podWith({ runAsUser: 0 })),
      findings: [{ resource: WEB, key: 'rootUser/app', severity: 'medium', message: 'prod/web runs as root: container app asks for user 0', cause: 'Containers that ask for user 0' }],
    },
    {
      name: 'a container that takes back what the pod says',
      sources: deployment(podWith({ runAsNonRoot: false }, { securityContext: { runAsNonRoot: true } })),
      findings: [{ resource: WEB, key: 'rootUser/app' }],
    },
    {
      name: 'an init container that the pod says nothing for',
      sources: deployment(podWith({ runAsNonRoot: true }, { initContainers: [{ name: 'setup' }] })),
      findings: [{ resource: WEB, key: 'rootUser/setup' }],
    },
  ],
} satisfies CheckCases;
