import { fault, page, said, type Call, type Said } from './call.ts';
import type { FakeRegion, Fields } from './fake-data.ts';

interface Described {
  readonly field: string;
  readonly of: (here: FakeRegion) => readonly Fields[] | undefined;
  /** Parameter that asks by id, the field that holds it, and the error for one that does not exist. */
  readonly id: string;
  readonly missing: string;
}

const DESCRIBED: Readonly<Record<string, Described>> = {
  DescribeSecurityGroups: { field: 'SecurityGroups', of: ({ securityGroups }) => securityGroups, id: 'GroupId', missing: 'InvalidGroup.NotFound' },
  DescribeSubnets: { field: 'Subnets', of: ({ subnets }) => subnets, id: 'SubnetId', missing: 'InvalidSubnetID.NotFound' },
  DescribeRouteTables: { field: 'RouteTables', of: ({ routeTables }) => routeTables, id: 'RouteTableId', missing: 'InvalidRouteTableID.NotFound' },
};

/** Filters of EC2 that this fake knows, by the field they look at. */
const FILTERS: Readonly<Record<string, string>> = { 'vpc-id': 'VpcId', 'group-id': 'GroupId', 'subnet-id': 'SubnetId' };

/** The part of EC2's query API that an audit reads. An unknown filter is an error here: ignored, it would let a test pass that proves nothing. */
export function ec2(operation: string, call: Call): Said {
  if (operation === 'DescribeRegions') return regions(call);
  if (operation === 'DescribeLaunchTemplateVersions') return launchTemplateVersions(call);
  const described = DESCRIBED[operation];
  if (!described) return fault(400, 'InvalidAction', `The action ${operation} is not valid for this web service.`);
  let things = described.of(call.here) ?? [];
  const ids = numbered(call, described.id);
  if (ids.length > 0) {
    if (call.parameters.has('MaxResults')) return fault(400, 'InvalidParameterCombination', 'The parameter MaxResults cannot be used with a list of ids');
    const unknown = ids.find((id) => !things.some((thing) => thing[described.id] === id));
    if (unknown !== undefined) return fault(400, described.missing, `The id '${unknown}' does not exist`);
    things = things.filter((thing) => ids.includes(String(thing[described.id])));
  }
  for (let n = 1; call.parameters.has(`Filter.${n}.Name`); n++) {
    const name = call.parameters.get(`Filter.${n}.Name`)!;
    const field = FILTERS[name];
    if (field === undefined) return fault(400, 'InvalidParameterValue', `The filter '${name}' is invalid`);
    const values = numbered(call, `Filter.${n}.Value`);
    things = things.filter((thing) => values.includes(String(thing[field])));
  }
  return listed(call, described.field, things);
}

function regions(call: Call): Said {
  return said({ Regions: Object.keys(call.data.regions).map((RegionName) => ({ RegionName, Endpoint: `ec2.${RegionName}.amazonaws.com`, OptInStatus: 'opt-in-not-required' })) });
}

function launchTemplateVersions(call: Call): Said {
  const id = call.parameters.get('LaunchTemplateId');
  const versions = numbered(call, 'LaunchTemplateVersion');
  const all = call.here.launchTemplateVersions ?? [];
  const template = all.filter(({ LaunchTemplateId }) => LaunchTemplateId === id);
  if (template.length === 0) return fault(400, 'InvalidLaunchTemplateId.NotFound', `The specified launch template, with template ID ${id}, does not exist.`);
  const asked = template.filter(({ VersionNumber }) => versions.length === 0 || versions.includes(String(VersionNumber)));
  if (asked.length < versions.length) return fault(400, 'InvalidLaunchTemplateId.VersionNotFound', `Could not find launch template version`);
  return listed(call, 'LaunchTemplateVersions', asked);
}

function listed(call: Call, field: string, all: readonly Fields[]): Said {
  const { items, next } = page(call, all, call.parameters.get('NextToken'), call.parameters.get('MaxResults'));
  return said({ [field]: items, ...(next === undefined ? {} : { NextToken: next }) });
}

function numbered({ parameters }: Call, name: string): readonly string[] {
  const values: string[] = [];
  for (let n = 1; parameters.has(`${name}.${n}`); n++) values.push(parameters.get(`${name}.${n}`)!);
  return values;
}
