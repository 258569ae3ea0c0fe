import { TRIGGERS, type ExecutionInput, type Trigger } from '../contract.ts';
import { parseClusterArn } from '../model/cluster-identity.ts';

/**
 * What somebody or something wants looked at. Nothing said is a run over everything, by hand. Throws with what is wrong: whoever starts an
 * execution in the console reads it there.
 */
export function executionInput(input: unknown): ExecutionInput {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw fault('it must be an object', input);
  const { trigger = 'manual', clusters, ...others } = input as Record<string, unknown>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw fault('it may have "trigger" and "clusters" and nothing else', unknown);
  if (!TRIGGERS.includes(trigger as Trigger)) throw fault(`"trigger" must be one of ${TRIGGERS.join(', ')}`, trigger);
  if (clusters === undefined) return { trigger: trigger as Trigger };
  if (!Array.isArray(clusters) || clusters.length === 0) throw fault('"clusters" must be a list of ARNs with at least one; leave it away to look at all', clusters);
  for (const arn of clusters) if (typeof arn !== 'string' || !parseClusterArn(arn)) throw fault('"clusters" must hold ARNs of EKS clusters', arn);
  return { trigger: trigger as Trigger, clusters: [...new Set(clusters as string[])] };
}

function fault(rule: string, found: unknown): Error {
  return new Error(`input of the execution: ${rule}, not ${JSON.stringify(found)?.slice(0, 200)}`);
}
