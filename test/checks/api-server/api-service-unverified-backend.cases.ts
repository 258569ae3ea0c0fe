import { apiServiceUnverifiedBackend } from '../../../lambda/checks/api-server/api-service-unverified-backend.ts';
import type { CheckCases } from '../check-cases.ts';

const apiService = (name: string, spec: object) => ({ apiServices: [{ metadata: { name }, spec: { groupPriorityMinimum: 100, versionPriority: 100, ...spec } }] });
const found = (name: string) => ({ resource: { apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', name }, key: 'unverified-backend' });

export const cases = {
  check: apiServiceUnverifiedBackend,
  pass: [
    { name: 'served by the API server itself', sources: apiService('v1.apps', {}) },
    { name: 'verified by a CA', sources: apiService('v1.example.com', { service: { name: 'api', namespace: 'prod' }, caBundle: 'Q0E=' }) },
    {
      name: "metrics-server's own manifest",
      sources: apiService('v1beta1.metrics.k8s.io', { insecureSkipTLSVerify: true, service: { name: 'metrics-server', namespace: 'kube-system', port: 443 } }),
    },
    {
      name: "EKS's own metrics API",
      sources: apiService('v1.metrics.eks.amazonaws.com', { insecureSkipTLSVerify: true, service: { name: 'eks-extension-metrics-api', namespace: 'kube-system' } }),
    },
  ],
  fail: [
    {
      name: 'not verified',
      sources: apiService('v1.example.com', { insecureSkipTLSVerify: true, service: { name: 'api', namespace: 'prod' } }),
      findings: [
        {
          ...found('v1.example.com'),
          message: 'v1.example.com is served by prod/api, whose certificate is not verified',
          cause: 'APIService v1.example.com: insecureSkipTLSVerify',
        },
      ],
    },
    {
      name: "metrics-server's name with another Service behind it",
      sources: apiService('v1beta1.metrics.k8s.io', { insecureSkipTLSVerify: true, service: { name: 'metrics-server', namespace: 'prod' } }),
      findings: [found('v1beta1.metrics.k8s.io')],
    },
  ],
} satisfies CheckCases;
