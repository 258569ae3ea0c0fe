import { networkPolicyRedundant } from '../../../lambda/checks/network/network-policy-redundant.ts';
import type { CheckCases } from '../check-cases.ts';
import { denyAll, networkPolicy, policyResource } from './objects.ts';

const web = { podSelector: { matchLabels: { app: 'web' } } };
const front = { from: [{ podSelector: { matchLabels: { app: 'front' } } }], ports: [{ port: 80 }, { port: 443 }] };
const reordered = { ports: [{ port: 443, protocol: 'TCP' }, { port: 80 }], from: front.from };
const policies = (...specs: object[]) => ({ networkPolicies: specs.map((spec, at) => networkPolicy('shop', `p${at}`, spec)) });
const found = (name: string) => ({ resource: policyResource('shop', name), key: 'redundant' });

export const cases = {
  check: networkPolicyRedundant,
  pass: [
    { name: 'one alone', sources: policies({ ...web, ingress: [front] }) },
    { name: 'another rule besides', sources: policies({ ...web, ingress: [front] }, { ...web, ingress: [{ ...front, ports: [{ port: 80 }] }] }) },
    { name: 'other pods', sources: policies({ ...web, ingress: [front] }, { podSelector: { matchLabels: { app: 'db' } }, ingress: [front] }) },
    { name: 'the same of another namespace', sources: { networkPolicies: [denyAll('shop'), denyAll('prod')] } },
    { name: 'a direction that only one isolates', sources: policies({ ...web, policyTypes: ['Ingress'] }, { ...web, policyTypes: ['Egress'] }) },
    { name: 'the same rule, and a default deny for all pods besides', sources: policies({ ...web, ingress: [front] }, {}) },
  ],
  fail: [
    {
      name: 'the same twice, in another order: both',
      sources: policies({ ...web, ingress: [front] }, { ...web, policyTypes: ['Ingress'], ingress: [reordered] }),
      findings: [
        { ...found('p0'), message: 'NetworkPolicy shop/p0 says nothing that other policies of shop do not say of the same pods', cause: 'redundant policies' },
        found('p1'),
      ],
    },
    { name: 'what a policy for all pods says as well: the narrower one', sources: policies({ ingress: [front] }, { ...web, ingress: [front] }), findings: [found('p1')] },
    { name: 'a denial beneath a default deny', sources: policies({}, web), findings: [found('p1')] },
    { name: 'what two others say together', sources: policies({ ...web, ingress: [front] }, { ...web, ingress: [{}] }, { ...web, ingress: [{}, front] }), findings: [found('p0'), found('p1'), found('p2')] },
  ],
} satisfies CheckCases;
