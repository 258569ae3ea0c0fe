import type { Template } from './deploy-stack.ts';

/** Of the record's bucket policy (`lib/record-bucket.ts`): the emulator does not know the key `s3:if-none-match`, and would deny every put. test/lib asserts the statement. */
const WRITTEN_ONCE = 'RecordIsWrittenOnce';

interface BucketPolicy {
  readonly PolicyDocument: { Statement: { readonly Sid?: string }[] };
}

interface Alarm {
  Metrics?: readonly { readonly MetricStat?: { readonly Metric: { readonly Namespace: string; readonly MetricName: string }; readonly Stat: string; readonly Period: number } }[];
}

interface Role {
  readonly AssumeRolePolicyDocument: { readonly Statement: readonly { readonly Condition?: { readonly ArnLike?: Record<string, unknown> } }[] };
}

/** Changes a template where the emulator cannot do what AWS does, and says where: tests assert that it is this and nothing more. */
export function forEmulator(template: Template): readonly string[] {
  const changed: string[] = [];
  for (const { Type, Properties = {} } of Object.values(template.Resources)) {
    if (Type === 'AWS::S3::BucketPolicy' && leaveOutWrittenOnce(Properties as unknown as BucketPolicy)) changed.push(WRITTEN_ONCE);
    if (Type === 'AWS::IAM::Role' && takeSessionsForRoles(Properties as unknown as Role)) changed.push('aws:PrincipalArn of a trust policy');
    if (Type === 'AWS::CloudWatch::Alarm' && leaveOutMath(Properties as Alarm)) changed.push('metric math of an alarm');
  }
  return changed.sort();
}

function leaveOutWrittenOnce({ PolicyDocument }: BucketPolicy): boolean {
  const before = PolicyDocument.Statement.length;
  PolicyDocument.Statement = PolicyDocument.Statement.filter(({ Sid }) => Sid !== WRITTEN_ONCE);
  return PolicyDocument.Statement.length < before;
}

/** Its `aws:PrincipalArn` of a role's session is the session's ARN, which has no path, where AWS has the role's: whose account it is must do. test/lib asserts the path. */
function takeSessionsForRoles({ AssumeRolePolicyDocument }: Role): boolean {
  let found = false;
  for (const { Condition } of AssumeRolePolicyDocument.Statement) {
    if (Condition?.ArnLike?.['aws:PrincipalArn'] === undefined) continue;
    Condition.ArnLike['aws:PrincipalArn'] = { 'Fn::Sub': 'arn:${AWS::Partition}:sts::${HubAccountId}:assumed-role/*' };
    found = true;
  }
  return found;
}

/** It has no metric math: such an alarm looks at the first of its metrics instead, so that whatever refers to it still finds it. */
function leaveOutMath(alarm: Alarm): boolean {
  const first = alarm.Metrics?.find(({ MetricStat }) => MetricStat !== undefined)?.MetricStat;
  if (first === undefined) return false;
  delete alarm.Metrics;
  Object.assign(alarm, { Namespace: first.Metric.Namespace, MetricName: first.Metric.MetricName, Statistic: first.Stat, Period: first.Period });
  return true;
}
