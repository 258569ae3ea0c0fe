import type { AwsAuthMap } from '../../lambda/facts/identity/aws-auth/aws-auth-map.ts';
import { canonicalArn } from '../../lambda/facts/identity/aws-auth/canonical-arn.ts';
import { indexAwsAuth, mapCaller, type Caller, type CallerMapping, type MappedIdentity } from '../../lambda/facts/identity/aws-auth/map-caller.ts';
import { readAwsAuth } from '../../lambda/facts/identity/aws-auth/read-aws-auth.ts';
import type { JudgedVerdict } from './vector-kind.ts';

interface JudgedCaller extends Caller {
  readonly type: string;
  readonly canonical: string;
  readonly mapped: boolean;
  readonly username?: string;
  readonly groups?: readonly string[];
  readonly anyOf?: readonly MappedIdentity[];
  readonly reason?: string;
}

export interface AwsAuthVector {
  readonly seed: number;
  readonly data: Readonly<Record<string, string>>;
  readonly parse: { readonly error?: string; readonly roles: readonly object[]; readonly users: readonly object[]; readonly accounts: readonly string[] };
  readonly callers: readonly JudgedCaller[];
}

/** `odd`: seeds of ConfigMaps of which a reader may say that it cannot know. */
export function* judgeAwsAuth({ seed, data, parse, callers }: AwsAuthVector, odd: ReadonlySet<number>): Iterable<JudgedVerdict> {
  const map = readAwsAuth(data);
  const unreadable = odd.has(seed) && map.unreadable.size > 0;
  yield judged(unreadable ? 'aws-auth said to be unreadable' : 'aws-auth', `seed ${seed}`, kept(parse), unreadable ? kept(parse) : readAs(map));
  const index = indexAwsAuth(map);
  for (const caller of callers) {
    const of = `seed ${seed}, ${caller.arn} ${caller.userId}`;
    const canonical = canonicalArn(caller.arn);
    yield judged('canonical ARN', of, `${caller.type} ${caller.canonical}`, `${canonical?.type ?? 'none'} ${canonical?.arn ?? ''}`);
    const got = mapCaller(index, caller);
    const unknown = odd.has(seed) && got.outcome === 'unknown';
    yield judged(unknown ? 'caller said to be unknown' : 'caller', of, expected(caller), unknown ? expected(caller) : told(got));
  }
}

function judged(kind: string, of: string, wanted: unknown, got: unknown): JudgedVerdict {
  return { kind, case: of, expected: JSON.stringify(wanted), got: JSON.stringify(got) };
}

function kept({ error, roles, users, accounts }: AwsAuthVector['parse']): unknown {
  return { error: error !== undefined, roles: roles.map(sorted), users: users.map(sorted), accounts };
}

function readAs({ roles, users, accounts, faults, unreadable }: AwsAuthMap): unknown {
  const written = ({ entry: _, ...mapping }: { readonly entry: number }): unknown => sorted(withoutEmpty(mapping));
  return { error: faults.length > 0, roles: roles.map(written), users: users.map(written), accounts, ...(unreadable.size > 0 ? { unreadable: [...unreadable] } : {}) };
}

/** Fields that Go leaves out where they are empty. */
function withoutEmpty(mapping: object): object {
  const entries = Object.entries(mapping).map(([name, value]: [string, unknown]) => [name, name === 'sso' ? withoutEmpty(value as object) : value] as const);
  return Object.fromEntries(entries.filter(([name, value]) => value !== '' || !['rolearn', 'userid', 'partition'].includes(name)));
}

function sorted(mapping: object): object {
  return Object.fromEntries(Object.entries(mapping).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]: [string, unknown]) => [name, name === 'sso' ? sorted(value as object) : value]));
}

function expected({ mapped, username, groups, anyOf, reason }: JudgedCaller): unknown {
  if (anyOf) return { anyOf: anyOf.map(identity), reason };
  return mapped ? identity({ username: username!, groups: groups! }) : { reason };
}

function told(mapping: CallerMapping): unknown {
  if (mapping.outcome === 'mapped') return identity(mapping);
  if (mapping.outcome === 'any-of') return { anyOf: mapping.identities.map(identity), reason: mapping.reason };
  return mapping.outcome === 'unknown' ? mapping : { reason: mapping.reason };
}

function identity({ username, groups }: MappedIdentity): MappedIdentity {
  return { username, groups };
}
