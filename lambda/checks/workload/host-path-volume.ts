import { hostPathFaults } from '../../facts/workloads/host-path-faults.ts';
import { isSensitiveNodePath } from '../../facts/workloads/node-path.ts';
import { takersOf } from '../../facts/workloads/privileges.ts';
import { workloadViolation } from '../../facts/workloads/workload-violation.ts';
import { defineCheck } from '../define-check.ts';

/**
 * No volume may be a path of the node. Worst where a container can write there, or where reading is enough: keys, tokens, devices, /proc.
 * Pod Security Standards, baseline; severities: a writable or sensitive path is a way to the node, the rest a leak.
 */
export const hostPathVolume = defineCheck({
  id: 'host-path-volume',
  revision: 1,
  area: 'workload',
  title: 'Containers reach into the files of their node',
  severity: 'medium',
  worstSeverity: 'critical',
  rationale: "Who writes to the node's files makes the node run programs; who reads /var/lib/kubelet, /etc or /proc there reads the tokens and keys of every pod on it.",
  remediation: 'Use a volume of the cluster (emptyDir, configMap, persistentVolumeClaim); where a node tool needs a path, name the narrowest one and mount it read-only.',
  references: ['https://kubernetes.io/docs/concepts/storage/volumes/#hostpath', 'https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html'],
  controls: ['nsa-1.2/pod-security', 'attack/T1611', 'ms-k8s/MS-TA9013', 'pss/baseline'],
  identity: { resource: 'the workload', key: 'hostPath <path>' },
  needs: ['workloads'],
  *evaluate({ workloads }) {
    for (const workload of takersOf(workloads, 'hostPath')) {
      const cause = `${workload.resource.kind} ${workload.resource.namespace}/${workload.resource.name}: hostPath`;
      for (const { path, containers, writable } of hostPathFaults(workload)) {
        const sensitive = isSensitiveNodePath(path);
        const used = containers.length > 0;
        const verb = writable ? 'can change' : used ? 'can read' : 'names, without mounting it,';
        yield workloadViolation(workload, {
          fault: `hostPath ${path}`,
          says: `${verb} ${path} of its node`,
          evidence: { containers, path, sensitive, writable },
          severity: used && (sensitive || writable) ? 'critical' : 'medium',
          cause,
        });
      }
    }
  },
});
