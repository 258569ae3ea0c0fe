import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { canonicalEvidence } from '../../../lambda/assess/canonical-evidence.ts';
import type { OpenFinding } from '../../../lambda/model/change.ts';
import { shellOperand, shellWord } from '../../../lambda/model/shell-word.ts';
import type { Evidence } from '../../../lambda/model/violation.ts';
import { findingExplanation } from '../../../lambda/report/terminal/explanation.ts';
import { rightsChain } from '../../../lambda/report/terminal/rights-chain.ts';
import { cluster, finding } from '../../notify/given.ts';

const EU = cluster('prod-eu');
const of = (evidence: Evidence, more: Partial<OpenFinding> = {}): OpenFinding => finding('secrets-read', 'shop/web', { evidence: canonicalEvidence(evidence), ...more });
const grant = (binding: string, role: string, alone = true) => ({ binding, ...(alone ? { bindsNobodyElse: true } : {}), role, rules: ['get: secrets'] });
/** Between the message and why it matters, and what is said of the cut. */
const shown = (found: OpenFinding): string => findingExplanation({ cluster: EU, finding: found, title: 'Title', check: undefined, standing: { state: 'open' }, history: [] }, { width: 100, colour: false, now: '2026-11-21T06:00:00.000Z' });

describe('a right', () => {
  test('by its bindings, roles and rules, and what takes it back', () => {
    const text = shown(of({ grants: [grant('ClusterRoleBinding all', 'ClusterRole reader'), grant('RoleBinding shop/some', 'Role shop/local', false)], includes: ['pod-exec'] }));
    expect(text).toContain(
      '    ClusterRoleBinding all → ClusterRole reader\n' +
        '      get: secrets\n' +
        '    RoleBinding shop/some → Role shop/local\n' +
        '      get: secrets\n' +
        '    includes  pod-exec\n',
    );
    expect(text).toContain(
      'Cut it here      kubectl delete clusterrolebinding all\n' +
        '                 kubectl edit rolebinding -n shop some   (take out ServiceAccount shop/web)\n' +
        '                 (each of these bindings gives it, or a part of it)\n',
    );
  });

  test('one binding needs no more words', () => {
    expect(rightsChain(of({ grants: [grant('ClusterRoleBinding all', 'ClusterRole reader')] }), EU)).toMatchObject({ cut: ['kubectl delete clusterrolebinding all'], rest: {} });
    expect(rightsChain(of({ grants: [grant('ClusterRoleBinding all', 'ClusterRole reader')] }), EU)).not.toHaveProperty('note');
  });

  test('what Kubernetes binds itself is never to be deleted', () => {
    const found = of({ grants: [grant('ClusterRoleBinding system:kube-dns', 'ClusterRole system:kube-dns')] }, { resource: { apiVersion: 'v1', kind: 'ServiceAccount', namespace: 'kube-system', name: 'kube-dns' } });
    expect(rightsChain(found, EU)).toMatchObject({ cut: [], note: 'what Kubernetes, EKS or an add-on binds is left: put its role right instead' });
    expect(shown(found)).toContain('Cut it here      what Kubernetes, EKS or an add-on binds is left: put its role right instead\n');
  });

  test('more bindings than evidence carries are a number', () => {
    const found = of({ grants: Array.from({ length: 25 }, (_, index) => grant(`RoleBinding shop/b${index}`, 'ClusterRole reader')) });
    expect(shown(found)).toContain('    … and 5 more bindings\n');
    expect(rightsChain(found, EU)?.cut).toHaveLength(20);
  });

  test('a name that was cut short is in no command', () => {
    expect(rightsChain(of({ grants: [grant(`ClusterRoleBinding ${'x'.repeat(2000)}`, 'ClusterRole reader')] }), EU)?.cut).toEqual([]);
  });

  test.each([['text'], [7], [null], [[7, null, ['x']]], [{ first: 7, total: 'x' }], [[{ binding: 7, role: {} }]], [[]]])('evidence %j is no chain', (grants) => {
    expect(rightsChain(of({ grants: grants as never }), EU)).toBeUndefined();
  });
});

describe('names of a cluster in a command', () => {
  test.each(["it's", '$(reboot)', '`reboot`', 'a b', ';x', 'a\nb', '', '\\', '*', '~'])('%j is one word of a shell', (name) => {
    expect(execFileSync('sh', ['-c', `printf '%s' ${shellWord(name)}`], { encoding: 'utf8' })).toBe(name);
  });

  test('one that looks like an option is none', () => {
    expect([shellOperand('--all'), shellOperand('-n'), shellOperand('all')]).toEqual(['-- --all', '-- -n', 'all']);
    expect(rightsChain(of({ grants: [grant('ClusterRoleBinding --all', 'ClusterRole reader')] }), EU)?.cut).toEqual(['kubectl delete clusterrolebinding -- --all']);
    expect(rightsChain(of({ grants: [grant("RoleBinding shop/it's", 'ClusterRole reader')] }), EU)?.cut).toEqual(["kubectl delete rolebinding -n shop 'it'\\''s'"]);
  });

  test('beside a command they are no command either', () => {
    const found = of({ grants: [grant('ClusterRoleBinding all', 'ClusterRole reader', false)] }, { resource: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'User', name: '$(reboot)' } });
    expect(rightsChain(found, EU)?.cut).toEqual(["kubectl edit clusterrolebinding all   (take out 'User $(reboot)')"]);
  });

  test('are shown, and not obeyed', () => {
    expect(shown(of({ grants: [grant('ClusterRoleBinding \u001b[31mx', 'ClusterRole reader')] }))).toContain("Cut it here      kubectl delete clusterrolebinding '\\x1b[31mx'\n");
  });
});

describe('a way', () => {
  const way = (more: Evidence): OpenFinding => finding('privilege-escalation-path', 'ci/runner', { evidence: canonicalEvidence({ path: ['ServiceAccount ci/runner runs pods', 'is then cluster-admin'], ...more }) });

  test('step by step, with the grants that were tried', () => {
    const text = shown(way({ cut: ['kubectl delete rolebinding -n ci deploy'], cutIs: 'the fewest grants that do it' }));
    expect(text).toContain('    ServiceAccount ci/runner runs pods\n    → is then cluster-admin\n');
    expect(text).toContain('Cut it here      kubectl delete rolebinding -n ci deploy\n                 (checked: without it no way is left)\n');
  });

  test('several go together; one of somebody of IAM names the cluster', () => {
    const found = way({ cut: ['aws eks disassociate-access-policy --principal-arn a --policy-arn b --cluster-name …', 'kubectl delete rolebinding -n ci deploy'], cutIs: 'they do it together' });
    expect(rightsChain(found, { ...EU, name: 'prod eu' })).toMatchObject({
      cut: ["aws eks disassociate-access-policy --principal-arn a --policy-arn b --cluster-name 'prod eu'", 'kubectl delete rolebinding -n ci deploy'],
      note: 'checked: without all of these together no way is left; another set of grants may be smaller',
    });
  });

  test('where nothing can be taken back, it says so', () => {
    expect(shown(way({ cut: 'nothing that is yours to take back' }))).toContain('Cut it here      nothing that is yours to take back\n');
  });
});

describe('an access policy', () => {
  const arn = 'arn:aws-cn:iam::111122223333:role/dev';
  const found = (name: string): OpenFinding => finding('access-policy-privileged', 'x', { resource: { apiVersion: 'iam.amazonaws.com/v1', kind: 'Role', name }, evidence: { contents: 'as AWS documents it', policies: ['AmazonEKSAdminPolicy'] } });

  test('is taken off the entry', () => {
    expect(rightsChain(found(arn), { ...EU, name: 'prod' })?.cut).toEqual([
      `aws eks disassociate-access-policy --cluster-name prod --principal-arn ${arn} --policy-arn arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy`,
    ]);
  });

  test('of a role whose whole name the finding does not tell, there is no command', () => {
    expect(rightsChain(found('arn:aws:iam::111122223333:role/AWSReservedSSO_Admin'), EU)?.cut).toEqual([]);
  });
});
