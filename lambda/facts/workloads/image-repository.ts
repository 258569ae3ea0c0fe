/**
 * Accounts from whose registries EKS pulls its own images: 602401143452 in most regions, others in the rest.
 * https://docs.aws.amazon.com/eks/latest/userguide/add-ons-images.html
 */
const EKS_ACCOUNTS: ReadonlySet<string> = new Set([
  '013241004608',
  '066635153087',
  '121268973566',
  '151610086707',
  '151742754352',
  '187977181151',
  '296578399912',
  '333609536671',
  '455263428931',
  '491585149902',
  '533267051163',
  '558608220178',
  '590381155156',
  '602401143452',
  '608367168043',
  '725322719131',
  '730335286997',
  '759879836304',
  '761377655185',
  '800184023465',
  '877085696533',
  '900612956339',
  '900889452093',
  '918309763551',
  '961992271922',
]);

const ECR = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.[a-z0-9-]+\.(?:amazonaws\.com(?:\.cn)?|on\.aws|on\.amazonwebservices\.com\.cn|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk)\//;

/** An image less tag and digest. */
export function repositoryOf(image: string): string {
  const named = image.split('@', 1)[0]!;
  const colon = named.lastIndexOf(':');
  // A colon before the last slash belongs to a port.
  return colon > named.lastIndexOf('/') ? named.slice(0, colon) : named;
}

/** The last part of an image's path in a registry that only EKS writes to; undefined: it is no such registry. */
export function eksImageName(repository: string): string | undefined {
  const account = ECR.exec(repository)?.[1];
  const eks = (account !== undefined && EKS_ACCOUNTS.has(account)) || repository.startsWith('public.ecr.aws/eks/');
  return eks ? repository.slice(repository.lastIndexOf('/') + 1) : undefined;
}
