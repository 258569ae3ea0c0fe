import { assess } from '../assess/assess.ts';
import { collectionPlan } from '../checks/collection-plan.ts';
import { readEksCluster } from '../collect/eks/read-eks-cluster.ts';
import { ENV, type AuditEvent, type AuditResult, type EndpointRules } from '../contract.ts';
import { memberCredentials } from '../discover/eks/member-credentials.ts';
import type { EksTarget } from '../model/cluster-target.ts';
import { writeAssessment, writeMissed } from '../storage/run-records.ts';
import { ownCredentials } from './own-credentials.ts';
import { record } from './record.ts';
import { setting } from './setting.ts';
import { logger } from './watching.ts';

/** What is left of the function's time for assessing and writing when reading stops, in milliseconds. */
const RESERVE = 90_000;

const store = record();
const endpoints = JSON.parse(setting(ENV.endpoints)) as EndpointRules;
const plan = collectionPlan();

/** Looks at one cluster and writes what it saw, or why it saw nothing: that too is a result, and the run goes on. */
export async function handler({ run, target }: AuditEvent, context: { getRemainingTimeInMillis(): number }): Promise<AuditResult> {
  logger.appendKeys({ run, cluster: target.arn });
  try {
    const credentials = memberCredentials(target, { credentials: ownCredentials, homeRegion: setting(ENV.region), session: run });
    const read = await readEksCluster(target, { credentials, plan, now: () => new Date(), endpoints, deadlineMs: context.getRemainingTimeInMillis() - RESERVE });
    if (!read.ok) return await missed(run, target, read.reason.message);
    await writeAssessment(store, run, assess(read.snapshot), target.label);
    logger.info('audited');
    return {};
  } catch (error) {
    logger.error('the audit failed', error as Error);
    await missed(run, target, `the audit failed: ${error instanceof Error ? error.message : String(error)}`);
    // Shown as a failure of the function, and tried once more: an assessment counts more than this note.
    throw error;
  }
}

async function missed(run: string, { label, arn }: EksTarget, reason: string): Promise<AuditResult> {
  logger.warn('not audited', { reason });
  await writeMissed(store, run, { label, cluster: arn, reason });
  return {};
}
