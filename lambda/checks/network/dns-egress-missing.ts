import { unsaid } from '../../facts/unsaid.ts';
import { defineCheck } from '../define-check.ts';

/**
 * Policies isolate the egress of a workload and let it out to pods or the Internet, and not to port 53 of the cluster's name servers, by UDP and by TCP. Info where TCP alone is missing: long answers are cut. Who is let out to
 * port 53 of addresses asks name servers of its own. As policies are written.
 */
export const dnsEgressMissing = defineCheck({
  id: 'dns-egress-missing',
  revision: 1,
  area: 'network',
  title: 'Pods may not ask for the names of what they may reach',
  severity: 'low',
  rationale: 'What the policies allow fails by its name; under pressure it is the policies that go, and with them all that they close.',
  remediation: 'Add a policy that lets the pods out to k8s-app=kube-dns in kube-system on port 53, by UDP and TCP.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/', 'https://www.rfc-editor.org/rfc/rfc7766'],
  controls: ['cis-eks-1.8.0/4.3.2'],
  needs: ['dnsEgressGaps', 'policyCoverage'],
  identity: { resource: 'the workload', key: '`egress`' },
  unjudged: ({ dnsEgressGaps, policyCoverage }) => [
    ...policyCoverage.unjudged,
    ...(dnsEgressGaps.noServers ? [unsaid('deployments', 'which pods answer names is not known: none in kube-system has k8s-app=kube-dns')] : []),
  ],
  *evaluate({ dnsEgressGaps, policyCoverage }) {
    for (const { workload, missing } of dnsEgressGaps.found) {
      const { resource, source } = workload;
      // A policy of Calico or Cilium may let it out.
      if (policyCoverage.namespaces.get(resource.namespace)?.otherEngines === true) continue;
      yield {
        resource,
        key: 'egress',
        severity: missing === 'TCP' ? 'info' : 'low',
        message: `Policies let ${resource.namespace}/${resource.name} out, and not by ${missing === 'UDP and TCP' ? 'UDP or TCP' : missing} to the name servers of the cluster`,
        cause: missing === 'TCP' ? 'no egress for DNS by TCP' : 'no egress for DNS',
        evidence: { missing },
        restsOn: [source, 'networkPolicies', 'applicationNetworkPolicies'],
      };
    }
  },
});
