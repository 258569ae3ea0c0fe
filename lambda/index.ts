/**
 * What the package offers to other programs: read a capture, assess it, look at the checks. The record and the messages
 * belong to the command line.
 */
export { assess } from './assess/assess.ts';
export { collectionPlan } from './checks/collection-plan.ts';
export { defineCheck, type Check, type CheckArea, type CheckDefinition } from './checks/define-check.ts';
export { CHECKS } from './checks/registry.ts';
export type { CaptureResult } from './collect/capture/capture-result.ts';
export { readCapture } from './collect/capture/read-capture.ts';
export type { Assessment, CheckOutcome, CoverageRow, Finding, OutcomeKind } from './model/assessment.ts';
export type { ClusterIdentity } from './model/cluster-target.ts';
export { collected, refused, type Collected, type Refusal } from './model/collected.ts';
export type { CollectionPlan } from './model/collection-plan.ts';
export { SEVERITIES, type Severity } from './model/severity.ts';
export type { CollectedSources, Snapshot } from './model/snapshot.ts';
export { SOURCE_NAMES, type SourceName, type Sources } from './model/sources.ts';
export type { Evidence, Json, ResourceRef, Violation } from './model/violation.ts';
