import type { V1Pod } from '@kubernetes/client-node';
import { textOf } from '../as-read.ts';
import type { Family } from '../cidr/address-block.ts';
import { defineFact } from '../define-fact.ts';
import { POD_ADDRESS_FIELDS } from './typical-addresses.ts';

/** The family that addresses of pods are of: EKS gives all the same. IPv4 where none is known, as in most clusters. https://docs.aws.amazon.com/eks/latest/userguide/cni-ipv6.html */
export const podFamily = defineFact({
  name: 'podFamily',
  revision: 1,
  wants: ['pods'],
  // Who needs this needs workloads, of which it is said already that pods were not read.
  eases: ['pods'],
  fields: { pods: POD_ADDRESS_FIELDS },
  derive: ({ pods }): Family => (pods.ok && !pods.value.some(isIn('IPv4')) && pods.value.some(isIn('IPv6')) ? 'IPv6' : 'IPv4'),
});

function isIn(family: Family): (pod: V1Pod) => boolean {
  return ({ spec, status }) => {
    const address = spec?.hostNetwork === true ? undefined : textOf(status?.podIP);
    return address !== undefined && address.includes(':') === (family === 'IPv6');
  };
}
