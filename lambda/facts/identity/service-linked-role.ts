/** Roles that only a service of AWS can take. https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html */
const OF_A_SERVICE = /:role\/aws-service-role\//i;

export function isServiceLinkedRole(arn: string): boolean {
  return OF_A_SERVICE.test(arn);
}
