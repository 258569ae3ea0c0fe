import type { Unread } from '../../model/derived.ts';
import { defineFact } from '../define-fact.ts';
import { unsaid } from '../unsaid.ts';
import type { Workload } from '../workloads/workload.ts';
import { compileSelector } from './label-selector.ts';

/** Workloads whose pods get security groups of their own, and with them a network interface of their own. */
export interface SecurityGroupPods {
  readonly of: ReadonlySet<Workload>;
  readonly unjudged: readonly Unread[];
}

/** By their labels. Selectors of ServiceAccounts are not followed. https://docs.aws.amazon.com/eks/latest/userguide/security-groups-for-pods.html */
export const securityGroupPods = defineFact({
  name: 'securityGroupPods',
  revision: 1,
  needs: ['securityGroupPolicies', 'workloadIndex'],
  fields: { securityGroupPolicies: ['spec.podSelector', 'spec.serviceAccountSelector'] },
  derive: ({ securityGroupPolicies, workloadIndex }): SecurityGroupPods => {
    const of = new Set<Workload>();
    let byAccount = false;
    for (const { metadata, spec } of securityGroupPolicies) {
      if (spec?.podSelector) for (const workload of workloadIndex.select(metadata?.namespace ?? '', compileSelector(spec.podSelector))) of.add(workload);
      else byAccount ||= spec?.serviceAccountSelector !== undefined;
    }
    return { of, unjudged: byAccount ? [unsaid('securityGroupPolicies', 'some select pods by their ServiceAccount, which is not followed')] : [] };
  },
});
