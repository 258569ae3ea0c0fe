import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { shown } from './shown.ts';

/**
 * The kinds of values in a configuration. Each says in its faults what it expects. Values come as the texts that stand in the file (`yaml-text.ts`); for editors, which read
 * numbers as numbers, those that look like one carry the JSON Schema type that they have there.
 */
function text(pattern: RegExp, expected: string, description?: string) {
  return z
    .string({ error: ({ input }) => `${shown(input)} stands where ${expected} is expected` })
    .regex(pattern, { error: ({ input }) => `${shown(input)} is not ${expected}` })
    .meta(description === undefined ? {} : { description });
}

export function choice<const T extends readonly [string, ...string[]]>(values: T, description: string) {
  return z.enum(values, { error: ({ input }) => `${shown(input)} is none of ${values.join(', ')}` }).meta({ description });
}

export function list<T extends z.ZodType>(item: T, example: string, description: string) {
  return z.array(item, { error: ({ input }) => `${shown(input)} stands where a list is expected, such as [${example}]` }).meta({ description });
}

export function mapping<T extends z.ZodRawShape>(shape: T, description: string) {
  return z.strictObject(shape, { error: (issue) => (issue.code === 'invalid_type' ? `${shown(issue.input)} stands where a mapping of ${Object.keys(shape).join(', ')} is expected` : undefined) }).meta({ description });
}

/** Unquoted, a number to an editor: any text here. */
const AS_NUMBER_TOO = { type: ['string', 'integer'] } as const;

export const accountId = text(/^\d{12}$/, 'a 12-digit account id').meta(AS_NUMBER_TOO);
/** `eu-west-1`, `us-gov-east-1`, `eusc-de-east-1`. */
export const region = text(/^[a-z]{2,5}(-[a-z]+){1,3}-\d{1,2}$/, 'a region such as eu-west-1');
export const roleName = text(/^[\w+=,.@-]{1,64}$/, 'the name of a role (its last part, without a path)', 'Name of the role in the other accounts');
/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const externalId = text(/^[\w+=,.@:/-]{2,1224}$/, 'an external id (2 to 1224 letters, digits and + = , . @ : / _ -)', 'What the member role’s trust policy asks for, so that nobody else can have us assume it').meta(AS_NUMBER_TOO);
export const clusterPattern = text(/^(?:[0-9A-Za-z_*?-]{1,100}|arn:[0-9A-Za-z_*?:/-]{1,300})$/, 'a pattern of cluster names or of whole ARNs (* and ? stand for any text and any character)');
export const routeName = text(/^(?!.*-chat$)[a-z][a-z0-9-]{0,31}$/, 'a name (a small letter, then up to 31 small letters, digits and -, not ending with -chat, as the Slack half of a route does)', 'Permanent: what was announced is kept under it');
export const email = text(/^[^\s@<>",;:\\()[\]]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z0-9-]{2,63}$/, 'an e-mail address');
export const roleArn = text(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/, 'the ARN of a role', 'The one role that may change the bucket’s policy and lifecycle');
export const workspaceId = text(/^[0-9A-Z]{1,255}$/, 'a Slack workspace id such as T07EA123LEP');
export const channelId = text(/^[0-9A-Za-z]{1,255}$/, 'a Slack channel id such as C07EZ1ABC23 (not its name)');
export const vpcId = text(/^vpc-[0-9a-f]{8,17}$/, 'the id of a VPC');
export const subnetId = text(/^subnet-[0-9a-f]{8,17}$/, 'the id of a subnet');
export const securityGroupId = text(/^sg-[0-9a-f]{8,17}$/, 'the id of a security group');
/** `eu-west-1a`, `us-west-2-lax-1a`. */
export const availabilityZone = text(/^[a-z]{2,5}(-[a-z]+){1,3}-\d{1,2}(-[a-z0-9-]+)?[a-z]$/, 'an availability zone such as eu-west-1a');
/** Two labels or more: `.com` would let a token go anywhere. */
export const suffix = text(/^(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?){2,10}$/, 'the end of a host name such as .eks.example.internal (a dot first, two parts or more)');

export const cidr = z
  .string({ error: ({ input }) => `${shown(input)} stands where a CIDR block is expected` })
  .refine((value) => ipaddr.isValidCIDR(value), { error: ({ input }) => `${shown(input)} is not a CIDR block such as 10.0.0.0/16` });

/** Judged as a whole (`schedule.ts`). */
function part(expected: string, description: string, ...examples: string[]) {
  return z.string({ error: ({ input }) => `${shown(input)} stands where ${expected} is expected` }).meta({ description, examples });
}

export const timezone = part('a time zone', 'IANA name; decides when `daily` and cron schedules run', 'UTC', 'Europe/Berlin');
export const every = part('a length of time', 'Length of time between two runs, from 1h to 84h', '6h', '24h');
export const daily = part('a time of day', 'Time of day', '06:00');
export const expression = part('a schedule', 'As EventBridge Scheduler takes it', 'cron(0 6,18 * * ? *)');

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_Tag.html */
export const tags = z
  .record(text(/^[^\p{Cc}]{1,128}$/u, 'the key of a tag'), text(/^[^\p{Cc}]{0,256}$/u, 'the value of a tag').meta({ type: ['string', 'number', 'boolean'] }), {
    error: (issue) => (issue.code === 'invalid_type' ? `${shown(issue.input)} stands where a mapping of tags is expected` : undefined),
  })
  .meta({ description: 'Only clusters that carry all of these tags' });

const WHOLE_NUMBER = 'a whole number from 1 to 1000';

export const concurrency = text(/^[1-9]\d{0,3}$/, WHOLE_NUMBER)
  .refine((value) => !(Number(value) > 1000), { error: ({ input }) => `${shown(input)} is not ${WHOLE_NUMBER}` })
  .transform(Number)
  .prefault('40')
  .meta({ type: 'integer', minimum: 1, maximum: 1000, default: 40, description: 'Clusters audited at once; a new account runs as few as 10 functions at a time' });
