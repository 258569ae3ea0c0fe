import { describe, expect, test } from '@jest/globals';
import { assess } from '../../../lambda/assess/assess.ts';
import { CHECKS } from '../../../lambda/checks/registry.ts';
import { refused } from '../../../lambda/model/collected.ts';
import { snapshotOf, type GivenSources } from '../../snapshot-of.ts';
import { AGENT_ON, AUTO_NODE, awsNode, CALICO, CILIUM, ciliumConfig, denyAll, deployment, namespace, node, vpcCniConfig } from './objects.ts';

/** Checks whose findings are about a class of node: who enforces there. */
const checks = CHECKS.filter(({ area, identity }) => area === 'network' && identity.resource === 'the class of node');
const shop = { namespaces: [namespace('shop'), namespace('kube-system')], deployments: [deployment('shop', 'web')] };
const withPolicy = { networkPolicies: [denyAll('shop')] };
const linux = { nodes: [node('n1')] };
const OFF = { vpcCniConfig: [vpcCniConfig('false')] };
const ON = { vpcCniConfig: [vpcCniConfig('true')] };

function judged(sources: GivenSources): { readonly found: string[]; readonly notPassed: string[] } {
  const { outcomes, findings } = assess(snapshotOf({ ...shop, ...sources }), checks);
  return {
    found: findings.map(({ check, resource }) => `${check} ${resource.name}`),
    notPassed: outcomes.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'fail').map(({ check, outcome }) => `${check} ${outcome}`),
  };
}

const WELL_SET_UP: Readonly<Record<string, GivenSources>> = {
  'the VPC CNI': { ...linux, ...ON, daemonSets: [awsNode(AGENT_ON, 'strict')] },
  'Auto Mode': { nodes: [AUTO_NODE], ...ON, nodeClasses: [{ metadata: { name: 'default' }, spec: { networkPolicy: 'DefaultDeny' } }] },
  Calico: { ...linux, ...OFF, daemonSets: [awsNode(), CALICO], calicoInstallations: [{ metadata: { name: 'default' } }] },
  'Calico instead of the VPC CNI': { ...linux, daemonSets: [CALICO] },
  Cilium: { ...linux, ...OFF, daemonSets: [awsNode(), CILIUM], ciliumConfig: [ciliumConfig({ 'enable-policy': 'default' })] },
  'Cilium that always denies': { ...linux, daemonSets: [CILIUM], ciliumConfig: [ciliumConfig({ 'enable-policy': 'always', 'policy-audit-mode': 'false' })] },
  'the VPC CNI, and Cilium for the rest': { ...linux, ...ON, daemonSets: [awsNode(AGENT_ON, 'strict'), CILIUM], ciliumConfig: [ciliumConfig({ 'enable-policy': 'never' })] },
  'Cilium on hybrid nodes': { nodes: [node('h1', { 'eks.amazonaws.com/compute-type': 'hybrid' })], daemonSets: [CILIUM], ciliumConfig: [ciliumConfig({ 'cni-exclusive': 'true' })] },
};

describe('an engine that is set up well gives no finding, whether or not there are policies', () => {
  for (const [name, sources] of Object.entries(WELL_SET_UP)) {
    test(name, () => {
      expect(judged({ ...sources, ...withPolicy })).toEqual({ found: [], notPassed: [] });
      expect(judged(sources)).toEqual({ found: [], notPassed: [] });
    });
  }
});

const HALF_SET_UP: Readonly<Record<string, GivenSources>> = {
  'the agent of the VPC CNI without the controller': { ...linux, ...OFF, daemonSets: [awsNode(AGENT_ON)] },
  'the controller without the agent of the VPC CNI': { ...linux, ...ON, daemonSets: [awsNode()] },
  'Cilium told never to enforce': { ...linux, ...OFF, daemonSets: [awsNode(), CILIUM], ciliumConfig: [ciliumConfig({ 'enable-policy': 'never' })] },
  'Cilium told to report alone': { ...linux, ...OFF, daemonSets: [awsNode(), CILIUM], ciliumConfig: [ciliumConfig({ 'policy-audit-mode': 'true' })] },
  'Calico asked for and not there': { ...linux, ...OFF, daemonSets: [awsNode()], calicoInstallations: [{ metadata: { name: 'default' } }] },
};

describe('an engine that is set up by half is one finding', () => {
  for (const [name, sources] of Object.entries(HALF_SET_UP)) {
    test(name, () => {
      expect(judged({ ...sources, ...withPolicy })).toEqual({ found: ['network-policy-not-enforced ec2/linux'], notPassed: [] });
      expect(judged(sources).found).toEqual(['network-policy-engine-half-enabled ec2/linux']);
    });
  }

  test('Auto Mode without the controller', () => {
    const auto = { nodes: [AUTO_NODE], ...OFF };
    expect(judged({ ...auto, ...withPolicy }).found).toEqual(['network-policy-not-enforced auto/linux']);
    expect(judged(auto).found).toEqual(['network-policy-engine-absent auto/linux']);
  });
});

describe('nodes that are scaled to zero change nothing', () => {
  const atFargate = node('f1', { 'eks.amazonaws.com/compute-type': 'fargate' });
  const forSystem = { eksFargateProfiles: [{ fargateProfileName: 'system', selectors: [{ namespace: 'kube-system' }] }] };
  const forAll = { eksFargateProfiles: [{ fargateProfileName: 'all', selectors: [{ namespace: '*' }] }] };
  const may = refused('forbidden', 'may not list');

  test('beside Fargate, where its profiles do not take every workload', () => {
    const sources = { ...OFF, ...withPolicy, daemonSets: [awsNode()] };
    const told = ['network-policy-not-enforced ec2/linux', 'network-policy-not-enforced fargate/linux'];
    expect(judged({ ...sources, ...forSystem, nodes: [node('n1'), atFargate] }).found).toEqual(told);
    expect(judged({ ...sources, ...forSystem, nodes: [atFargate] }).found).toEqual(told);
    expect(judged({ ...sources, ...forAll, nodes: [atFargate] }).found).toEqual(['network-policy-not-enforced fargate/linux']);
  });

  test('beside Fargate, whose profiles cannot be read: whether there are others is not known', () => {
    const sources = { ...OFF, ...withPolicy, daemonSets: [awsNode()], eksFargateProfiles: may };
    const unread = (given: GivenSources) => assess(snapshotOf({ ...shop, ...given }), checks).outcomes.find(({ check }) => check === 'network-policy-not-enforced')!.unread.map(({ source }) => source);
    expect(unread({ ...sources, nodes: [atFargate] })).toEqual(['eksFargateProfiles']);
    expect(unread({ ...sources, nodes: [atFargate, node('n1')] })).toEqual([]);
    expect(unread({ ...sources, nodes: [node('n1')] })).toEqual([]);
  });

  test('in Auto Mode', () => {
    const sources = { ...withPolicy, nodeClasses: [{ metadata: { name: 'default' } }] };
    expect(judged({ ...sources, nodes: [] })).toEqual(judged({ ...sources, nodes: [AUTO_NODE] }));
    expect(judged({ ...sources, nodes: [] }).found).toEqual(['network-policy-not-enforced auto/linux']);
  });
});
