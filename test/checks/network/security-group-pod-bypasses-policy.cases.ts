import { securityGroupPodBypassesPolicy } from '../../../lambda/checks/network/security-group-pod-bypasses-policy.ts';
import type { CheckCases } from '../check-cases.ts';
import { AGENT_ON, AUTO_NODE, awsNode, CALICO, denyAll, deployment, ENFORCED, resourceOf, vpcCniConfig } from './objects.ts';

const withMode = (daemonSet: ReturnType<typeof awsNode>, mode: string) => {
  const spec = daemonSet.spec!.template.spec!;
  const containers = spec.containers.map((each) => (each.name === 'aws-node' ? { ...each, env: [...(each.env ?? []), { name: 'POD_SECURITY_GROUP_ENFORCING_MODE', value: mode }] } : each));
  return { ...daemonSet, spec: { ...daemonSet.spec!, template: { ...daemonSet.spec!.template, spec: { ...spec, containers } } } };
};
const groups = { securityGroupPolicies: [{ metadata: { namespace: 'shop', name: 'db' }, spec: { podSelector: { matchLabels: { app: 'db' } } } }] };
const shop = { ...ENFORCED, ...groups, deployments: [deployment('shop', 'db'), deployment('shop', 'web')], networkPolicies: [denyAll('shop')] };
const found = { resource: resourceOf('shop', 'db'), key: 'security-groups' };

export const cases = {
  check: securityGroupPodBypassesPolicy,
  pass: [
    { name: 'the VPC CNI told to enforce on them too', sources: { ...shop, daemonSets: [withMode(awsNode(AGENT_ON), 'standard')] } },
    { name: 'no policy selects them', sources: { ...shop, networkPolicies: [denyAll('shop', { matchLabels: { app: 'web' } })] } },
    { name: 'pods of another namespace', sources: { ...shop, securityGroupPolicies: [{ ...groups.securityGroupPolicies[0]!, metadata: { namespace: 'prod', name: 'db' } }] } },
    { name: 'nothing enforces, which is another finding', sources: { ...shop, vpcCniConfig: [] } },
    { name: 'Auto Mode has another way', sources: { ...shop, daemonSets: [], nodes: [AUTO_NODE], vpcCniConfig: [vpcCniConfig('true')] } },
  ],
  fail: [
    { name: 'the VPC CNI by default', sources: shop, findings: [{ ...found, severity: 'medium', message: 'shop/db has security groups of its own, and the VPC CNI leaves it to them alone', cause: 'security groups for pods under VPC CNI' }] },
    { name: 'Calico, whatever the mode', sources: { ...shop, vpcCniConfig: [], daemonSets: [withMode(awsNode(), 'standard'), CALICO] }, findings: [{ ...found, message: 'shop/db has security groups of its own, and Calico enforces no policy on it' }] },
  ],
} satisfies CheckCases;
