import { legacyAuthenticationMode } from '../../../lambda/checks/api-server/legacy-authentication-mode.ts';
import type { CheckCases } from '../check-cases.ts';
import { CLUSTER, eksCluster } from './eks-cluster.ts';

const found = { resource: CLUSTER, key: 'authentication-mode' };
const mode = (authenticationMode: string) => eksCluster({ accessConfig: { authenticationMode } });

export const cases = {
  check: legacyAuthenticationMode,
  pass: [{ name: 'access entries alone', sources: {} }],
  fail: [
    {
      name: 'the ConfigMap alone',
      sources: { eksCluster: mode('CONFIG_MAP') },
      findings: [{ ...found, message: 'The ConfigMap kube-system/aws-auth alone decides who may sign in' }],
    },
    { name: 'both', sources: { eksCluster: mode('API_AND_CONFIG_MAP') }, findings: [{ ...found, severity: 'low' }] },
  ],
} satisfies CheckCases;
