import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FakeAws } from '../aws/fake/fake-aws.ts';
import { denied } from '../aws/fake/otherwise.ts';
import { accountsWith, HUB } from '../discover/eks/fleet.ts';
import { inTemporaryDirectory, type Ran } from './run-cli.ts';
import { runHere } from './run-here.ts';

interface AuditDocument {
  readonly clusters: readonly { readonly cluster: string; readonly outcomes: readonly { readonly check: string; readonly outcome: string }[] }[];
  readonly missed: unknown;
}

const OPEN = { name: 'shop', describes: { version: '1.36', endpoint: 'https://127.0.0.1:1', resourcesVpcConfig: { endpointPublicAccess: true, endpointPrivateAccess: true, publicAccessCidrs: ['0.0.0.0/0'] } } };

/** The clients of AWS are large, and the first test loads them. */
const LONG = 60_000;

let fake: FakeAws;
beforeAll(async () => {
  fake = await FakeAws.start({ accounts: accountsWith({ [HUB]: { 'eu-west-1': [{ name: 'new', describes: { status: 'CREATING' } }], 'us-east-1': [], 'eu-north-1': ['hidden'], 'sa-east-1': [OPEN] } }) });
  fake.otherwise.push(denied('eks:ListClusters', { region: 'eu-north-1' }));
});
afterAll(() => fake[Symbol.asyncDispose]());

/** As on a laptop whose AWS is the fake: keys in the environment, no default region. The SDK reads the environment of the process. */
function auditEks(args: readonly string[], given: Readonly<Record<string, string>> = {}, files: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return inTemporaryDirectory(async (directory) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
    const before = process.env;
    const keys = 'credentials' in files ? {} : { AWS_ACCESS_KEY_ID: HUB, AWS_SECRET_ACCESS_KEY: 'fake' };
    const shared = { AWS_CONFIG_FILE: join(directory, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(directory, 'credentials') };
    const env = { HOME: directory, AWS_ENDPOINT_URL: fake.url, AWS_EC2_METADATA_DISABLED: 'true', ...shared, ...keys, ...given };
    process.env = env;
    try {
      return await runHere(['audit', '--eks', '--store', join(directory, 'store'), ...args], env);
    } finally {
      process.env = before;
    }
  });
}

describe('audit --eks', () => {
  test('what cannot be looked at is a reason for 2', async () => {
    const { code, stdout, stderr } = await auditEks(['--region', 'all', '--output', 'json', '--quiet']);
    expect(code).toBe(2);
    const reason = 'EKS is still creating it; the next run looks at it';
    const refused = 'eks:ListClusters is not allowed (AccessDeniedException); give it to the role that we use there';
    expect((JSON.parse(stdout) as AuditDocument).missed).toEqual([
      { label: 'new', cluster: `arn:aws:eks:eu-west-1:${HUB}:cluster/new`, reason },
      { label: `${HUB}/eu-north-1`, reason: refused },
    ]);
    expect(stderr.trim().split('\n')).toEqual([
      `eksaminer: could not tell: new was not audited: ${reason}`,
      `eksaminer: could not tell: ${HUB}/eu-north-1 was not audited: ${refused}`,
    ]);
  }, LONG);

  /** Its API server cannot prove who it is, so that no token goes there; what EKS itself says of it is judged all the same. */
  test('reads each cluster through EKS', async () => {
    const { code, stdout, stderr } = await auditEks(['--region', 'sa-east-1', '--output', 'json', '--quiet']);
    const { clusters, missed } = JSON.parse(stdout) as AuditDocument;
    expect({ code, missed, stderr }).toEqual({ code: 0, missed: [], stderr: '' });
    expect(clusters.map(({ cluster }) => cluster)).toEqual([`arn:aws:eks:sa-east-1:${HUB}:cluster/shop`]);
    const outcomes = new Map(clusters[0]!.outcomes.map((row) => [row.check, row]));
    expect(outcomes.get('api-endpoint-open-to-internet')).toMatchObject({ outcome: 'fail' });
    expect(outcomes.get('privileged-container')).toMatchObject({ outcome: 'not-evaluated', reason: expect.stringContaining('EKS gives no certificate authority of the cluster') });
  });

  test('says which regions have no cluster', async () => {
    const some = await auditEks(['--region', 'eu-west-1', 'us-east-1']);
    expect(some.stderr).toContain(`eksaminer: account ${HUB} has no EKS cluster in us-east-1\n`);
    expect(some.stdout).toMatch(/^new /);
    const none = await auditEks(['--region', 'us-east-1']);
    expect(none).toMatchObject({ code: 2, stdout: '', stderr: `eksaminer: account ${HUB} has no EKS cluster in us-east-1; name other regions with --region, or all of them with --region all\n` });
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['AWS_REGION', { AWS_REGION: 'us-east-1' }],
    ['AWS_DEFAULT_REGION, which the SDK does not know', { AWS_DEFAULT_REGION: 'us-east-1' }],
  ])('takes the default region of %s', async (_name, env) => {
    expect((await auditEks([], env)).stderr).toContain('no EKS cluster in us-east-1; ');
  });

  test('takes keys and region of a profile, before those of the environment', async () => {
    const files = { config: '[profile team]\nregion = us-east-1\n', credentials: `[team]\naws_access_key_id = ${HUB}\naws_secret_access_key = x\n` };
    expect((await auditEks(['--profile', 'team'], { AWS_ACCESS_KEY_ID: 'AKIAOTHER', AWS_SECRET_ACCESS_KEY: 'x' }, files)).stderr).toBe(
      `eksaminer: account ${HUB} has no EKS cluster in us-east-1; name other regions with --region, or all of them with --region all\n`,
    );
  });

  test.each<[string, readonly string[], Readonly<Record<string, string>>, Readonly<Record<string, string>>, string]>([
    ['no region', [], {}, {}, 'no region is set; name one with --region, set AWS_REGION, or take --region all'],
    ['no credentials', [], {}, { credentials: '' }, 'there are no AWS credentials here; sign in (aws sso login, or aws configure), or name a profile with --profile'],
    ['a profile that is not there', ['--profile', 'nope'], {}, {}, 'the profile "nope" is not in ~/.aws/config or ~/.aws/credentials, or has no credentials; aws configure list-profiles shows those that there are'],
    [
      'a session of single sign-on that is over',
      ['--profile', 'sso'],
      {},
      { config: `[profile sso]\nsso_session = s\nsso_account_id = ${HUB}\nsso_role_name = R\nregion = eu-west-1\n[sso-session s]\nsso_region = eu-west-1\nsso_start_url = https://example.awsapps.com/start\n` },
      'the SSO session is over, or there was none; sign in with: aws sso login --profile sso',
    ],
    ['keys that AWS does not know', ['--region', 'eu-west-1'], { AWS_ACCESS_KEY_ID: 'AKIAOTHER' }, {}, 'AWS does not know these credentials (InvalidClientTokenId); sign in again, or name a profile with --profile'],
  ])('%s', async (_name, args, env, files, message) => {
    expect(await auditEks(args, env, files)).toMatchObject({ code: 2, stdout: '', stderr: `eksaminer: ${message}\n` });
  });

  test.each<[readonly string[], string]>([
    [['--eks', '--context', 'a'], '--context and --eks cannot be given together: each says which clusters to audit'],
    [['--eks', '--from', 'a'], '--from and --eks cannot be given together: each says which clusters to audit'],
    [['--eks', '--kubeconfig', 'a'], '--kubeconfig has no meaning with --eks: EKS says where its clusters are'],
    [['--region', 'eu-west-1'], '--region says where EKS is asked for clusters; give it with --eks'],
    [['--profile', 'a'], '--profile says who asks EKS for clusters; give it with --eks'],
    [['--eks', '--region', 'Ireland'], '--region: "Ireland" is not a region such as eu-west-1'],
    [['--eks', '--region', 'all', 'eu-west-1'], '--region all and a region cannot be given together: all has it already'],
  ])('%j is refused', async (args, message) => {
    expect(await runHere(['audit', ...args])).toMatchObject({ code: 2, stdout: '', stderr: `eksaminer: ${message}\n` });
  });
});
