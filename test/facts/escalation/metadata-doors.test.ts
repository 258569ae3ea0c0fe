import { expect, test } from '@jest/globals';
import { metadataDoors, type MetadataDoor } from '../../../lambda/facts/escalation/metadata-doors.ts';
import { collected, refused } from '../../../lambda/model/collected.ts';
import type { EksNodegroup, LaunchTemplateVersion } from '../../../lambda/model/eks.ts';

const REFUSED = refused('forbidden', 'may not list');

function group(amiType: string, version?: string): EksNodegroup {
  return { nodegroupName: amiType, amiType, ...(version === undefined ? {} : { launchTemplate: { id: 'lt-1', version } }) };
}

function template(VersionNumber: number, MetadataOptions?: object): LaunchTemplateVersion {
  return { LaunchTemplateId: 'lt-1', VersionNumber, LaunchTemplateData: MetadataOptions ? { MetadataOptions } : {} };
}

function doorsOf(groups: readonly EksNodegroup[] | undefined, templates: readonly LaunchTemplateVersion[] | undefined = [], labels: readonly (Record<string, string> | undefined)[] = []): readonly (readonly [string, MetadataDoor])[] {
  const nodes = labels.map((each, index) => ({ metadata: { name: `n${index}`, ...(each ? { labels: each } : {}) } }));
  return [...metadataDoors({ eksNodegroups: groups ? collected(groups) : REFUSED, ec2LaunchTemplateVersions: templates ? collected(templates) : REFUSED, nodes: collected(nodes) })];
}

test.each([
  ['AL2023 as EKS makes it', [group('AL2023_x86_64_STANDARD')], 'closed'],
  ['AL2 as EKS made it', [group('AL2_x86_64')], 'open'],
  ['Bottlerocket, of which EKS does not say it', [group('BOTTLEROCKET_x86_64')], { unclear: 'eksNodegroups' }],
  ['a hop limit of 2', [group('AL2023_x86_64_STANDARD', '2')], 'open'],
  ['a hop limit of 1 with tokens', [group('AL2_x86_64', '3')], 'closed'],
  ['a hop limit of 1 without', [group('AL2_x86_64', '4')], 'open'],
  ['tokens alone', [group('AL2_x86_64', '5')], { unclear: 'ec2LaunchTemplateVersions' }],
  ['no options', [group('CUSTOM', '6')], { unclear: 'ec2LaunchTemplateVersions' }],
  ['no service', [group('CUSTOM', '7')], 'off'],
  ['a version that was not read', [group('CUSTOM', '8')], { unclear: 'ec2LaunchTemplateVersions' }],
  ['options of wrong types', [group('CUSTOM', '9')], { unclear: 'ec2LaunchTemplateVersions' }],
  ['several: one that is open', [group('CUSTOM', '7'), group('CUSTOM', '3'), group('CUSTOM', '6'), group('CUSTOM', '2')], 'open'],
  ['several: one that is not known', [group('CUSTOM', '6'), group('CUSTOM', '3')], { unclear: 'ec2LaunchTemplateVersions' }],
  ['several: one with the service', [group('CUSTOM', '3'), group('CUSTOM', '7')], 'closed'],
] as const)('%s', (_, groups, door) => {
  const templates = [
    template(2, { HttpTokens: 'required', HttpPutResponseHopLimit: 2 }),
    template(3, { HttpTokens: 'required', HttpPutResponseHopLimit: 1 }),
    template(4, { HttpTokens: 'optional', HttpPutResponseHopLimit: 1 }),
    template(5, { HttpTokens: 'required' }),
    template(6),
    template(7, { HttpEndpoint: 'disabled', HttpPutResponseHopLimit: 2 }),
    template(9, { HttpTokens: 7, HttpPutResponseHopLimit: '2' }),
  ];
  expect(doorsOf(groups, templates)).toEqual([['linux', door]]);
});

test('by operating system, and nodes that no group says anything of', () => {
  expect(doorsOf([group('WINDOWS_CORE_2022_x86_64'), group('AL2023_x86_64_STANDARD')], [], [{ 'eks.amazonaws.com/nodegroup': 'x' }, { 'eks.amazonaws.com/compute-type': 'auto' }])).toEqual([
    ['windows', { unclear: 'eksNodegroups' }],
    ['linux', 'closed'],
  ]);
  expect(doorsOf([group('AL2023_x86_64_STANDARD')], [], [undefined])).toEqual([['linux', { unclear: 'nodes' }]]);
  expect(doorsOf([], [], [{ 'kubernetes.io/os': 'windows' }])).toEqual([['windows', { unclear: 'nodes' }]]);
});

test('what was not read', () => {
  expect(doorsOf(undefined)).toEqual([
    ['linux', { unclear: 'eksNodegroups' }],
    ['windows', { unclear: 'eksNodegroups' }],
  ]);
  expect(doorsOf([group('CUSTOM', '3')], undefined)).toEqual([['linux', { unclear: 'ec2LaunchTemplateVersions' }]]);
});
