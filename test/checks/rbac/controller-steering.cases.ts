import { controllerSteering } from '../../../lambda/checks/rbac/controller-steering.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: controllerSteering,
  pass: [
    { name: 'reading', sources: everywhere(user('alice'), rule('get,list,watch', 'argoproj.io,kyverno.io,karpenter.sh', '*')) },
    { name: 'kinds of the cluster in a RoleBinding, where they are inert', sources: within('shop', user('alice'), rule('create,delete', 'kyverno.io', 'clusterpolicies'), rule('create', 'karpenter.sh', 'nodepools'), rule('create', 'external-secrets.io', 'clustersecretstores'), rule('delete', 'constraints.gatekeeper.sh', 'k8srequiredlabels')) },
    { name: 'status alone', sources: everywhere(user('alice'), rule('patch', 'argoproj.io', 'applications/status'), rule('patch', 'constraints.gatekeeper.sh', 'k8srequiredlabels/status')) },
    { name: 'the same names in other groups', sources: everywhere(user('alice'), rule('create', 'app.k8s.io', 'applications'), rule('create', 'example.com', 'externalsecrets,kustomizations')) },
    { name: 'kinds of every group that have a name of the core one', sources: everywhere(user('alice'), rule('create', '*', 'configmaps')) },
    { name: 'a new application by a name that a creation has not', sources: within('shop', user('alice'), rule('create', 'argoproj.io', 'applications', 'web')) },
  ],
  fail: [
    {
      name: 'deliveries, one by name too',
      sources: within('shop', user('alice'), rule('patch', 'argoproj.io', 'applications', 'web')),
      findings: [
        { resource: subject('User alice'), key: 'delivery-write@shop', message: 'User alice may have Argo CD or Flux deploy what it likes, by objects in shop, by RoleBinding shop/ops', cause: 'Role shop/ops: delivery-write' },
      ],
    },
    {
      name: 'policies, exceptions and constraints',
      sources: { ...within('shop', user('alice'), rule('create', 'kyverno.io', 'policyexceptions')), ...everywhere(user('bob'), rule('delete', 'constraints.gatekeeper.sh', 'k8srequiredlabels')) },
      findings: [
        { resource: subject('User alice'), key: 'policy-engine-write@shop' },
        { resource: subject('User bob'), key: 'policy-engine-write@cluster' },
      ],
    },
    {
      name: 'things in AWS: any kind of ACK, nodes of Karpenter',
      sources: { ...within('shop', user('alice'), rule('create', 'eks.services.k8s.aws', 'accessentries')), ...everywhere(user('bob'), rule('update', 'karpenter.k8s.aws', 'ec2nodeclasses')) },
      findings: [
        { resource: subject('User alice'), key: 'cloud-object-write@shop' },
        { resource: subject('User bob'), key: 'cloud-object-write@cluster' },
      ],
    },
    {
      name: 'Crossplane, by the cluster and by namespaces',
      sources: { ...within('shop', user('alice'), rule('create', 'iam.aws.m.upbound.io', 'roles')), ...everywhere(user('bob'), rule('create', 'iam.aws.upbound.io', 'roles')) },
      findings: [
        { resource: subject('User alice'), key: 'cloud-object-write@shop' },
        { resource: subject('User bob'), key: 'cloud-object-write@cluster' },
      ],
    },
    {
      name: 'secrets from elsewhere',
      sources: { ...within('shop', user('alice'), rule('create', 'external-secrets.io', 'externalsecrets')), ...everywhere(user('bob'), rule('patch', 'cert-manager.io', 'clusterissuers')) },
      findings: [
        { resource: subject('User alice'), key: 'secret-source-write@shop' },
        { resource: subject('User bob'), key: 'secret-source-write@cluster' },
      ],
    },
  ],
} satisfies CheckCases;
