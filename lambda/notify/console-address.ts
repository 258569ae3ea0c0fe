/** Console host by partition. https://docs.aws.amazon.com/general/latest/gr/aws-arns-and-namespaces.html */
const HOSTS: Readonly<Record<string, string>> = { aws: 'console.aws.amazon.com', 'aws-cn': 'console.amazonaws.cn', 'aws-us-gov': 'console.amazonaws-us-gov.com' };

/**
 * Where a person who may see the object finds it in the console: no presigned link, which dies with the session that made it. The
 * bucket is in the partition and region of the topic. Undefined: a partition whose console is not known.
 */
export function consoleAddress(topicArn: string, bucket: string, key: string): string | undefined {
  const [, partition = '', , region = ''] = topicArn.split(':');
  const host = HOSTS[partition];
  if (host === undefined || !/^[a-z0-9-]+$/.test(region)) return undefined;
  return `https://${region}.${host}/s3/object/${bucket}?region=${region}&prefix=${encodeURIComponent(key).replaceAll('%2F', '/')}`;
}
