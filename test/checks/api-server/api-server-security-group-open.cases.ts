import { apiServerSecurityGroupOpen } from '../../../lambda/checks/api-server/api-server-security-group-open.ts';
import type { SecurityGroup } from '../../../lambda/model/eks.ts';
import type { CheckCases } from '../check-cases.ts';
import { CLUSTER, inVpc } from './eks-cluster.ts';

const eksCluster = inVpc({ clusterSecurityGroupId: 'sg-1', securityGroupIds: ['sg-2'] });
type Rule = NonNullable<SecurityGroup['IpPermissions']>[number];
const tcp = (from: number, to: number, ...cidrs: string[]): Rule => ({ IpProtocol: 'tcp', FromPort: from, ToPort: to, IpRanges: cidrs.map((CidrIp) => ({ CidrIp })) });
const groups = (first: Rule[], second: Rule[] = []) => ({
  eksCluster,
  ec2SecurityGroups: [
    { GroupId: 'sg-2', IpPermissions: second },
    { GroupId: 'sg-1', IpPermissions: first },
    { GroupId: 'sg-not-ours', IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] },
  ],
});

export const cases = {
  check: apiServerSecurityGroupOpen,
  pass: [
    { name: 'rules that admit groups only', sources: groups([{ IpProtocol: '-1' }]) },
    { name: 'the VPC', sources: groups([tcp(443, 443, '10.0.0.0/16')]) },
    { name: 'everywhere, on a port that nothing of the control plane uses', sources: groups([tcp(80, 80, '0.0.0.0/0')]) },
    { name: 'everywhere, by UDP', sources: groups([{ IpProtocol: 'udp', FromPort: 0, ToPort: 65535, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]) },
  ],
  fail: [
    {
      name: '443 from everywhere',
      sources: groups([tcp(443, 443, '0.0.0.0/0')]),
      findings: [
        {
          resource: CLUSTER,
          key: 'sg-1',
          message: 'Security group sg-1 of the control plane admits port 443 from everywhere',
          cause: 'security group of the control plane open to everybody',
        },
      ],
    },
    {
      name: 'in two rules that each look harmless, over a range of ports',
      sources: groups([], [tcp(1, 65535, '0.0.0.0/1'), tcp(10250, 10250, '128.0.0.0/1')]),
      findings: [{ resource: CLUSTER, key: 'sg-2', message: 'Security group sg-2 of the control plane admits port 443 and 10250 from everywhere' }],
    },
    {
      name: 'everything, by IPv6',
      sources: groups([{ IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] }]),
      findings: [{ resource: CLUSTER, key: 'sg-1', message: 'Security group sg-1 of the control plane admits everything from everywhere' }],
    },
    {
      name: 'both groups',
      sources: groups([tcp(10250, 10250, '0.0.0.0/0')], [{ IpProtocol: '6', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]),
      findings: [
        { resource: CLUSTER, key: 'sg-1' },
        { resource: CLUSTER, key: 'sg-2' },
      ],
    },
  ],
} satisfies CheckCases;
