import { asking } from './asks.ts';
import { power, type PowerDefinition } from './power.ts';

/** Powers over where traffic goes. */
export const TRAFFIC_POWERS = {
  'service-address-write': power(
    [asking('writeServices'), asking('changeServiceStatus')],
    ['medium', 'medium'],
    (where) => `may take over the traffic of the whole cluster to an address of its choice, by Services ${where}`,
  ),
  'endpoints-write': power([asking('writeEndpoints')], ['medium', 'medium'], (where) => `may send the traffic of Services ${where} to any address`),
  'route-write': power([asking('writeRoutes')], ['high', 'medium'], (where) => `may let traffic from outside in to the Services ${where}`),
  'system-config-write': power(
    [asking('changeSystemConfig'), asking('changeArgoConfig')],
    ['medium', 'medium'],
    (where) => `may change the configuration of cluster DNS, the network or deployments ${where}`,
  ),
} as const satisfies Record<string, PowerDefinition>;
