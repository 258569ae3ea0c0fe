import { unsafeSysctls } from '../../../lambda/checks/workload/unsafe-sysctls.ts';
import type { CheckCases } from '../check-cases.ts';
import { WEB, deployment, podSpec } from './workload-objects.ts';

export const cases = {
  check: unsafeSysctls,
  pass: [
    { name: 'none', sources: deployment(podSpec({ securityContext: { sysctls: [] } })) },
    { name: 'safe ones', sources: deployment(podSpec({ securityContext: { sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }, { name: 'net.ipv4.tcp_rmem', value: '4096' }] } })) },
  ],
  fail: [
    {
      name: 'one beside a safe one',
      sources: deployment(podSpec({ securityContext: { sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }, { name: 'kernel.msgmax', value: '1' }] } })),
      findings: [{ resource: WEB, key: 'sysctl kernel.msgmax', message: 'prod/web changes kernel parameters of its node: sysctl kernel.msgmax is not a safe one' }],
    },
    {
      name: 'a safe one in another spelling',
      sources: deployment(podSpec({ securityContext: { sysctls: [{ name: 'net/ipv4/tcp_syncookies', value: '1' }] } })),
      findings: [{ resource: WEB, key: 'sysctl net/ipv4/tcp_syncookies' }],
    },
  ],
} satisfies CheckCases;
