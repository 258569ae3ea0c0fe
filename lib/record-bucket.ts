import { DefaultStackSynthesizer, Duration, Fn, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ENV } from '../lambda/contract.ts';
import type { EncryptionKey } from './encryption-key.ts';
import type { BundledFunction } from './bundled-function.ts';

/** Name of the statement that lets nothing under `seals/` and `history/` be put without `If-None-Match`. */
export const WRITTEN_ONCE = 'RecordIsWrittenOnce';
export const NEVER_DELETED = 'RecordIsNeverDeleted';
export const SETTINGS_KEPT = 'SettingsAreForTheBreakGlassRole';

/** How long a version that was written over is kept. */
const FORMER = Duration.days(90);

const WRITE_ONCE_PREFIXES = ['seals/', 'history/'];
/** What would let somebody get round the rest of the policy. */
const SETTINGS = ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy', 's3:PutLifecycleConfiguration', 's3:PutBucketVersioning', 's3:DeleteBucket'];
const KEPT_PREFIXES = ['seals/', 'history/', 'announced/', 'state/'];

export interface RecordBucketProps {
  /** Absent: SSE-S3. */
  readonly key?: EncryptionKey;
  /** ARN of the role that alone may change the bucket's policy and lifecycle. Absent: whoever IAM lets. */
  readonly breakGlassRole?: string;
}

/** Where the record is: nothing in it is deleted, what is sealed is written once, and each function reaches its own prefixes only. */
export class RecordBucket extends Construct {
  readonly bucket: s3.Bucket;
  private readonly key: EncryptionKey | undefined;

  constructor(scope: Construct, id: string, { key, breakGlassRole }: RecordBucketProps) {
    super(scope, id);
    this.key = key;
    this.bucket = new s3.Bucket(this, 'Bucket', {
      ...(key ? { encryption: s3.BucketEncryption.KMS, encryptionKey: key.key, bucketKeyEnabled: true } : { encryption: s3.BucketEncryption.S3_MANAGED }),
      ...PRIVATE,
      versioned: true,
      serverAccessLogsBucket: this.accessLogs() as s3.IBucket, // the CDK writes its optional properties as undefined
      lifecycleRules: [
        { id: 'runs', prefix: 'runs/', expiration: Duration.days(30), noncurrentVersionExpiration: FORMER },
        { id: 'staged', prefix: 'staged/', expiration: Duration.days(90), noncurrentVersionExpiration: FORMER },
        // What the history can tell again. A former version of a seal or of the history would be what somebody wrote over: that is kept.
        { id: 'former-states', prefix: 'state/', noncurrentVersionExpiration: FORMER },
        { id: 'former-hints', prefix: 'hints/', noncurrentVersionExpiration: FORMER },
        { id: 'unfinished', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    this.protect(breakGlassRole);
    // It outlives the stack with its bucket: a record that is left behind is still evidence.
    this.bucket.policy!.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }

  /** `discover`: writes what the run is to look at and where new routes begin, reads which clusters the record knows. */
  grantDiscover(fn: BundledFunction): void {
    this.grant(fn, { list: true, read: ['runs/', 'seals/', 'hints/', 'state/', 'announced/'], write: ['runs/', 'announced/'] });
  }

  /** `audit`: writes what it saw and can read nothing at all. */
  grantAudit(fn: BundledFunction): void {
    this.grant(fn, { list: false, read: [], write: ['runs/'] });
  }

  grantReconcile(fn: BundledFunction): void {
    this.grant(fn, {
      list: true,
      read: ['runs/', 'staged/', 'seals/', 'hints/', 'history/', 'state/'],
      write: ['staged/', 'seals/', 'hints/', 'history/', 'state/'],
    });
  }

  grantNotify(fn: BundledFunction): void {
    this.grant(fn, { list: true, read: ['seals/', 'hints/', 'history/', 'state/', 'announced/'], write: ['announced/'] });
  }

  /** The state machine reads its items; the CDK grants it no key (aws/aws-cdk#32144). */
  grantReadTargets(grantee: iam.IGrantable): void {
    iam.Grant.addToPrincipal({ grantee, actions: ['s3:GetObject'], resourceArns: [this.bucket.arnForObjects('runs/*')] });
    this.key?.grantRead(grantee);
  }

  private grant(fn: BundledFunction, { list, read, write }: Reach): void {
    fn.setEnvironment(ENV.bucket, this.bucket.bucketName);
    const give = (actions: string[], resourceArns: string[]): void => void iam.Grant.addToPrincipal({ grantee: fn, actions, resourceArns });
    // Without it S3 says 403 for a key that is not there. No condition on the prefix: that of a get has none.
    if (list) give(['s3:ListBucket'], [this.bucket.bucketArn]);
    if (read.length > 0) {
      give(['s3:GetObject'], read.map((prefix) => this.bucket.arnForObjects(`${prefix}*`)));
      this.key?.grantRead(fn);
    }
    give(['s3:PutObject'], write.map((prefix) => this.bucket.arnForObjects(`${prefix}*`)));
    this.key?.grantWrite(fn);
    for (const prefix of new Set([...read, ...write])) fn.acknowledgeObjects(this.bucket, `${prefix}*`, 'keys below this prefix carry the names of runs and clusters');
  }

  private accessLogs(): s3.Bucket {
    const bucket = new s3.Bucket(this, 'AccessLogs', {
      ...PRIVATE,
      encryption: s3.BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ id: 'logs', expiration: Duration.days(400) }],
    });
    Validations.of(bucket).acknowledge({ id: 'AwsSolutions-S1', reason: 'This bucket holds the access logs of the record: logging itself would never end.' });
    return bucket;
  }

  /** A deleted seal could be made again with other contents, and the record forked. */
  private protect(breakGlassRole: string | undefined): void {
    const objects = (prefixes: readonly string[]): string[] => prefixes.map((prefix) => this.bucket.arnForObjects(`${prefix}*`));
    const deny = (sid: string, actions: string[], resources: string[], conditions?: Record<string, unknown>): void =>
      void this.bucket.addToResourcePolicy(
        new iam.PolicyStatement({ sid, effect: iam.Effect.DENY, principals: [new iam.AnyPrincipal()], actions, resources, ...(conditions ? { conditions } : {}) }),
      );
    deny(NEVER_DELETED, ['s3:DeleteObject', 's3:DeleteObjectVersion'], objects(KEPT_PREFIXES));
    deny(WRITTEN_ONCE, ['s3:PutObject'], objects(WRITE_ONCE_PREFIXES), { Null: { 's3:if-none-match': 'true' } });
    if (breakGlassRole === undefined) return;
    deny(SETTINGS_KEPT, SETTINGS, [this.bucket.bucketArn], {
      ArnNotEquals: { 'aws:PrincipalArn': [breakGlassRole, deployRole(this)] },
      // Absent where nothing works on the caller's behalf: then the condition holds and the call is denied.
      'ForAllValues:StringNotEquals': { 'aws:CalledVia': ['cloudformation.amazonaws.com'] },
    });
  }
}

/** What a function may do in the bucket: list it, read and write below these prefixes. */
interface Reach {
  readonly list: boolean;
  readonly read: readonly string[];
  readonly write: readonly string[];
}

const PRIVATE = {
  blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
  objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  removalPolicy: RemovalPolicy.RETAIN,
} satisfies s3.BucketProps;

/**
 * CloudFormation must still be able to change what this stack made, or no later version could be deployed: as the role that `cdk bootstrap`
 * gives it, or on behalf of whoever deploys without one. Such a change is an update of the stack, which its events show.
 */
function deployRole(scope: Construct): string {
  const { synthesizer } = Stack.of(scope);
  const bootstrapped = DefaultStackSynthesizer.DEFAULT_CLOUDFORMATION_ROLE_ARN.replace('${Qualifier}', DefaultStackSynthesizer.DEFAULT_QUALIFIER);
  return Fn.sub(synthesizer instanceof DefaultStackSynthesizer ? synthesizer.cloudFormationExecutionRoleArn : bootstrapped);
}
