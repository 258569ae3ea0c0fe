import { listed } from '../../model/listed.ts';
import { defineCheck } from '../define-check.ts';
import { resourceWithKind } from '../../model/resource-words.ts';

/**
 * From the Internet to a workload whose takeover gives the node, the cluster or what others trust: over what the Internet reaches and connections that policies let through as they are enforced. Critical where one step leads to
 * control of a node or of the cluster, high where more do or where it is its namespace that is trusted; at most medium where the way in is only inferred.
 */
export const internetToSensitivePath = defineCheck({
  id: 'internet-to-sensitive-path',
  revision: 1,
  area: 'network',
  title: 'The Internet is a few steps from control of the cluster',
  severity: 'critical',
  rationale: 'Whoever takes over what stands on the Internet connects from there to what holds a node or the cluster, and no policy is in between.',
  remediation: 'Close the ingress of the last workload of the way to all but those that need it; take away what makes it worth reaching where it can do without.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/', 'https://www.microsoft.com/en-us/security/blog/2020/04/02/attack-matrix-kubernetes/'],
  controls: ['cis-eks-1.8.0/4.3.2', 'nsa-1.2/network-separation', 'attack/T1190', 'attack/T1210'],
  needs: ['internetPaths'],
  identity: { resource: 'the workload', key: '`internet`' },
  unjudged: ({ internetPaths }) => internetPaths.unjudged,
  *evaluate({ internetPaths }) {
    for (const { workload, sensitivity, entry, steps, onlyWay } of internetPaths.all) {
      const { resource } = workload;
      const place = `${resource.namespace}/${resource.name}`;
      const { namespace, name, kind } = entry.workload.resource;
      const by = [...new Set(steps.flatMap((step) => step.by))].sort();
      const severity = sensitivity.is === 'control' && steps.length < 2 ? 'critical' : 'high';
      yield {
        resource,
        key: 'internet',
        severity: entry.sure ? severity : 'medium',
        message:
          steps.length === 0
            ? `The Internet ${entry.sure ? 'reaches' : 'may reach'} ${place}, which ${sensitivity.says}: ${entry.paths[0]!}`
            : `From ${namespace}/${name}, which the Internet ${entry.sure ? 'reaches' : 'may reach'}, ${steps.length === 1 ? 'one step leads' : `${steps.length} steps lead`} to ${place}, which ${sensitivity.says}: ${by.length === 0 ? 'no policy closes the way' : `${listed(by)} ${by.length === 1 ? 'lets' : 'let'} it through`}`,
        // What is at the door is what all ways from there have in common.
        cause: `${kind} ${namespace}/${name} on the Internet`,
        evidence: {
          path: [...entry.paths.slice(0, 1), ...steps.map(({ from, to, ports }) => `${resourceWithKind(from.resource)} > ${resourceWithKind(to.resource)} on ${ports}`)],
          policies: by,
          cut: onlyWay ? (steps.length === 0 ? 'the way in: no other leads to it' : `the last step: no other leads from the Internet to ${place}`) : `the ingress of ${place}: several steps lead to it`,
          inferred: !entry.sure,
        },
      };
    }
  },
});
