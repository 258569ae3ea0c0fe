/** What the names of hosts end with in a partition: those of the older endpoints, and those that answer over IPv6 too. */
export interface PartitionHosts {
  readonly dnsSuffix: string;
  readonly dualStackSuffix: string;
}

/** https://docs.aws.amazon.com/general/latest/gr/rande.html, and the partitions that the SDKs ship. */
const HOSTS: ReadonlyMap<string, PartitionHosts> = new Map([
  ['aws', { dnsSuffix: 'amazonaws.com', dualStackSuffix: 'api.aws' }],
  ['aws-cn', { dnsSuffix: 'amazonaws.com.cn', dualStackSuffix: 'api.amazonwebservices.com.cn' }],
  ['aws-us-gov', { dnsSuffix: 'amazonaws.com', dualStackSuffix: 'api.aws' }],
  ['aws-iso', { dnsSuffix: 'c2s.ic.gov', dualStackSuffix: 'api.aws.ic.gov' }],
  ['aws-iso-b', { dnsSuffix: 'sc2s.sgov.gov', dualStackSuffix: 'api.aws.scloud' }],
  ['aws-iso-e', { dnsSuffix: 'cloud.adc-e.uk', dualStackSuffix: 'api.cloud-aws.adc-e.uk' }],
  ['aws-iso-f', { dnsSuffix: 'csp.hci.ic.gov', dualStackSuffix: 'api.aws.hci.ic.gov' }],
  ['aws-eusc', { dnsSuffix: 'amazonaws.eu', dualStackSuffix: 'api.amazonwebservices.eu' }],
]);

/** The partition that an ARN names. */
export function partitionOf(arn: string): string {
  return arn.split(':')[1] ?? '';
}

/** Undefined: a partition that this version does not know. */
export function hostsOf(partition: string): PartitionHosts | undefined {
  return HOSTS.get(partition);
}
