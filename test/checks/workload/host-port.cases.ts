import { hostPort } from '../../../lambda/checks/workload/host-port.ts';
import type { CheckCases } from '../check-cases.ts';
import { WEB, deployment, podSpec } from './workload-objects.ts';

export const cases = {
  check: hostPort,
  pass: [
    { name: 'container ports alone', sources: deployment(podSpec({ containers: [{ name: 'app', ports: [{ containerPort: 8080 }] }] })) },
    { name: '0 is no port', sources: deployment(podSpec({ containers: [{ name: 'app', ports: [{ containerPort: 8080, hostPort: 0 }] }] })) },
    {
      name: 'in the network of the node every port is one of the node',
      sources: deployment(podSpec({ hostNetwork: true, containers: [{ name: 'app', ports: [{ containerPort: 8080, hostPort: 8080 }] }] })),
    },
  ],
  fail: [
    {
      name: 'two ports of one container are one finding',
      sources: deployment(
        podSpec({
          containers: [
            { name: 'app', ports: [{ containerPort: 8443, hostPort: 443 }, { containerPort: 8080, hostPort: 80 }, { containerPort: 8080, hostPort: 80, protocol: 'UDP' }] },
            { name: 'log', ports: [{ containerPort: 9000 }] },
          ],
        }),
      ),
      findings: [{ resource: WEB, key: 'hostPort/app', message: 'prod/web opens ports 443, 80 on the address of its node: container app asks for hostPort' }],
    },
    {
      name: 'an init container that keeps running',
      sources: deployment(podSpec({ initContainers: [{ name: 'proxy', restartPolicy: 'Always', ports: [{ containerPort: 15001, hostPort: 15001 }] }] })),
      findings: [{ resource: WEB, key: 'hostPort/proxy', message: 'prod/web opens port 15001 on the address of its node: container proxy asks for hostPort' }],
    },
  ],
} satisfies CheckCases;
