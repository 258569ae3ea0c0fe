import { fault, said, type Call, type Said } from './call.ts';
import type { FakeAccount } from './fake-data.ts';

/** Makes keys for a session and remembers whose they are. */
export type Issue = (account: string, arn: string) => { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string };

/** AssumeRole, with ExternalId, and who am I. */
export function sts(operation: string, call: Call, accounts: Readonly<Record<string, FakeAccount>>, issue: Issue): Said {
  const { caller, parameters } = call;
  if (operation === 'GetCallerIdentity') return said({ Arn: caller.arn, UserId: 'AIDAFAKE', Account: caller.account });
  if (operation !== 'AssumeRole') return fault(400, 'InvalidAction', `Could not find operation ${operation}`);
  const arn = parameters.get('RoleArn')!;
  const [, account, path] = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(.+)$/.exec(arn) ?? [];
  const name = path?.slice(path.lastIndexOf('/') + 1);
  const role = accounts[account ?? '']?.roles?.find((each) => each.name === name);
  const trusted = role?.assumedBy?.includes(caller.account) === true && (role.externalId === undefined || role.externalId === parameters.get('ExternalId'));
  if (!trusted) return fault(403, 'AccessDenied', `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`);
  const session = `arn:aws:sts::${account}:assumed-role/${name}/${parameters.get('RoleSessionName')}`;
  const { accessKeyId, secretAccessKey, sessionToken } = issue(account!, session);
  return said({
    Credentials: { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken, Expiration: '2126-01-01T00:00:00Z' },
    AssumedRoleUser: { AssumedRoleId: `AROAFAKE:${parameters.get('RoleSessionName')}`, Arn: session },
  });
}
