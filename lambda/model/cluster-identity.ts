import { cappedName } from './capped-text.ts';
import type { ClusterIdentity } from './cluster-target.ts';

/** The ARN of an EKS cluster, in any partition (`aws`, `aws-cn`, `aws-us-gov`, …). https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html */
const EKS_ARN = /^arn:aws[a-z-]{0,20}:eks:([a-z0-9-]{1,40}):(\d{12}):cluster\/([0-9A-Za-z][0-9A-Za-z_-]{0,99})$/;

/** Account, region and name that an EKS cluster's ARN tells; undefined: it is no such ARN. */
export function parseClusterArn(arn: string): { readonly account: string; readonly region: string; readonly name: string } | undefined {
  const match = EKS_ARN.exec(arn);
  if (!match) return undefined;
  const [, region, account, name] = match;
  return { account: account!, region: region!, name: name! };
}

/** Who a cluster is, from what is known of it. What is no EKS cluster's ARN counts as none. */
export function clusterIdentity({ arn, uid: wholeUid, label: wholeLabel }: { readonly arn?: string; readonly uid?: string; readonly label: string }): ClusterIdentity {
  const parsed = arn === undefined ? undefined : parseClusterArn(arn);
  const uid = wholeUid === undefined ? undefined : cappedName(wholeUid);
  const label = cappedName(wholeLabel);
  const known = uid === undefined ? {} : { uid };
  if (arn !== undefined && parsed) return { id: arn, label, arn, ...parsed, ...known };
  return { id: uid === undefined ? `name:${label}` : `uid:${uid}`, label, ...known };
}

/** Whether two looks were at one cluster: by the ARN and by the uid of kube-system, as far as both know them; undefined: they share nothing that tells. */
export function isSameCluster(a: ClusterIdentity, b: ClusterIdentity): boolean | undefined {
  const told = [[a.arn, b.arn], [a.uid, b.uid]].filter(([one, other]) => one !== undefined && other !== undefined);
  return told.length === 0 ? undefined : told.every(([one, other]) => one === other);
}
