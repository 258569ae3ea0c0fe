/**
 * The catalogue of network findings that this area was worked out from, by its working names: which checks a row became, or why it is none.
 * `network-catalogue.test.ts` holds it against the registry.
 */
export type CatalogueRow =
  | { readonly checks: readonly string[] }
  /** It shows inside another check: as its evidence, its severity, or its not being evaluated. */
  | { readonly partOf: string; readonly how: string }
  | { readonly left: string };

export const CATALOGUE: Readonly<Record<string, CatalogueRow>> = {
  'netpol-not-enforced': { checks: ['network-policy-not-enforced'] },
  'netpol-engine-absent': { checks: ['network-policy-engine-absent'] },
  'netpol-engine-half-enabled': { checks: ['network-policy-engine-half-enabled', 'policy-agent-not-ready'] },
  'netpol-engine-conflict': { checks: ['network-policy-engine-conflict'] },
  'netpol-unenforced-node': { checks: ['network-policy-unenforced-nodes'] },
  'netpol-policyendpoint-missing': { checks: ['policy-endpoint-behind'] },
  'netpol-policyendpoint-stale': { checks: ['policy-endpoint-behind'] },
  'netpol-policyendpoint-orphan': { checks: ['policy-endpoint-behind'] },
  'netpol-standard-mode-gap': { checks: ['network-policy-standard-mode'] },
  'netpol-standalone-pod': { checks: ['standalone-pod-shares-policy'] },
  'netpol-port-limit-exceeded': { checks: ['network-policy-port-limit-exceeded'] },
  'netpol-except-leak': { checks: ['network-policy-exception-leak'] },
  'baseline-cnp-bypassed': { checks: ['baseline-policy-bypassed'] },
  'cnp-order-dependent': { checks: ['cluster-policy-order-dependent'] },
  'fqdn-rule-inert': { checks: ['domain-rule-inert'] },
  'ns-no-default-deny-ingress': { checks: ['default-deny-ingress-missing'] },
  'ns-no-default-deny-egress': { checks: ['default-deny-egress-missing'] },
  'pod-not-isolated-ingress': { partOf: 'default-deny-ingress-missing', how: 'workloads that nothing isolates are its evidence: one repair, one finding' },
  'pod-not-isolated-egress': { partOf: 'default-deny-egress-missing', how: 'the same' },
  'hostnetwork-bypasses-policy': { checks: ['host-network-bypasses-policy'] },
  'netpol-multi-interface-bypass': { checks: ['extra-interface-bypasses-policy'] },
  'calico-sg-pod-bypass': { checks: ['security-group-pod-bypasses-policy'] },
  'netpol-allow-all-ingress': { checks: ['network-policy-allows-all-ingress'] },
  'netpol-allow-all-egress': { checks: ['network-policy-allows-all-egress'] },
  'netpol-allow-any-namespace': { checks: ['network-policy-allows-any-namespace'] },
  'netpol-allow-any-port': { checks: ['network-policy-allows-any-port'] },
  'netpol-ingress-world': { checks: ['network-policy-open-to-internet'] },
  'netpol-egress-world': { checks: ['network-policy-open-to-internet'] },
  'netpol-ipblock-covers-cluster': { checks: ['network-policy-block-covers-nodes'] },
  'egress-covers-service-cidr': { checks: ['service-addresses-in-egress-block'] },
  'netpol-peer-selects-host-network': { checks: ['network-policy-admits-nodes'] },
  'imds-reachable': { checks: ['instance-metadata-reachable'] },
  'apiserver-egress-open': { checks: ['api-server-reachable'] },
  'dns-egress-unscoped': { checks: ['dns-egress-unscoped'] },
  'dns-egress-missing': { checks: ['dns-egress-missing'] },
  'sensitive-ns-reachable': { partOf: 'default-deny-ingress-missing', how: 'a namespace that admits the whole cluster is one, whatever stands in it; who reaches what by a rule is asked of the engine' },
  'cross-namespace-open': { checks: ['cross-namespace-open'] },
  'netpol-selects-nothing': { checks: ['network-policy-selects-nothing'] },
  'netpol-rule-peer-matches-nothing': { checks: ['network-policy-peer-matches-nothing'] },
  'netpol-rules-ignored-policytypes': { checks: ['network-policy-rules-ignored'] },
  'netpol-named-port-unresolved': { checks: ['network-policy-named-port-unresolved'] },
  'netpol-invalid-cidr': { partOf: 'network-policy-open-to-internet', how: 'the API server refuses such a block; in a capture it keeps the check from being evaluated' },
  'netpol-redundant-policy': { checks: ['network-policy-redundant'] },
  'netpol-redundant-rule': { checks: ['network-policy-redundant'] },
  'cnp-rule-shadowed': { checks: ['cluster-policy-rule-shadowed'] },
  'netpol-vacuous': { partOf: 'network-policy-allows-all-ingress', how: 'a policy that changes nothing lets everybody through, and is found so' },
  'netpol-accidental-or': { checks: ['network-policy-accidental-or'] },
  'cnp-overrides-netpol': { checks: ['cluster-policy-overrides-network-policy'] },
  'internet-exposed-workload': { checks: ['internet-exposed-service', 'service-external-ips'] },
  'exposed-dashboard': { checks: ['exposed-dashboard'] },
  'internet-to-sensitive-path': { checks: ['internet-to-sensitive-path'] },
};
