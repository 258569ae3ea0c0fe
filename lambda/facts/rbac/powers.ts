import { POWER_ORDER, powerContains, type PowerName } from '../../model/power-order.ts';
import type { Asks } from './asks.ts';
import { CLUSTER_POWERS } from './cluster-powers.ts';
import { CONTROLLER_POWERS } from './controller-powers.ts';
import { CORE_POWERS } from './core-powers.ts';
import type { PowerDefinition } from './power.ts';

export type { PowerDefinition };
import { TRAFFIC_POWERS } from './traffic-powers.ts';

/**
 * The catalogue: what can be done with rights, and how bad that is with every namespace or with one. Names stand in the keys of findings
 * and are permanent. After Kubernetes' "RBAC Good Practices" and the published attacks on each.
 */
const DEFINITIONS: { readonly [P in PowerName]: PowerDefinition } = { ...CORE_POWERS, ...CLUSTER_POWERS, ...TRAFFIC_POWERS, ...CONTROLLER_POWERS };

export type Power = PowerName;
export const POWERS = Object.keys(POWER_ORDER) as readonly Power[];
export type PowerScope = 'cluster' | 'namespace';

export function powerDefinition(name: Power): PowerDefinition {
  return DEFINITIONS[name];
}

/** A fixed partial order: whoever holds `strong` in a scope holds `weak` there. Reflexive. */
export function contains(strong: Power, weak: Power): boolean {
  return powerContains(strong, weak);
}

/** Every power that these answers give, in the order of the catalogue. */
export function powersOf(asks: Asks, scope: PowerScope): readonly Power[] {
  const other: Power = scope === 'cluster' ? 'namespace-admin' : 'cluster-admin';
  return POWERS.filter((name) => name !== other && powerDefinition(name).anyOf.some((needed) => (asks & needed) === needed));
}

/** The strongest of these: none of them is contained in another. */
export function strongest(powers: readonly Power[]): readonly Power[] {
  return powers.filter((weak) => !powers.some((strong) => strong !== weak && contains(strong, weak)));
}
