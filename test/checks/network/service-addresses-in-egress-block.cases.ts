import { serviceAddressesInEgressBlock } from '../../../lambda/checks/network/service-addresses-in-egress-block.ts';
import { PRIVATE_EKS_CLUSTER } from '../../snapshot-of.ts';
import type { CheckCases } from '../check-cases.ts';
import { CALICO, ENFORCED, networkPolicy, policyResource } from './objects.ts';

const eksCluster = { ...PRIVATE_EKS_CLUSTER, kubernetesNetworkConfig: { serviceIpv4Cidr: '172.20.0.0/16' } };
const egress = (...blocks: { cidr: string; except?: string[] }[]) => ({ ...ENFORCED, eksCluster, networkPolicies: [networkPolicy('shop', 'out', { policyTypes: ['Egress'], egress: [{ to: blocks.map((ipBlock) => ({ ipBlock })) }] })] });
const found = { resource: policyResource('shop', 'out'), key: 'egress' };

export const cases = {
  check: serviceAddressesInEgressBlock,
  pass: [
    { name: 'all private addresses excepted', sources: egress({ cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] }) },
    { name: 'a part of the Services excepted', sources: egress({ cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '172.20.128.0/17'] }) },
    { name: 'no exceptions: nobody meant to keep the cluster out', sources: egress({ cidr: '0.0.0.0/0' }) },
    { name: 'another block', sources: egress({ cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }) },
    { name: 'under Calico', sources: { ...egress({ cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] }), vpcCniConfig: [], daemonSets: [CALICO] } },
  ],
  fail: [
    {
      name: 'the pods are excepted, the Services are not',
      sources: egress({ cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] }),
      findings: [{ ...found, message: 'NetworkPolicy shop/out excepts addresses and not those of Services, and by its source the VPC CNI lets its pods through to all of them', cause: 'NetworkPolicy shop/out: Services in an egress block' }],
    },
  ],
} satisfies CheckCases;
