import { asking } from './asks.ts';
import { power, type PowerDefinition } from './power.ts';

/** Powers over custom resources: their controllers act on them with rights of their own. */
export const CONTROLLER_POWERS = {
  'policy-engine-write': power(
    [asking('writePolicyEngines'), asking('writeClusterPolicyEngines'), asking('writeConstraints')],
    ['high', 'high'],
    (where) => `may change the policies, or make exceptions to them, that Kyverno or Gatekeeper enforce ${where}`,
  ),
  'delivery-write': power([asking('writeDeliveries')], ['high', 'high'], (where) => `may have Argo CD or Flux deploy what it likes, by objects ${where}`),
  'cloud-object-write': power(
    [
      asking('writeCloudObjects'),
      asking('writeClusterCloudObjects'),
      asking('writeAwsObjects'),
      asking('writeCrossplaneObjects'),
      asking('writeClusterCrossplaneObjects'),
    ],
    ['high', 'high'],
    (where) => `may have a controller change things in AWS with its IAM role, by objects ${where}`,
  ),
  'secret-source-write': power(
    [asking('writeSecretSources'), asking('writeClusterSecretSources')],
    ['high', 'high'],
    (where) => `may have a controller fetch secrets or issue certificates, by objects ${where}`,
  ),
} as const satisfies Record<string, PowerDefinition>;
