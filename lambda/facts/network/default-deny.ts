import type { V1ConfigMap, V1DaemonSet } from '@kubernetes/client-node';
import type { Collected } from '../../model/collected.ts';
import type { CustomObject, NodeClassSpec } from '../../model/policy-kinds.ts';
import { ciliumEnforcement, type CiliumEnforcement } from './cilium-settings.ts';
import type { NodeClassName } from './node-classes.ts';
import { policyEnginesOf } from './policy-engines.ts';
import type { VpcCni } from './vpc-cni.ts';

/**
 * What an engine closes without any policy. `unselected`: pods that no policy selects, in both directions (strict mode of the VPC CNI, DefaultDeny of a NodeClass).
 * `every-direction`: whatever no policy opens (Cilium's enable-policy "always"). `unknown`: the settings could not be read.
 * https://docs.aws.amazon.com/eks/latest/userguide/auto-net-pol.html, https://docs.cilium.io/en/stable/security/network/policyenforcement/
 */
export type DefaultDeny = 'unselected' | 'every-direction' | 'unknown';

/** What decides about it. */
export interface DefaultSettings {
  readonly vpcCni: VpcCni;
  /** Cilium on Linux nodes; absent: it is not there, or a node selector may keep it off some. */
  readonly cilium?: CiliumEnforcement;
  /** Modes of the NodeClasses of Auto Mode: `none` there is none, or the controller that they need is off. */
  readonly auto: 'strict' | 'standard' | 'mixed' | 'none' | 'unknown';
}

export function defaultSettings(
  vpcCni: VpcCni,
  daemonSets: readonly V1DaemonSet[],
  read: { readonly ciliumConfig: Collected<readonly V1ConfigMap[]>; readonly nodeClasses: Collected<readonly CustomObject<NodeClassSpec>[]>; readonly vpcCniConfig: Collected<readonly V1ConfigMap[]> },
): DefaultSettings {
  const found = policyEnginesOf(daemonSets).linux.some(({ engine, parked }) => engine === 'Cilium' && !parked);
  return { vpcCni, ...(found ? { cilium: ciliumEnforcement(read.ciliumConfig) } : {}), auto: autoMode(read.nodeClasses, read.vpcCniConfig) };
}

function autoMode(nodeClasses: Collected<readonly CustomObject<NodeClassSpec>[]>, config: Collected<readonly V1ConfigMap[]>): DefaultSettings['auto'] {
  if (!nodeClasses.ok || !config.ok) return 'unknown';
  if (!isControllerOn(config.value)) return 'none';
  // Which pods run on nodes of which NodeClass is not a matter of the cluster: the mode is known where all say the same.
  const [mode, ...others] = new Set(nodeClasses.value.map(({ spec }) => (spec?.networkPolicy === 'DefaultDeny' ? 'strict' : 'standard')));
  return others.length > 0 ? 'mixed' : (mode ?? 'none');
}

/** The switch of the controller of the VPC CNI. */
export function isControllerOn(vpcCniConfig: readonly V1ConfigMap[]): boolean {
  return vpcCniConfig.some(({ data }) => data?.['enable-network-policy-controller'] === 'true');
}

/** On a class of nodes. Absent: nothing is closed there without a policy. */
export function defaultDenyOn(name: NodeClassName, { vpcCni, cilium, auto }: DefaultSettings): DefaultDeny | undefined {
  if (name === 'auto/linux') return auto === 'strict' ? 'unselected' : auto === 'unknown' ? 'unknown' : undefined;
  if (name !== 'ec2/linux' && name !== 'hybrid/linux') return undefined;
  if (cilium?.state === 'on' && cilium.always) return 'every-direction';
  if (name === 'ec2/linux' && vpcCni.strict && !vpcCni.parked) return 'unselected';
  return cilium?.state === 'unknown' ? 'unknown' : undefined;
}

/** Whether it closes a direction in which no policy isolates a pod. `selected`: some policy selects the pod, in the other direction. */
export function closesByDefault(defaultDeny: DefaultDeny | undefined, selected: boolean): boolean {
  return defaultDeny === 'every-direction' || (defaultDeny === 'unselected' && !selected);
}
