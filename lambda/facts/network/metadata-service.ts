import { includesAddress } from '../cidr/address-set.ts';
import { inDecidingOrder } from './tier-order.ts';
import type { TierPolicy, TierRule } from './tier-policies.ts';

/** Addresses of the EC2 instance metadata service, IPv4 and IPv6. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html */
export const METADATA_ADDRESSES: readonly string[] = ['169.254.169.254', 'fd00:ec2::254'];
export const METADATA_PORT = 80;

/**
 * What a tier says of a pod's traffic to the metadata service: the first rule that covers it decides; Pass and silence leave it to the
 * NetworkPolicies and the tier below. `unclear` where an unknown action covers it.
 */
export function tierOnMetadataService(policies: readonly TierPolicy[]): 'accept' | 'deny' | 'silent' | 'unclear' {
  for (const { rule } of inDecidingOrder(policies, 'egress')) {
    if (coversMetadataService(rule)) return rule.action === 'pass' ? 'silent' : rule.action;
  }
  return 'silent';
}

function coversMetadataService({ networks, allPorts, ports }: TierRule): boolean {
  // The IPv4 address alone: a pod with IPv6 only cannot be kept from the other by half, and nobody writes one without the other in earnest.
  if (!includesAddress(networks, METADATA_ADDRESSES[0]!)) return false;
  return allPorts || ports.some(({ protocol, first, last }) => protocol === 'TCP' && first <= METADATA_PORT && METADATA_PORT <= last);
}
