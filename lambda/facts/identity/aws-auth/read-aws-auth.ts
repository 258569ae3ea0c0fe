import type { AwsAuthFault, AwsAuthKey, AwsAuthMap, RoleMapping, SsoMatcher, UserMapping } from './aws-auth-map.ts';
import { isKnownPartition } from './canonical-arn.ts';
import { MappingFields } from './mapping-fields.ts';
import { YamlFaultError, YamlUnknownError } from './yaml-fault-error.ts';
import { readYamlTexts, readYamlValue, type YamlMap, type YamlValue } from './yaml-value.ts';

/** Texts that stand for nothing. */
const NOTHING: ReadonlySet<string> = new Set(['', '``', '""', "''"]);
const ACCOUNT = /^\d{12}$/;
/** https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_PermissionSet.html */
const PERMISSION_SET = /^[\w+=,.@-]{1,32}$/;

/** What the authenticator says of an entry that names nobody. */
const NOBODY = { mapRoles: 'an entry without rolearn maps nobody', mapUsers: 'an entry without userarn maps nobody' } as const;

interface Notes {
  readonly faults: AwsAuthFault[];
  readonly unreadable: Map<AwsAuthKey, string>;
}

/**
 * The data of the ConfigMap kube-system/aws-auth as aws-iam-authenticator v0.7.10 reads it (pkg/mapper/configmap, pkg/config): YAML 1.1, then JSON, then a struct. Its keys are exact.
 * Never throws, whatever the data holds.
 */
export function readAwsAuth(data: Readonly<Record<string, unknown>> | null | undefined): AwsAuthMap {
  const notes: Notes = { faults: [], unreadable: new Map() };
  const given = new Map(typeof data === 'object' && data !== null ? Object.entries(data) : []);
  const users = entriesOf(given, 'mapUsers', notes).flatMap((value, entry) => userMapping(value, entry, notes) ?? []);
  const roles = entriesOf(given, 'mapRoles', notes).flatMap((value, entry) => roleMapping(value, entry, notes) ?? []);
  return { roles, users, accounts: accountsOf(given, notes), ...notes };
}

function textOf(given: ReadonlyMap<string, unknown>, key: AwsAuthKey, { unreadable }: Notes): string | undefined {
  const text = given.get(key);
  if (text === undefined) return undefined;
  if (typeof text !== 'string') {
    unreadable.set(key, 'it is no text, as the API server would have it');
    return undefined;
  }
  return NOTHING.has(trimmed(text)) ? undefined : text;
}

/** What Go's strings.TrimSpace takes off: no byte order mark, unlike JavaScript's. */
function trimmed(text: string): string {
  return text.replace(/^[^\S\ufeff]+|[^\S\ufeff]+$/g, '');
}

function entriesOf(given: ReadonlyMap<string, unknown>, key: 'mapRoles' | 'mapUsers', notes: Notes): readonly YamlValue[] {
  const text = textOf(given, key, notes);
  if (text === undefined) return [];
  const value = read(key, notes, () => readYamlValue(text));
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value as readonly YamlValue[];
  notes.faults.push({ key, costs: 'key', message: `${key} is no list` });
  return [];
}

function accountsOf(given: ReadonlyMap<string, unknown>, notes: Notes): readonly string[] {
  const key = 'mapAccounts';
  const text = textOf(given, key, notes);
  if (text === undefined) return [];
  const list = read(key, notes, () => readYamlTexts(text) ?? null);
  if (list === undefined) return [];
  if (list === null) notes.faults.push({ key, costs: 'key', message: `${key} is no list` });
  else if (list.others > 0) notes.faults.push({ key, costs: 'value', message: `${key} holds something that is no account` });
  return list?.texts ?? [];
}

/** Undefined: it could not be read, and the notes say why. */
function read<T>(key: AwsAuthKey, { faults, unreadable }: Notes, reading: () => T): T | undefined {
  try {
    return reading();
  } catch (error) {
    if (error instanceof YamlFaultError) faults.push({ key, costs: 'key', message: `${key} is no YAML (${error.message})` });
    else if (error instanceof YamlUnknownError) unreadable.set(key, error.message);
    else throw error;
    return undefined;
  }
}

function fieldsOf(key: AwsAuthKey, value: YamlValue, entry: number, faults: AwsAuthFault[]): MappingFields {
  const wrong = (field: string, wanted: string): void => void faults.push({ key, entry, costs: 'value', message: `${field} takes ${wanted}, and is taken for empty` });
  if (value instanceof Map) return new MappingFields(value as YamlMap, wrong);
  if (value !== null) faults.push({ key, entry, costs: 'entry', message: 'an entry is no mapping' });
  return new MappingFields(new Map(), wrong);
}

function userMapping(value: YamlValue, entry: number, { faults }: Notes): UserMapping | undefined {
  const fields = fieldsOf('mapUsers', value, entry, faults);
  const mapping = { userarn: fields.text('userarn'), username: fields.text('username'), groups: fields.texts('groups'), userid: fields.text('userid'), entry };
  if (mapping.userarn !== '') return mapping;
  faults.push({ key: 'mapUsers', entry, costs: 'entry', message: NOBODY.mapUsers });
  return undefined;
}

function roleMapping(value: YamlValue, entry: number, { faults }: Notes): RoleMapping | undefined {
  const fields = fieldsOf('mapRoles', value, entry, faults);
  const sso = fields.mapping('sso', ssoMatcher);
  const mapping = {
    rolearn: fields.text('rolearn'),
    username: fields.text('username'),
    groups: fields.texts('groups'),
    userid: fields.text('userid'),
    entry,
    ...(sso === undefined ? {} : { sso }),
  };
  const fault = roleFault(mapping);
  if (fault === undefined) return mapping;
  faults.push({ key: 'mapRoles', entry, costs: 'entry', message: fault });
  return undefined;
}

function ssoMatcher(fields: MappingFields): SsoMatcher {
  return { permissionSetName: fields.text('permissionSetName'), accountID: fields.text('accountID'), partition: fields.text('partition') };
}

function roleFault({ rolearn, sso }: RoleMapping): string | undefined {
  if (!sso) return rolearn === '' ? NOBODY.mapRoles : undefined;
  if (rolearn !== '') return 'an entry has both rolearn and sso';
  if (!ACCOUNT.test(sso.accountID)) return 'sso.accountID is no account';
  if (!PERMISSION_SET.test(sso.permissionSetName)) return 'sso.permissionSetName is no name of a permission set';
  if (sso.partition !== '' && !isKnownPartition(sso.partition)) return 'sso.partition is no partition';
  return undefined;
}
