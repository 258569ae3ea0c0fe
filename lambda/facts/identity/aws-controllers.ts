import type { V1Container, V1Deployment } from '@kubernetes/client-node';
import { objectsOf, pairsOf, textOf, textsOf, written } from '../as-read.ts';
import { eksImageName, repositoryOf } from '../workloads/image-repository.ts';

interface Controller {
  readonly title: string;
  /** Its program's image, in its maker's registry; in registries of EKS the last part of the path counts. */
  readonly image: string;
  /** Without it the program is one for another cloud, or may be. */
  readonly argument?: string;
  /** Services of AWS of which it needs some actions, by the prefix of these. */
  readonly services: readonly string[];
}

/** Controllers that do their work in AWS, as Deployments, with what their makers' policies give them. */
const CONTROLLERS: readonly Controller[] = [
  // https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/docs/install/iam_policy.json
  { title: 'the AWS Load Balancer Controller', image: 'public.ecr.aws/eks/aws-load-balancer-controller', services: ['ec2', 'elasticloadbalancing'] },
  // https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
  { title: 'Cluster Autoscaler', image: 'registry.k8s.io/autoscaling/cluster-autoscaler', argument: '--cloud-provider=aws', services: ['autoscaling', 'ec2', 'eks'] },
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEBSCSIDriverPolicy.html
  { title: 'the EBS CSI driver', image: 'public.ecr.aws/ebs-csi-driver/aws-ebs-csi-driver', services: ['ec2'] },
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEFSCSIDriverPolicy.html
  { title: 'the EFS CSI driver', image: 'public.ecr.aws/efs-csi-driver/amazon/aws-efs-csi-driver', services: ['ec2', 'elasticfilesystem'] },
  // https://github.com/kubernetes-sigs/external-dns/blob/master/docs/tutorials/aws.md
  { title: 'ExternalDNS', image: 'registry.k8s.io/external-dns/external-dns', argument: '--provider=aws', services: ['route53'] },
  // https://karpenter.sh/docs/reference/cloudformation/
  { title: 'Karpenter', image: 'public.ecr.aws/karpenter/controller', services: ['ec2', 'eks', 'iam', 'sqs'] },
];

/** Environment variables by which the SDKs of AWS find credentials other than those of the node. https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html */
const CREDENTIALS = ['AWS_ACCESS_KEY_ID', 'AWS_CONFIG_FILE', 'AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_PROFILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_WEB_IDENTITY_TOKEN_FILE'];
/** By which kube2iam and kiam give a pod a role. */
const POD_ROLE = 'iam.amazonaws.com/role';

const POD = 'spec.template.spec';

/** What of Deployments `awsControllers` reads. */
export const AWS_CONTROLLERS_FIELDS = [
  `spec.template.metadata.annotations["${POD_ROLE}"]`,
  `${POD}.serviceAccountName`,
  ...[
    'image',
    ...CONTROLLERS.flatMap(({ argument }) => (argument === undefined ? [] : [`args[^${argument}]`, `command[^${argument}]`])),
    ...CREDENTIALS.flatMap((name) => [`env[name=${name}].name`, `env[name=${name}].valueFrom.secretKeyRef.optional`]),
    'envFrom[].secretRef.name',
  ].map((field) => `${POD}.containers[].${field}`),
];

/** A controller that works in AWS, and what it has besides a role of its ServiceAccount. */
export interface AwsController {
  readonly title: string;
  readonly services: readonly string[];
  readonly namespace: string;
  readonly serviceAccount: string;
  /** `other`: credentials, or a role, by other means. `maybe-key`: a Secret that need not be there may hold a key. `unclear`: a Secret may hold anything. */
  readonly credentials: 'none' | 'maybe-key' | 'unclear' | 'other';
}

/** By the image of its program, wherever and by whatever name it runs; a copy in another registry is nobody's that is known. */
export function awsControllers(deployments: readonly V1Deployment[]): readonly AwsController[] {
  return objectsOf(deployments).flatMap(({ metadata, spec }) => {
    const pod = spec?.template?.spec;
    for (const container of objectsOf(pod?.containers)) {
      const controller = controllerIn(container);
      if (!controller) continue;
      const annotated = pairsOf(spec?.template?.metadata?.annotations)[POD_ROLE] !== undefined;
      return [{ title: controller.title, services: controller.services, namespace: written(metadata?.namespace), serviceAccount: textOf(pod?.serviceAccountName) ?? 'default', credentials: annotated ? 'other' : credentialsOf(container) }];
    }
    return [];
  });
}

function controllerIn({ image, args, command }: V1Container): Controller | undefined {
  const repository = repositoryOf(textOf(image) ?? '');
  const eksName = eksImageName(repository);
  const said = new Set([...textsOf(args), ...textsOf(command)]);
  return CONTROLLERS.find((each) => (each.image === repository || (eksName !== undefined && each.image.endsWith(`/${eksName}`))) && (each.argument === undefined || said.has(each.argument)));
}

function credentialsOf({ env, envFrom }: V1Container): AwsController['credentials'] {
  const set = objectsOf(env).filter(({ name }) => CREDENTIALS.includes(name));
  if (set.some(({ valueFrom }) => valueFrom?.secretKeyRef?.optional !== true)) return 'other';
  if (objectsOf(envFrom).some(({ secretRef }) => secretRef !== undefined)) return 'unclear';
  return set.length > 0 ? 'maybe-key' : 'none';
}
