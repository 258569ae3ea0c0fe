import { expect, test } from '@jest/globals';
import { ConfigurationError } from '../../lambda/configuration/configuration-error.ts';
import { parseConfiguration } from '../../lambda/configuration/parse-configuration.ts';

/** The lines of the error, without the file's name. */
function faultsOf(text: string): readonly string[] {
  try {
    parseConfiguration(text, 'eksaminer.yaml');
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.message.split('\n').map((line) => line.replace(/^eksaminer\.yaml:/, ''));
  }
  return [];
}

test('all faults at once, each with its place and what is expected, in the order of the file', () => {
  const text = `acounts: [1]
accounts: [12345, [a], '111122223333', 111122223333]
regions: eu-west-1
clusters: { include: [], exclude: prod, tags: { a: [1], b: } }
schedule: { every: 100h, dialy: 6 }
routes:
  - name: X
    severity: urgent
    email: a@b.c
    slak: {}
  - name: a
  - name: a
vantages: [{ name: b, vpcId: vpc-0123456789abcdef0, availabilityZones: [eu-west-1a], subnetIds: [] }, 3, { vpcId: x }]
concurrency: 4000
endpoints: { suffixes: [.com, x], addresses: [300.0.0.0/8] }
encryption:
breakGlassRole: arn:x
operations: [1]
memberRole: { name: path/Role, externalId: 'a b' }
`;
  expect(faultsOf(text)).toEqual([
    '1:1 "acounts" is no setting; did you mean accounts?',
    '2:12 accounts[0]: "12345" is not a 12-digit account id',
    '2:19 accounts[1]: a list stands where a 12-digit account id is expected',
    '2:40 accounts[3]: "111122223333": this account is there already, at [2]',
    '3:10 regions: "eu-west-1" stands where all, or a list such as [eu-west-1] is expected',
    '4:22 clusters.include: is empty, so that no cluster would be audited',
    `4:35 clusters.exclude: "prod" stands where a list is expected, such as ['*-sandbox']`,
    '4:52 clusters.tags.a: a list stands where the value of a tag is expected',
    '5:20 schedule.every: 100h is more than 84 hours; the alarm that watches for missed runs looks back seven days at most, and has to see two intervals',
    '5:26 schedule: "dialy" is no setting; did you mean daily?',
    '7:11 routes[0].name: "X" is not a name (a small letter, then up to 31 small letters, digits and -, not ending with -chat, as the Slack half of a route does)',
    '8:15 routes[0].severity: "urgent" is none of critical, high, medium, low, info',
    '9:12 routes[0].email: "a@b.c" stands where a list is expected, such as [security@example.com]',
    '10:5 routes[0]: "slak" is no setting; did you mean slack?',
    '12:11 routes[2].name: "a": a route of this name is there already, at [1]',
    '13:72 vantages[0].availabilityZones: has not as many entries as subnetIds; name the zone of each subnet, in the same order',
    '13:97 vantages[0].subnetIds: is empty; a function runs in a subnet',
    '13:103 vantages[1]: "3" stands where a mapping of name, vpcId, availabilityZones, subnetIds, securityGroupIds, clusters is expected',
    '13:106 vantages[2].name: is missing',
    '13:106 vantages[2].availabilityZones: is missing',
    '13:106 vantages[2].subnetIds: is missing',
    '13:115 vantages[2].vpcId: "x" is not the id of a VPC',
    '14:14 concurrency: "4000" is not a whole number from 1 to 1000',
    '15:25 endpoints.suffixes[0]: ".com" is not the end of a host name such as .eks.example.internal (a dot first, two parts or more)',
    '15:31 endpoints.suffixes[1]: "x" is not the end of a host name such as .eks.example.internal (a dot first, two parts or more)',
    '15:47 endpoints.addresses[0]: "300.0.0.0/8" is not a CIDR block such as 10.0.0.0/16',
    '16:12 encryption: nothing is none of aws, customer',
    '17:17 breakGlassRole: "arn:x" is not the ARN of a role',
    '18:13 operations: a list stands where a mapping of email is expected',
    '19:21 memberRole.name: "path/Role" is not the name of a role (its last part, without a path)',
    '19:44 memberRole.externalId: "a b" is not an external id (2 to 1224 letters, digits and + = , . @ : / _ -)',
  ]);
});

const SETTINGS = 'accounts, memberRole, regions, clusters, schedule, routes, operations, concurrency, vantages, endpoints, encryption, breakGlassRole';

test.each<[string, string, readonly string[]]>([
  ['an empty file', '', ['1:1 is empty; the least that a configuration says is `accounts: self`']],
  ['a file of comments', '# nothing\n\n', ['1:1 is empty; the least that a configuration says is `accounts: self`']],
  ['a list', '- accounts', [`1:1 a list stands where a mapping of ${SETTINGS} is expected`]],
  ['a word', 'self', [`1:1 "self" stands where a mapping of ${SETTINGS} is expected`]],
  ['a tab', 'clusters:\n\tinclude: [a]', ['2:1 a tab stands in the indentation; YAML takes spaces alone']],
  ['a key twice', 'accounts: self\nregions: all\naccounts: self', ['3:1 this key stands twice in the same mapping']],
  ['two documents', 'accounts: self\n---\nregions: all', ['2:1 a second document begins here; a configuration is one']],
  ['a quote that does not end', 'accounts: "self\n', ['2:1 not YAML: Missing closing "quote']],
  ['a list that does not end', 'accounts: [', ['1:12 not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]']],
  ['a tag', 'concurrency: !!int 3', ['1:14 not YAML: Unresolved tag: tag:yaml.org,2002:int']],
  ['a list as a key', '? [accounts]\n: self', ['1:3 a list or mapping stands in the place of a key']],
  ['names that JavaScript knows', '__proto__: {}\nconstructor: {}', [`1:1 "__proto__" is no setting; there are ${SETTINGS}`, `2:1 "constructor" is no setting; there are ${SETTINGS}`]],
  ['control characters', '"\\e[2J": 1', [`1:1 "\\u001b[2J" is no setting; there are ${SETTINGS}`]],
  ['a long value', `encryption: ${'x'.repeat(500)}`, [`1:13 encryption: "${'x'.repeat(60)}…" is none of aws, customer`]],
  ['no account', 'accounts: []', ['1:11 accounts: is empty; name an account, or write self']],
  ['a route that is called as the Slack half of another', 'routes: [{ name: a-chat, severity: high }]', ['1:18 routes[0].name: "a-chat" is not a name (a small letter, then up to 31 small letters, digits and -, not ending with -chat, as the Slack half of a route does)']],
  ['no region', 'regions: []', ['1:10 regions: is empty; name a region, or write all']],
  ['a tag without a key', 'clusters: { tags: { "": a } }', ['1:21 clusters.tags."": nothing is not the key of a tag']],
])('%s', (_name, text, faults) => {
  expect(faultsOf(text)).toEqual(faults);
});

test('what stands for more than it is, is not unfolded', () => {
  const levels = 'abcdefghij'.split('').map((name, index, names) => `${name}: &${name} [${Array<string>(9).fill(index === 0 ? 'x' : `*${names[index - 1]}`).join(', ')}]`);
  const faults = faultsOf(levels.join('\n'));
  expect(faults).toHaveLength(51);
  expect(faults[0]).toBe('2:8 *a refers to another place of the file; write the value itself');
  expect(faults.at(-1)).toBe(' and 31 more');
  expect(faultsOf('accounts: &self [*self]')).toEqual(['1:18 *self refers to another place of the file; write the value itself']);
  expect(faultsOf(`accounts: ${'['.repeat(100)}${']'.repeat(100)}`)).toEqual(['1:31 is nested more than 20 levels deep']);
  expect(faultsOf(`accounts: ${'['.repeat(100_000)}`)).toContainEqual(expect.stringMatching(/^1:\d+ is nested more than 20 levels deep$/));
});

test('a huge file is not read', () => {
  expect(faultsOf(`accounts: self\n${'# comment\n'.repeat(1024 ** 2)}`)).toEqual(['1:1 is 10,241 KB long; a configuration has at most 256']);
});

test('a text stays the text that it is', () => {
  const { clusters, memberRole } = parseConfiguration('memberRole: { externalId: 0123 }\nclusters: { tags: { audited: yes, team: 007, ratio: 1e3, none: null } }', 'eksaminer.yaml');
  expect(memberRole.externalId).toBe('0123');
  expect(clusters.tags).toEqual({ audited: 'yes', team: '007', ratio: '1e3', none: 'null' });
});

test('the error holds its faults as values too', () => {
  expect.assertions(1);
  try {
    parseConfiguration('accounts: [1]', 'there/eksaminer.yaml');
  } catch (error) {
    expect(error).toMatchObject({ file: 'there/eksaminer.yaml', faults: [{ line: 1, column: 12, path: 'accounts[0]', message: '"1" is not a 12-digit account id' }] });
  }
});
