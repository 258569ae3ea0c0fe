import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { compareText } from '../../model/compare-text.ts';
import { clientSettings, type AwsAccess } from './aws-access.ts';

/** The regions that an account has enabled, sorted. Errors are those of EC2. */
export async function enabledRegions(access: AwsAccess): Promise<readonly string[]> {
  const ec2 = new EC2Client(clientSettings(access, access.homeRegion));
  const { Regions = [] } = await ec2.send(new DescribeRegionsCommand({ AllRegions: false }));
  return [...new Set(Regions.flatMap(({ RegionName }) => RegionName ?? []))].sort(compareText);
}
