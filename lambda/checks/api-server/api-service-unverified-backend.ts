import { defineCheck } from '../define-check.ts';
import { written } from '../../facts/as-read.ts';

/**
 * An APIService whose backend's certificate the API server does not verify (insecureSkipTLSVerify). Two are left out, each by its name and the
 * Service behind it: metrics-server's, whose manifests and EKS add-on come so (what could be forged is CPU and memory figures), and the one
 * of EKS itself, which the owner cannot change.
 */
export const apiServiceUnverifiedBackend = defineCheck({
  id: 'api-service-unverified-backend',
  revision: 1,
  area: 'api-server',
  title: 'A part of the API is served by whoever takes its address',
  severity: 'medium',
  rationale: 'Whoever can take the Service or stand between answers API requests in its name: with false objects, and with the sender’s name and groups in hand.',
  remediation: 'Give the APIService the CA of its backend (caBundle) and take insecureSkipTLSVerify away.',
  references: ['https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/'],
  controls: ['attack/T1557', 'ms-k8s/MS-TA9015'],
  needs: ['apiServices'],
  fields: { apiServices: ['spec.insecureSkipTLSVerify', 'spec.service.name', 'spec.service.namespace'] },
  identity: { resource: 'the APIService', key: '`unverified-backend`' },
  *evaluate({ apiServices }) {
    for (const { metadata, spec } of apiServices) {
      const service = spec?.service;
      if (spec?.insecureSkipTLSVerify !== true || !service) continue;
      const name = metadata?.name ?? '';
      const backend = `${written(service.namespace ?? '')}/${written(service.name ?? '')}`;
      if (KNOWN.get(name) === backend) continue;
      yield {
        resource: { apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', name },
        key: 'unverified-backend',
        message: `${name} is served by ${backend}, whose certificate is not verified`,
        cause: `APIService ${name}: insecureSkipTLSVerify`,
        evidence: { service: backend },
      };
    }
  },
});

const KNOWN: ReadonlyMap<string, string> = new Map([
  ['v1beta1.metrics.k8s.io', 'kube-system/metrics-server'],
  ['v1.metrics.eks.amazonaws.com', 'kube-system/eks-extension-metrics-api'],
]);
