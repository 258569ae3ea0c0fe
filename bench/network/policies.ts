/** Policies as people write them, made from their number alone: a default deny, name resolution, neighbours, other teams, the Internet less private networks. */

type Rule = Readonly<Record<string, unknown>>;

const DNS: Rule = {
  to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } }, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
  ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }],
};

const named = (name: string): Rule => ({ matchLabels: { 'app.kubernetes.io/name': name } });
const inNamespace = (name: string): Rule => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });

/** `of`: the app that it is about; in the namespace `team`. Every eighth policy of a namespace is its default deny. */
export function policySpec(i: number, of: number, apps: number, namespaces: number): object {
  const self = named(`app-${of}`);
  const friend = (of + namespaces) % apps;
  const elsewhere = (of + 1 + (i % 7)) % apps;
  switch (i % 8) {
    case 0:
      return { podSelector: {}, policyTypes: ['Ingress', 'Egress'] };
    case 1:
      return { podSelector: {}, policyTypes: ['Egress'], egress: [DNS] };
    case 2:
      return { podSelector: self, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [{ podSelector: named(`app-${friend}`) }], ports: [{ port: 8080 }] }], egress: [DNS, { to: [{ podSelector: {} }] }] };
    case 3:
      return { podSelector: self, ingress: [{ from: [{ namespaceSelector: inNamespace(`team-${elsewhere % namespaces}`), podSelector: named(`app-${elsewhere}`) }], ports: [{ port: 'http' }] }] };
    case 4:
      return {
        podSelector: self,
        policyTypes: ['Egress'],
        egress: [DNS, { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'] } }], ports: [{ port: 443 }] }],
      };
    case 5:
      return { podSelector: self, ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 8000 + (i % 200), endPort: 8100 + (i % 200) }] }] };
    case 6:
      return { podSelector: { matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'NotIn', values: [`app-${of}`] }] }, ingress: [{ from: [{ podSelector: self }, { namespaceSelector: inNamespace('kube-system') }] }] };
    default:
      return { podSelector: self, policyTypes: ['Egress'], egress: [{ to: [{ namespaceSelector: inNamespace(`team-${elsewhere % namespaces}`) }], ports: [{ port: 8080 }, { port: 9090 }] }, { to: [{ ipBlock: { cidr: `198.51.${i % 256}.${(i >> 8) % 256}/32` } }] }] };
  }
}

/** Tiers stay few however large a cluster is. */
export function tierSpec(i: number): object {
  const everybody = { namespaces: {} };
  return [
    { tier: 'Admin', priority: 10, subject: everybody, egress: [{ action: 'Accept', to: [{ pods: { namespaceSelector: inNamespace('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } } }], protocols: [{ udp: { destinationPort: { number: 53 } } }] }] },
    { tier: 'Admin', priority: 20, subject: everybody, egress: [{ action: 'Deny', to: [{ networks: ['169.254.169.254/32'] }] }] },
    { tier: 'Baseline', priority: 10, subject: { namespaces: { matchLabels: { zone: 'inner' } } }, ingress: [{ action: 'Deny', from: [{ namespaces: { matchExpressions: [{ key: 'zone', operator: 'NotIn', values: ['inner'] }] } }] }] },
  ][i]!;
}
