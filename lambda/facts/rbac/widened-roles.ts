import type { ResourceRef } from '../../model/violation.ts';
import { defineFact } from '../define-fact.ts';
import { AGGREGATION_FIELDS, aggregatesInto, type Aggregated } from './aggregated-roles.ts';
import { asking, asksOfRule, type Asks } from './asks.ts';
import { RBAC_FIELDS } from './bindings.ts';
import { describeRule, readRules } from './policy-rule.ts';
import { contains, powerDefinition, powersOf, strongest, type Power } from './powers.ts';
import { knownAsks } from './defaults/default-grants.ts';

/** A ClusterRole that adds a power to one of the roles that people bind without a second look. */
export interface WidenedRole {
  readonly resource: ResourceRef;
  /** The weakest of the roles that it flows into. */
  readonly into: Aggregated;
  readonly power: Power;
  /** What its holders then may, after "whoever holds view": `may read every Secret where it is bound`. */
  readonly says: string;
  /** The rules that do it, sorted. */
  readonly rules: readonly string[];
}

/** What holders of each role have anyway. */
const USUAL: { readonly [T in Aggregated]: readonly Power[] } = {
  view: [],
  edit: ['namespace-edit'],
  admin: ['namespace-edit', 'rbac-write'],
};

/**
 * ClusterRoles whose label lets the aggregation controller copy their rules into view, edit or admin, where these add a power.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
 */
export const widenedRoles = defineFact({
  name: 'widenedRoles',
  revision: 2,
  needs: ['clusterRoles'],
  fields: { clusterRoles: [...RBAC_FIELDS.clusterRoles, ...AGGREGATION_FIELDS] },
  derive: ({ clusterRoles }): readonly WidenedRole[] =>
    clusterRoles.flatMap(({ apiVersion = '', kind = '', metadata, rules: raw }) => {
      const into = aggregatesInto(metadata?.labels);
      const name = metadata?.name ?? '';
      // `view` flows into `edit`, and `edit` into `admin`: by Kubernetes' own labels.
      if (into === undefined || name === 'view' || name === 'edit') return [];
      const rules = readRules(raw);
      const ruleAsks = rules.map((rule) => asksOfRule(rule));
      const asks = ruleAsks.reduce((all, one) => all | one, 0n) & ~knownAsks(`ClusterRole ${name}`);
      const usual = USUAL[into];
      const powers = strongest(powersOf(asks & ~CONDITIONAL, 'cluster')).filter((power) => !usual.some((other) => contains(other, power)));
      return powers.map((power) => ({
        resource: { apiVersion, kind, name },
        into,
        power,
        says: powerDefinition(power === 'cluster-admin' ? 'namespace-admin' : power).says('where it is bound'),
        rules: [...new Set(rules.filter((_, index) => gives(ruleAsks[index]!, power)).map(describeRule))].sort(),
      }));
    }),
});

/**
 * Reading `pods/exec` is in `view` of no version, but whether it is a power depends on the API server's; ConfigMaps are every editor's; which
 * namespace a rule names is a matter of where it is bound.
 */
const CONDITIONAL = asking('getExec', 'getForward', 'changeAwsAuth', 'createAwsAuth', 'createClaims', 'changeNamedNamespace', 'deleteNamedNamespace');

function gives(asks: Asks, power: Power): boolean {
  return powersOf(asks, 'cluster').some((held) => held === power || contains(held, power));
}
