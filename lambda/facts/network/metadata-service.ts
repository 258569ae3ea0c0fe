import { parseAddress, type Address, type Family } from '../cidr/address-block.ts';
import { includes, type AddressSet } from '../cidr/address-set.ts';

/** Addresses of the EC2 instance metadata service, IPv4 and IPv6. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html */
export const METADATA_ADDRESSES: readonly string[] = ['169.254.169.254', 'fd00:ec2::254'];
export const METADATA_PORT = 80;

const PARSED: readonly Address[] = METADATA_ADDRESSES.flatMap((address) => parseAddress(address) ?? []);

/** One of its addresses that pods of a family reach: those with IPv6 go out by IPv4, too. https://docs.aws.amazon.com/eks/latest/userguide/cni-ipv6.html */
export function includesMetadataService(set: AddressSet, pods: Family): boolean {
  return PARSED.some((address) => (address.family === 'IPv4' || pods === 'IPv6') && includes(set, address));
}
