import type { V1PodSpec } from '@kubernetes/client-node';
import type { Unread } from '../../model/derived.ts';
import { defineFact } from '../define-fact.ts';
import { unsaid } from '../unsaid.ts';
import { CILIUM_KEYS } from './cilium-settings.ts';
import { closesByDefault, defaultDenyOn, defaultSettings, type DefaultDeny } from './default-deny.ts';
import { nodeClassesOf, wantsWindows } from './node-classes.ts';

/** What engines do with a direction of a pod that no policy isolates in it, on every class of node on which it may run. */
export interface EngineDefaults {
  /** `selected`: some policy selects the pod, in the other direction. `unknown`: nothing leaves it open for sure, and the settings of an engine were not read. */
  of(spec: Partial<V1PodSpec>, selected: boolean): 'closed' | 'open' | 'unknown';
  /** Why it is not known. */
  readonly unjudged: readonly Unread[];
}

/**
 * Closed is what every class of node closes: those of the nodes that there are, and EC2 where aws-node waits for some. Asks for no list of the whole cluster, so that a look at
 * some namespaces can tell too.
 */
export const engineDefaults = defineFact({
  name: 'engineDefaults',
  revision: 1,
  needs: ['daemonSets', 'vpcCni'],
  wants: ['ciliumConfig', 'nodeClasses', 'nodes', 'vpcCniConfig'],
  reach: { daemonSets: 'kube-system' },
  fields: {
    ciliumConfig: CILIUM_KEYS.map((key) => `data["${key}"]`),
    daemonSets: ['spec.template.spec.nodeSelector', 'spec.template.spec.containers[].name', 'spec.template.spec.containers[].image'],
    nodeClasses: ['spec.networkPolicy'],
    nodes: ['metadata.labels["eks.amazonaws.com/compute-type"]', 'metadata.labels["kubernetes.io/os"]'],
    vpcCniConfig: ['data["enable-network-policy-controller"]'],
  },
  derive: ({ daemonSets, vpcCni, nodes, ...read }): EngineDefaults => {
    const settings = defaultSettings(vpcCni, daemonSets, read);
    const names = new Set(nodeClassesOf(nodes.ok ? nodes.value : [], [], daemonSets));
    if (vpcCni.present) names.add('ec2/linux');
    const linux = [...names].filter((name) => name !== 'ec2/windows').map((name) => defaultDenyOn(name, settings));
    return { of: (spec, selected) => judge(wantsWindows(spec as V1PodSpec) ? [] : linux, selected), unjudged: linux.includes('unknown') ? unjudgedOf(settings.auto === 'unknown') : [] };
  },
});

function judge(classes: readonly (DefaultDeny | undefined)[], selected: boolean): 'closed' | 'open' | 'unknown' {
  if (classes.length === 0) return 'open';
  const answers = classes.map((defaultDeny) => (defaultDeny === 'unknown' ? 'unknown' : closesByDefault(defaultDeny, selected) ? 'closed' : 'open'));
  return answers.includes('open') ? 'open' : answers.includes('unknown') ? 'unknown' : 'closed';
}

function unjudgedOf(auto: boolean): readonly Unread[] {
  return [unsaid(auto ? 'nodeClasses' : 'ciliumConfig', 'whether nodes deny what no policy selects is not known: the settings of their engine were not read')];
}
