const FRAMEWORKS: ReadonlyMap<string, string> = new Map([
  ['cis-eks-1.8.0', 'CIS EKS 1.8.0'],
  ['nsa-1.2', 'NSA/CISA 1.2'],
  ['attack', 'ATT&CK'],
  ['ms-k8s', 'Microsoft threat matrix'],
  ['pss', 'Pod Security Standards'],
  ['cve', 'CVE'],
]);

/** "CIS EKS 1.8.0: 4.1.1, 4.1.3 · ATT&CK: T1078". Controls are written `framework/control`. */
export function controlWords(controls: readonly string[]): string {
  const groups = new Map<string, string[]>();
  for (const control of controls) {
    const slash = control.indexOf('/');
    const framework = slash < 0 ? '' : control.slice(0, slash);
    const members = groups.get(framework) ?? [];
    members.push(control.slice(slash + 1));
    groups.set(framework, members);
  }
  return [...groups].map(([framework, members]) => (framework === '' ? members.join(', ') : `${FRAMEWORKS.get(framework) ?? framework}: ${members.join(', ')}`)).join(' · ');
}
