import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import fc from 'fast-check';
import { describe, expect, test } from '@jest/globals';
import { wantsWindows } from '../../../lambda/facts/network/node-classes.ts';
import { privilegesOf, takersOf, type Privilege } from '../../../lambda/facts/workloads/privileges.ts';
import type { Workload } from '../../../lambda/facts/workloads/workload.ts';

const PRIVILEGES: readonly Privilege[] = [
  'administrator', 'capability', 'hostIPC', 'hostNetwork', 'hostPath', 'hostPID', 'hostPort', 'hostProcess', 'privileged', 'privilegeEscalation', 'procMount', 'rootUser',
  'runtimeSocket', 'seccomp', 'sharedPids', 'sysctl',
];

const windowsOptions = fc.record({ hostProcess: fc.boolean(), runAsUserName: fc.constantFrom('ContainerUser', 'ContainerAdministrator') }, { requiredKeys: [] });
const seccompProfile = fc.record({ type: fc.constantFrom('RuntimeDefault', 'Unconfined') });
const securityContext = fc.record(
  {
    privileged: fc.boolean(), allowPrivilegeEscalation: fc.boolean(), runAsUser: fc.constantFrom(0, 1000), runAsNonRoot: fc.boolean(), procMount: fc.constantFrom('Default', 'Unmasked'),
    capabilities: fc.record({ add: fc.subarray(['CHOWN', 'SYS_ADMIN']) }), seccompProfile, windowsOptions,
  },
  { requiredKeys: [] },
);
const container: fc.Arbitrary<V1Container> = fc.record(
  {
    name: fc.constantFrom('a', 'b', 'c'), image: fc.constantFrom('x', 'y'), securityContext,
    ports: fc.array(fc.record({ containerPort: fc.constantFrom(80, 81), hostPort: fc.constantFrom(0, 80) }, { requiredKeys: ['containerPort'] }), { maxLength: 2 }),
    volumeMounts: fc.array(fc.record({ name: fc.constantFrom('v', 'w'), mountPath: fc.constant('/m'), readOnly: fc.boolean() }, { requiredKeys: ['name', 'mountPath'] }), { maxLength: 2 }),
  },
  { requiredKeys: ['name'] },
);
const spec: fc.Arbitrary<V1PodSpec> = fc.record(
  {
    containers: fc.array(container, { maxLength: 2 }), initContainers: fc.array(container, { maxLength: 1 }),
    serviceAccountName: fc.constantFrom('default', 'other'), hostNetwork: fc.boolean(), hostPID: fc.boolean(), hostIPC: fc.boolean(), hostUsers: fc.boolean(),
    shareProcessNamespace: fc.boolean(), os: fc.constantFrom({ name: 'linux' }, { name: 'windows' }), nodeSelector: fc.constantFrom({ 'kubernetes.io/os': 'windows' }, { zone: 'a' }),
    securityContext: fc.record({ runAsUser: fc.constantFrom(0, 1000), runAsNonRoot: fc.boolean(), seccompProfile, windowsOptions, sysctls: fc.subarray([{ name: 'net.ipv4.tcp_syncookies', value: '1' }, { name: 'kernel.msgmax', value: '1' }]) }, { requiredKeys: [] }),
    volumes: fc.array(fc.record({ name: fc.constantFrom('v', 'w'), hostPath: fc.record({ path: fc.constantFrom('/var/log', '/run/containerd/containerd.sock') }) }, { requiredKeys: ['name'] }), { maxLength: 2 }),
  },
  { requiredKeys: ['containers'] },
);

function workload(declared: V1PodSpec, index: number): Workload {
  const resource = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: `w${index}` };
  return { resource, source: 'deployments', labels: {}, annotations: {}, spec: declared, serviceAccount: 'default' };
}

describe('who takes a privilege', () => {
  test('are those at some place of which it is taken, in their order, though what is alike is asked once', () => {
    fc.assert(
      fc.property(fc.array(spec, { minLength: 1, maxLength: 30 }), (specs) => {
        const workloads = specs.map(workload);
        for (const privilege of PRIVILEGES) {
          const takers = workloads.filter((each) => [...privilegesOf(each, privilege)].length > 0);
          expect(takersOf(workloads, privilege)).toEqual(takers);
        }
      }),
    );
  });

  test('differ where two specs differ in nothing but what is taken', () => {
    const plain = { containers: [{ name: 'a', securityContext: { privileged: false } }] };
    const grave = { containers: [{ name: 'a', securityContext: { privileged: true } }] };
    const workloads = [plain, grave, plain].map(workload);
    expect(takersOf(workloads, 'privileged')).toEqual([workloads[1]]);
  });

  test.each(['windows', null, 7, {}, ['windows', 7]])('are told of pods that ask for nodes by %j as well', (values) => {
    const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/os', operator: 'In', values: values as string[] }] }] } } };
    const workloads = [workload({ affinity, containers: [{ name: 'a', securityContext: { runAsUser: 0 } }] }, 0)];
    expect(takersOf(workloads, 'rootUser')).toEqual(workloads);
    expect(wantsWindows(workloads[0]!.spec)).toBe(false);
  });

  test.each([null, 'windows', 7, {}, [null], ['windows'], [{ matchExpressions: null }], [{ matchExpressions: 'windows' }], [{ matchExpressions: [null] }]])('are told of pods that ask for nodes of the terms %j as well', (terms) => {
    const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms as never } } };
    const workloads = [workload({ affinity, containers: [{ name: 'a', securityContext: { runAsUser: 0 } }] }, 0)];
    expect(takersOf(workloads, 'rootUser')).toEqual(workloads);
    expect(wantsWindows(workloads[0]!.spec)).toBe(false);
  });
});
