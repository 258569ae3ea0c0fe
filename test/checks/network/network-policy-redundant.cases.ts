import { networkPolicyRedundant } from '../../../lambda/checks/network/network-policy-redundant.ts';
import type { CheckCases } from '../check-cases.ts';
import { denyAll, networkPolicy, policyResource } from './objects.ts';

const web = { podSelector: { matchLabels: { app: 'web' } } };
const front = { from: [{ podSelector: { matchLabels: { app: 'front' } } }], ports: [{ port: 80 }, { port: 443 }] };
const reordered = { ports: [{ port: 443, protocol: 'TCP' }, { port: 80 }], from: front.from };
const policies = (...specs: object[]) => ({ networkPolicies: specs.map((spec, at) => networkPolicy('shop', `p${at}`, spec)) });
const blocks = (cidr: string, port: number) => ({ from: [{ ipBlock: { cidr } }], ports: [{ port }] });
const rules = (name: string, direction = 'ingress') => ({ resource: policyResource('shop', name), key: direction });
const found = (name: string) => ({ resource: policyResource('shop', name), key: 'redundant' });

export const cases = {
  check: networkPolicyRedundant,
  pass: [
    { name: 'one alone', sources: policies({ ...web, ingress: [front] }) },
    { name: 'another rule besides', sources: policies({ ...web, ingress: [front] }, { ...web, ingress: [{ ...front, ports: [{ port: 81 }] }] }) },
    { name: 'each has a peer that the other lacks', sources: policies({ ...web, ingress: [{ ...front, from: [...front.from, { namespaceSelector: { matchLabels: { team: 'b' } } }] }] }, { ...web, ingress: [{ ...front, from: [...front.from, { namespaceSelector: { matchLabels: { team: 'a' } } }] }] }) },
    { name: 'a protocol more', sources: policies({ ...web, ingress: [front, { ...front, ports: [{ port: 443, protocol: 'UDP' }] }] }) },
    { name: 'a range that goes farther', sources: policies({ ...web, ingress: [{ ports: [{ port: 80, endPort: 90 }] }, { ports: [{ port: 85, endPort: 91 }] }] }) },
    { name: 'a wider block, and one that only adjoins', sources: policies({ ...web, ingress: [blocks('10.0.0.0/9', 443), blocks('10.0.0.0/8', 80), blocks('10.128.0.0/9', 443)] }) },
    { name: 'a block with an exception does not say the block', sources: policies({ ...web, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] }, { from: [{ ipBlock: { cidr: '10.1.0.0/24' } }] }] }) },
    { name: 'the pods of some namespaces do not say those of the own', sources: policies({ ...web, ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }] }, { from: [{ podSelector: {} }] }] }) },
    { name: 'the narrower selector says nothing for all pods', sources: policies({ ...web, policyTypes: ['Ingress', 'Egress'], ingress: [front], egress: [] }, { ingress: [{ ports: [{ port: 2 }] }] }) },
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
    { name: 'what another says wider', sources: policies({ ...web, ingress: [front] }, { ...web, ingress: [{ ...front, ports: [{ port: 80 }] }] }), findings: [found('p1')] },
    {
      name: 'a rule beneath one of its own',
      sources: policies({ ...web, ingress: [front, { from: [{ podSelector: {} }] }] }),
      findings: [{ ...rules('p0'), message: 'NetworkPolicy shop/p0 has ingress rules that let nothing more through than others for the same pods', cause: 'redundant ingress rules' }],
    },
    { name: 'a rule that a policy for all pods has too, and another besides', sources: policies({ ingress: [front] }, { ...web, ingress: [front, { ports: [{ port: 22 }] }] }), findings: [rules('p1')] },
    { name: 'the same rule of a policy that isolates alone', sources: policies({ ...web, policyTypes: ['Egress'], egress: [{ ports: [{ port: 53 }] }] }, { ...web, policyTypes: ['Ingress', 'Egress'], egress: [{ ports: [{ port: 53 }] }] }), findings: [found('p0'), rules('p1', 'egress')] },
    { name: 'a range within a range, and a port of a protocol', sources: policies({ ...web, ingress: [{ ports: [{ port: 80, endPort: 90 }] }, { ports: [{ port: 82, endPort: 90 }, { port: 84 }] }, { ports: [{ protocol: 'UDP' }] }, { ports: [{ protocol: 'UDP', port: 'dns' }] }] }), findings: [rules('p0')] },
    { name: 'a block within a block, however it is written', sources: policies({ ...web, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '10.7.0.0/8' } }] }, { to: [{ ipBlock: { cidr: '10.1.0.0/16', except: ['10.1.1.0/24'] } }] }] }), findings: [rules('p0', 'egress')] },
    { name: 'pods of one namespace beneath those of all', sources: policies({ ...web, ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'front' } } }] }, front] }), findings: [rules('p0')] },
    { name: 'each peer by another rule', sources: policies({ ...web, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'a' } } }] }, { from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }, { from: [{ podSelector: { matchLabels: { app: 'a' } } }, { ipBlock: { cidr: '10.0.0.0/9' } }], ports: [{ port: 1 }] }] }), findings: [rules('p0')] },
  ],
} satisfies CheckCases;
