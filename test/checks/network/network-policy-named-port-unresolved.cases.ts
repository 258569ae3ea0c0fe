import { networkPolicyNamedPortUnresolved } from '../../../lambda/checks/network/network-policy-named-port-unresolved.ts';
import type { CheckCases } from '../check-cases.ts';
import { deployment, networkPolicy, policyResource } from './objects.ts';

const cluster = { deployments: [deployment('shop', 'web', { containers: [{ name: 'c', ports: [{ name: 'http', containerPort: 8080 }] }], initContainers: [{ name: 'i', ports: [{ name: 'early', containerPort: 1 }] }] }), deployment('shop', 'db')] };
const ingress = (port: object, podSelector: object = { matchLabels: { app: 'web' } }) => ({ ...cluster, networkPolicies: [networkPolicy('shop', 'web', { podSelector, ingress: [{ ports: [port] }] })] });
const found = { resource: policyResource('shop', 'web'), key: 'ingress' };

export const cases = {
  check: networkPolicyNamedPortUnresolved,
  pass: [
    { name: 'the name of a container port', sources: ingress({ port: 'http' }) },
    { name: 'a number', sources: ingress({ port: 9999 }) },
    { name: 'some of what is selected has it', sources: ingress({ port: 'http' }, {}) },
    { name: 'nothing is selected, which is another finding', sources: ingress({ port: 'gone' }, { matchLabels: { app: 'gone' } }) },
  ],
  fail: [
    { name: 'another name', sources: ingress({ port: 'https' }), findings: [{ ...found, message: 'NetworkPolicy shop/web lets in on https, a name of no port of what it selects', cause: 'NetworkPolicy shop/web: named port unresolved' }] },
    { name: 'another protocol', sources: ingress({ port: 'http', protocol: 'UDP' }), findings: [found] },
    { name: 'a port of an init container', sources: ingress({ port: 'early' }), findings: [found] },
    { name: 'workloads without any named port', sources: ingress({ port: 'sql' }, { matchLabels: { app: 'db' } }), findings: [found] },
  ],
} satisfies CheckCases;
