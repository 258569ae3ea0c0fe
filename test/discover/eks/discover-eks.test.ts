import { afterEach, describe, expect, test } from '@jest/globals';
import { NoIdentityError } from '../../../lambda/discover/eks/accounts.ts';
import { FakeAws, type FakeAwsOptions } from '../../aws/fake/fake-aws.ts';
import { fault, said } from '../../aws/fake/call.ts';
import { denied, repeating, throttled, vanished, when, type Where } from '../../aws/fake/otherwise.ts';
import { accountsWith, arn, discover, HUB, MEMBER } from './fleet.ts';

const TWO = `accounts: ['${HUB}', '${MEMBER}']\n`;

let fakes: FakeAws[] = [];
afterEach(async () => {
  for (const fake of fakes) await fake[Symbol.asyncDispose]();
  fakes = [];
});

async function aws(options: FakeAwsOptions): Promise<FakeAws> {
  const fake = await FakeAws.start(options);
  fakes.push(fake);
  return fake;
}

describe('which clusters there are', () => {
  test('two accounts, three regions, 120 clusters, one on a page: all, each once, in the same order whoever answers first', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `c${String(index).padStart(2, '0')}`);
    const regions = { 'eu-west-1': [...names].reverse(), 'eu-central-1': names, 'us-east-1': names };
    const fake = await aws({ accounts: accountsWith({ [MEMBER]: regions, [HUB]: regions }), pageSize: 1 });
    const { targets, missed, listings, gone, uncovered } = await discover(fake, TWO);
    const sorted = [HUB, MEMBER].flatMap((account) => ['eu-central-1', 'eu-west-1', 'us-east-1'].flatMap((region) => names.map((name) => ({ account, region, name }))));
    expect(targets).toEqual(
      sorted.map(({ account, region, name }) => ({
        via: 'eks',
        label: `${account}/${region}/${name}`,
        arn: arn(account, region, name),
        account,
        region,
        name,
        ...(account === MEMBER ? { role: { arn: `arn:aws:iam::${MEMBER}:role/EksaminerMember` } } : {}),
      })),
    );
    expect({ missed, gone, uncovered }).toEqual({ missed: [], gone: [], uncovered: [] });
    expect(listings).toEqual([HUB, MEMBER].flatMap((account) => ['eu-central-1', 'eu-west-1', 'us-east-1'].map((region) => ({ account, region, result: 'listed' }))));
    // What a run costs is of interest beside that it is bounded.
    process.stderr.write(`calls for 120 clusters, one on a page: ${JSON.stringify(Object.fromEntries(fake.callsPerApi()))}\n`);
    expect(Object.fromEntries(fake.callsPerApi())).toEqual({
      'ec2:DescribeRegions': 2,
      'eks:DescribeCluster': 120,
      'eks:ListClusters': 120,
      'sts:AssumeRole': 1,
      'sts:GetCallerIdentity': 1,
    });
  });

  test('this account alone, in the regions of a list, without a role', async () => {
    const fake = await aws({ accounts: accountsWith({ [HUB]: { 'eu-west-1': ['shop'], 'us-east-1': ['shop-us'] }, [MEMBER]: { 'eu-west-1': ['blog'] } }) });
    const { targets } = await discover(fake, 'regions: [us-east-1]');
    expect(targets).toEqual([{ via: 'eks', label: 'shop-us', arn: arn(HUB, 'us-east-1', 'shop-us'), account: HUB, region: 'us-east-1', name: 'shop-us' }]);
    expect(Object.fromEntries(fake.callsPerApi())).toEqual({ 'eks:DescribeCluster': 1, 'eks:ListClusters': 1, 'sts:GetCallerIdentity': 1 });
  });

  test('another account by its role and external id, in a session that bears the run', async () => {
    const fake = await aws({ accounts: accountsWith({ [HUB]: { 'eu-west-1': [] }, [MEMBER]: { 'eu-west-1': ['shop'] } }, 'word') });
    let session: string | undefined;
    fake.otherwise.push(when('sts:AssumeRole', {}, ({ parameters }) => void (session = parameters.get('RoleSessionName'))));
    const { targets } = await discover(fake, `accounts: ['${MEMBER}']\nmemberRole: { externalId: word }`);
    expect(targets).toMatchObject([{ name: 'shop', role: { arn: `arn:aws:iam::${MEMBER}:role/EksaminerMember`, externalId: 'word' } }]);
    expect(session).toBe('eksaminer-01KAJ3XV3BM2V4N7S5T1C0R9QE');
  });

  test('patterns of names and ARNs choose, before anything is asked about a cluster', async () => {
    const fake = await aws({ accounts: accountsWith({ [HUB]: { 'eu-west-1': ['prod-a', 'prod-b', 'dev', 'prod-c-sandbox'], 'us-east-1': ['prod-a', 'stage'] } }) });
    const { targets } = await discover(fake, `clusters: { include: ['prod-*', 'arn:aws:eks:us-*:*:cluster/stage'], exclude: ['*-sandbox', 'arn:*:us-east-1:*/prod-?'] }`);
    expect(targets.map(({ label }) => label)).toEqual(['prod-a', 'prod-b', 'stage']);
    expect(fake.callsPerApi().get('eks:DescribeCluster')).toBe(3);
  });

  test('tags choose: all of them, exactly', async () => {
    const tagged = (name: string, tags: object) => ({ name, describes: { tags } });
    const fake = await aws({
      accounts: accountsWith({ [HUB]: { 'eu-west-1': [tagged('both', { audit: 'yes', team: 'a', more: '' }), tagged('one', { audit: 'yes' }), tagged('other', { audit: 'Yes', team: 'a' }), 'none'] } }),
    });
    expect((await discover(fake, 'clusters: { tags: { audit: yes, team: a } }')).targets.map(({ label }) => label)).toEqual(['both']);
  });

  test('the first vantage that fits', async () => {
    const fake = await aws({ accounts: accountsWith({ [HUB]: { 'eu-west-1': ['a-private', 'b-private', 'open'] } }) });
    const vantage = (name: string, pattern: string): string =>
      `{ name: ${name}, vpcId: vpc-01234567, availabilityZones: [eu-west-1a], subnetIds: [subnet-01234567], clusters: ['${pattern}'] }`;
    const { targets } = await discover(fake, `vantages: [${vantage('first', 'a-*')}, ${vantage('second', '*-private')}]`);
    expect(targets.map(({ name, vantage: seenFrom }) => [name, seenFrom])).toEqual([['a-private', 'first'], ['b-private', 'second'], ['open', undefined]]);
  });

  test('the same name in two places gets both places for a label, another one stays', async () => {
    const fake = await aws({ accounts: accountsWith({ [HUB]: { 'eu-west-1': ['shop', 'blog'], 'us-east-1': [{ name: 'shop', describes: { status: 'DELETING' } }] } }) });
    const { targets, missed } = await discover(fake, '{}');
    expect(targets.map(({ label }) => label)).toEqual(['blog', `${HUB}/eu-west-1/shop`]);
    expect(missed).toEqual([{ label: `${HUB}/us-east-1/shop`, cluster: arn(HUB, 'us-east-1', 'shop'), reason: 'EKS is deleting it' }]);
  });
});

describe('what cannot be looked at', () => {
  test.each([
    ['CREATING', 'EKS is still creating it; the next run looks at it'],
    ['DELETING', 'EKS is deleting it'],
    ['FAILED', 'EKS says that it failed; it has no API server that could be audited'],
    ['PENDING', 'EKS says that it is pending: it was registered, and is not connected'],
    ['UPDATING', undefined],
    ['SOMETHING_NEW', undefined],
  ])('a cluster that is %s', async (status, reason) => {
    const fake = await aws({ accounts: accountsWith({ [HUB]: { 'eu-west-1': [{ name: 'shop', describes: { status } }] } }) });
    const { targets, missed } = await discover(fake, '{}');
    expect(targets.map(({ label }) => label)).toEqual(reason === undefined ? ['shop'] : []);
    expect(missed).toEqual(reason === undefined ? [] : [{ label: 'shop', cluster: arn(HUB, 'eu-west-1', 'shop'), reason }]);
  });

  const scp = (action: string, where: Where) =>
    when(action, where, () => fault(403, 'AccessDeniedException', 'User: x is not authorized to perform: eks:ListClusters with an explicit deny in a service control policy: p-1'));

  test('a region that a policy of the organization denies, and the others are audited', async () => {
    const fake = await aws({ accounts: accountsWith({ [HUB]: { 'eu-west-1': ['shop'], 'us-east-1': ['hidden'] } }) });
    fake.otherwise.push(scp('eks:ListClusters', { region: 'us-east-1' }));
    const known = [arn(HUB, 'us-east-1', 'hidden'), arn(HUB, 'eu-west-1', 'shop')];
    const { targets, listings, missed, gone, uncovered } = await discover(fake, '{}', { known });
    expect(targets.map(({ label }) => label)).toEqual(['shop']);
    expect(listings).toEqual([
      { account: HUB, region: 'eu-west-1', result: 'listed' },
      {
        account: HUB,
        region: 'us-east-1',
        result: 'refused',
        reason: `${HUB}/us-east-1: a service control policy of the organization denies eks:ListClusters; leave it out of \`regions\` or \`accounts\` where that is meant`,
      },
    ]);
    expect({ missed, gone, uncovered }).toEqual({ missed: [], gone: [], uncovered: [] });
    expect(fake.callsPerApi().get('eks:DescribeCluster')).toBe(1);
  });

  test('an account that does not let us in: its known clusters are out of sight, in each of their regions', async () => {
    const fake = await aws({ accounts: accountsWith({ [HUB]: { 'eu-west-1': ['shop'] }, [MEMBER]: { 'eu-west-1': ['blog'] } }, 'word') });
    const known = [arn(MEMBER, 'eu-west-1', 'blog'), arn(MEMBER, 'us-east-1', 'old')];
    const { targets, listings, missed, gone, uncovered } = await discover(fake, TWO, { known });
    expect(targets.map(({ label }) => label)).toEqual(['shop']);
    const reason = `account ${MEMBER}: the role arn:aws:iam::${MEMBER}:role/EksaminerMember does not let us in; deploy the member role there, for this account as the one that may assume it (no external id is given, and its trust policy may ask for one)`;
    expect(listings).toEqual([
      { account: HUB, region: 'eu-west-1', result: 'listed' },
      { account: MEMBER, region: 'all', result: 'refused', reason },
      { account: MEMBER, region: 'eu-west-1', result: 'refused', reason },
      { account: MEMBER, region: 'us-east-1', result: 'refused', reason },
    ]);
    expect({ missed, gone, uncovered }).toEqual({ missed: [], gone: [], uncovered: [] });
    expect((await discover(fake, `${TWO}regions: [eu-west-1, eu-north-1]\nmemberRole: { externalId: wrong }`)).listings.filter(({ account }) => account === MEMBER)).toEqual(
      ['eu-north-1', 'eu-west-1'].map((region) => ({
        account: MEMBER,
        region,
        result: 'refused',
        reason: reason.replace('no external id is given, and its trust policy may ask for one', 'its trust policy must name the external id of memberRole'),
      })),
    );
  });

  test('an account that does not say which regions it has', async () => {
    const fake = await aws({ accounts: accountsWith({ [HUB]: { 'eu-west-1': ['shop'] }, [MEMBER]: { 'eu-west-1': ['blog'] } }) });
    fake.otherwise.push(denied('ec2:DescribeRegions', { account: MEMBER }));
    const { targets, listings } = await discover(fake, TWO);
    expect(targets.map(({ label }) => label)).toEqual(['shop']);
    expect(listings[1]).toEqual({ account: MEMBER, region: 'all', result: 'refused', reason: `account ${MEMBER}: ec2:DescribeRegions is not allowed (UnauthorizedOperation); give it to the role that we use there` });
  });

  test('a region that is not enabled: of a list it is asked for, of a known cluster it is said', async () => {
    const fake = await aws({ accounts: accountsWith({ [HUB]: { 'eu-west-1': ['shop'] } }) });
    const asked = await discover(fake, 'regions: [af-south-1, eu-west-1]');
    expect(asked.targets.map(({ label }) => label)).toEqual(['shop']);
    expect(asked.listings[0]).toEqual({
      account: HUB,
      region: 'af-south-1',
      result: 'refused',
      reason: `${HUB}/af-south-1: eks:ListClusters does not know our credentials (UnrecognizedClientException); the account has not enabled this region, or the credentials are no longer valid`,
    });
    const known = await discover(fake, '{}', { known: [arn(HUB, 'af-south-1', 'old')] });
    expect(known.listings[0]).toEqual({ account: HUB, region: 'af-south-1', result: 'refused', reason: `account ${HUB} has not enabled the region af-south-1` });
    expect(known.uncovered).toEqual([]);
  });

  test('a list that does not end, and one that stops in the middle: what was named is audited, and nothing is gone', async () => {
    const fake = await aws({ accounts: accountsWith({ [HUB]: { 'eu-west-1': ['a', 'b', 'c'] } }), pageSize: 1 });
    const known = [arn(HUB, 'eu-west-1', 'deleted')];
    fake.otherwise.push(repeating('eks:ListClusters'));
    const endless = await discover(fake, '{}', { known });
    expect(endless.targets.map(({ label }) => label)).toEqual(['a']);
    expect(endless.listings).toEqual([{ account: HUB, region: 'eu-west-1', result: 'refused', reason: `${HUB}/eu-west-1: eks:ListClusters gave the same page twice, and does not end` }]);
    fake.otherwise.splice(0, 1, when('eks:ListClusters', {}, ({ parameters }) => (parameters.has('nextToken') ? fault(400, 'InvalidParameterException', 'bad\u001b[2J\ntoken') : undefined)));
    const cut = await discover(fake, '{}', { known });
    expect(cut.targets.map(({ label }) => label)).toEqual(['a']);
    expect(cut.listings).toMatchObject([{ result: 'refused', reason: `${HUB}/eu-west-1: eks:ListClusters failed: InvalidParameterException: bad [2J token` }]);
    expect([...endless.gone, ...endless.uncovered, ...cut.gone, ...cut.uncovered]).toEqual([]);
  });

  test('a name that no cluster can have', async () => {
    const fake = await aws({ accounts: accountsWith({ [HUB]: { 'eu-west-1': ['a', '../../seals'] } }) });
    const { targets, listings } = await discover(fake, '{}');
    expect(targets.map(({ label }) => label)).toEqual(['a']);
    expect(listings).toMatchObject([{ result: 'refused', reason: `${HUB}/eu-west-1: eks:ListClusters named a cluster as no cluster can be called` }]);
  });

  test('a cluster about which EKS says nothing is asked again by the audit, unless its tags decide', async () => {
    const fake = await aws({ accounts: accountsWith({ [HUB]: { 'eu-west-1': ['shop'] } }) });
    fake.otherwise.push(denied('eks:DescribeCluster'));
    expect((await discover(fake, '{}')).targets.map(({ label }) => label)).toEqual(['shop']);
    const { targets, missed } = await discover(fake, 'clusters: { tags: { audit: yes } }');
    expect(targets).toEqual([]);
    expect(missed).toEqual([
      {
        label: 'shop',
        cluster: arn(HUB, 'eu-west-1', 'shop'),
        reason: `its tags decide whether it is audited, and ${HUB}/eu-west-1/shop: eks:DescribeCluster is not allowed (AccessDeniedException); give it to the role that we use there`,
      },
    ]);
  });

  test('an answer about another cluster is not believed', async () => {
    const fake = await aws({ accounts: accountsWith({ [HUB]: { 'eu-west-1': ['shop'] } }) });
    fake.otherwise.push(when('eks:DescribeCluster', {}, () => said({ cluster: { name: 'shop', arn: arn(MEMBER, 'eu-west-1', 'shop'), status: 'DELETING' } })));
    expect((await discover(fake, '{}')).targets.map(({ label }) => label)).toEqual(['shop']);
  });

  test('throttling is waited for', async () => {
    const fake = await aws({ accounts: accountsWith({ [HUB]: { 'eu-west-1': ['shop'] } }) });
    fake.otherwise.push(throttled('eks:ListClusters', 1));
    expect((await discover(fake, '{}', { maxAttempts: 2 })).targets.map(({ label }) => label)).toEqual(['shop']);
    fake.otherwise.push(throttled('eks:ListClusters', 1));
    expect((await discover(fake, '{}')).listings).toMatchObject([
      { result: 'refused', reason: `${HUB}/eu-west-1: eks:ListClusters was throttled on every try (ThrottlingException); the next run asks again` },
    ]);
  });

  test('without an identity there is nothing to discover', async () => {
    const fake = await aws({ accounts: accountsWith({ [HUB]: { 'eu-west-1': [] } }) });
    const nobody = discover(fake, '{}', { credentials: { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' } });
    await expect(nobody).rejects.toThrow(NoIdentityError);
    await expect(nobody).rejects.toThrow('AWS: sts:GetCallerIdentity does not know our credentials (InvalidClientTokenId); the account has not enabled this region, or the credentials are no longer valid');
  });
});

describe('clusters of the record that no list named', () => {
  const ACCOUNTS = accountsWith({ [HUB]: { 'eu-west-1': ['shop', 'sandbox', { name: 'tagged', describes: { tags: { audit: 'yes' } } }], 'us-east-1': [] } });
  const shop = arn(HUB, 'eu-west-1', 'shop');
  const sandbox = arn(HUB, 'eu-west-1', 'sandbox');
  const deleted = arn(HUB, 'us-east-1', 'deleted');

  test('one that EKS does not know is gone, one that is excluded is not covered, and nobody asks about those of other accounts and regions', async () => {
    const fake = await aws({ accounts: ACCOUNTS });
    const elsewhere = [arn(MEMBER, 'eu-west-1', 'other'), arn(HUB, 'eu-north-1', 'north'), 'uid:0', 'name:x'];
    const { targets, missed, gone, uncovered } = await discover(fake, 'regions: [eu-west-1, us-east-1]\nclusters: { exclude: [sandbox, deleted] }', { known: [deleted, shop, sandbox, deleted, ...elsewhere] });
    expect(targets.map(({ label }) => label)).toEqual(['shop', 'tagged']);
    expect({ missed, gone, uncovered }).toEqual({ missed: [], gone: [deleted], uncovered: [sandbox] });
    expect(fake.callsPerApi().get('eks:DescribeCluster')).toBe(3);
  });

  test('one whose tags do not fit any more is not covered', async () => {
    const fake = await aws({ accounts: ACCOUNTS });
    const { targets, uncovered } = await discover(fake, 'clusters: { tags: { audit: yes } }', { known: [shop, sandbox] });
    expect(targets.map(({ label }) => label)).toEqual(['tagged']);
    expect(uncovered).toEqual([sandbox, shop]);
  });

  test('one that a list forgot is audited all the same; one that EKS says nothing of is missed', async () => {
    const fake = await aws({ accounts: ACCOUNTS });
    fake.otherwise.push(when('eks:ListClusters', {}, () => said({ clusters: [] })));
    expect((await discover(fake, '{}', { known: [shop] })).targets.map(({ label }) => label)).toEqual(['shop']);
    fake.otherwise.push(denied('eks:DescribeCluster'));
    const { targets, missed, gone } = await discover(fake, '{}', { known: [shop] });
    expect({ targets, gone }).toEqual({ targets: [], gone: [] });
    expect(missed).toEqual([
      { label: 'shop', cluster: shop, reason: `no list named it, and ${HUB}/eu-west-1/shop: eks:DescribeCluster is not allowed (AccessDeniedException); give it to the role that we use there` },
    ]);
  });

  test('one that was deleted between the list and the question is gone', async () => {
    const fake = await aws({ accounts: ACCOUNTS });
    fake.otherwise.push(vanished('eks:DescribeCluster', { cluster: 'shop' }));
    const { targets, missed, gone } = await discover(fake, '{}', { known: [shop] });
    expect(targets.map(({ label }) => label)).toEqual(['sandbox', 'tagged']);
    expect({ missed, gone }).toEqual({ missed: [], gone: [shop] });
  });
});

describe('a run of some clusters', () => {
  test('asks about these alone', async () => {
    const fake = await aws({ accounts: accountsWith({ [HUB]: { 'eu-west-1': ['shop', 'blog'] }, [MEMBER]: { 'eu-west-1': ['shop'] } }) });
    const only = [arn(MEMBER, 'eu-west-1', 'shop'), arn(HUB, 'eu-west-1', 'shop'), arn(HUB, 'eu-west-1', 'shop')];
    const { targets, missed, listings, gone, uncovered } = await discover(fake, TWO, { only });
    expect(targets.map(({ label, role }) => [label, role?.arn])).toEqual([[`${HUB}/eu-west-1/shop`, undefined], [`${MEMBER}/eu-west-1/shop`, `arn:aws:iam::${MEMBER}:role/EksaminerMember`]]);
    expect({ missed, gone, uncovered }).toEqual({ missed: [], gone: [], uncovered: [] });
    expect(listings).toEqual([HUB, MEMBER].map((account) => ({ account, region: 'eu-west-1', result: 'not-asked' })));
    expect(Object.fromEntries(fake.callsPerApi())).toEqual({ 'eks:DescribeCluster': 2, 'sts:AssumeRole': 1, 'sts:GetCallerIdentity': 1 });
  });

  test('says what it cannot look at, and what the configuration leaves out', async () => {
    const fake = await aws({ accounts: accountsWith({ [HUB]: { 'eu-west-1': ['sandbox', { name: 'untagged', describes: { tags: { audit: 'no' } } }] }, [MEMBER]: { 'eu-west-1': ['shop'] } }, 'word') });
    const only = [
      arn(HUB, 'eu-west-1', 'absent'),
      arn(HUB, 'eu-west-1', 'sandbox'),
      arn(HUB, 'eu-west-1', 'untagged'),
      arn(HUB, 'us-east-1', 'far'),
      arn('999999999999', 'eu-west-1', 'other'),
      arn(MEMBER, 'eu-west-1', 'shop'),
      arn(HUB, 'eu-west-1', 'shop').replace('arn:aws:', 'arn:aws-cn:'),
      'shop',
    ];
    const { targets, missed, uncovered, gone } = await discover(fake, `${TWO}regions: [eu-west-1]\nclusters: { exclude: [sandbox], tags: { audit: yes } }`, { only, known: only });
    expect({ targets, gone }).toEqual({ targets: [], gone: [] });
    expect(missed).toEqual([
      { label: 'absent', cluster: arn(HUB, 'eu-west-1', 'absent'), reason: 'EKS says that it does not exist; the next run of all clusters closes what is open there' },
      { label: 'shop', cluster: arn(MEMBER, 'eu-west-1', 'shop'), reason: expect.stringMatching(/^account 444455556666: the role \S+ does not let us in; /) },
      { label: only[6], reason: 'it is in another partition than aws, in which this runs' },
      { label: '"shop"', reason: '"shop" is not the ARN of an EKS cluster' },
    ]);
    expect(uncovered).toEqual([arn(HUB, 'eu-west-1', 'sandbox'), arn(HUB, 'eu-west-1', 'untagged'), arn('999999999999', 'eu-west-1', 'other'), arn(HUB, 'us-east-1', 'far')].sort());
  });
});
