import { collectionPlan } from '../../lambda/checks/collection-plan.ts';
import { CHECKS } from '../../lambda/checks/registry.ts';
import { LIVE_FIELDS } from '../../lambda/facts/network/reach/live-ends.ts';

/** What an audit keeps, and of pods that run what tells who may talk to them: their addresses, nodes and named ports. */
export const LIVE_PLAN = collectionPlan(CHECKS, LIVE_FIELDS);
