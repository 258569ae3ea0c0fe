import { expect, test } from '@jest/globals';
import { KUBERNETES_SOURCES } from '../../../lambda/model/kinds.ts';
import type { Snapshot } from '../../../lambda/model/snapshot.ts';
import { certificate, sendJson, statusOf, type Handler } from '../kubernetes/https-server.ts';
import { answersOf } from '../kubernetes/fake-api-server.ts';
import { TARGET, bed, stateOf, type Bed } from './eks-bed.ts';

/** Why nothing was read of the API server; AWS's side was. */
function refusalOf(snapshot: Snapshot): string {
  const states = new Set(KUBERNETES_SOURCES.map((source) => stateOf(snapshot, source)));
  expect(states.size).toBe(1);
  expect(snapshot.sources.eksCluster.ok && snapshot.sources.eksAddons.ok && snapshot.sources.iamRoles.ok).toBe(true);
  expect(snapshot.sources.kubernetesVersion).toEqual({ ok: true, value: '1.35' });
  return [...states][0]!;
}

/** The API server was not spoken to at all. */
function nothingSent(at: Bed): void {
  expect(at.tokens).toEqual([]);
  expect(at.api.requests).toEqual([]);
}

test.each([
  ['of another region', 'https://abc.gr7.us-east-1.eks.amazonaws.com', 'it is no endpoint of EKS in eu-west-1 (allow others in endpoints.suffixes)'],
  ['of nobody we know', 'https://evil.example', 'it is no endpoint of EKS in eu-west-1 (allow others in endpoints.suffixes)'],
  ['that is the metadata service', 'https://169.254.169.254', 'it is no endpoint of EKS in eu-west-1 (allow others in endpoints.suffixes)'],
  ['in the clear', 'http://kubernetes.test', 'it is not https'],
])('no token goes to an endpoint %s', async (_, endpoint, why) => {
  await using at = await bed({ describes: { endpoint } });
  expect(refusalOf(await at.snapshot())).toBe(`unreachable: no token is sent to ${endpoint}: ${why}`);
  nothingSent(at);
});

test.each([['127.0.0.1'], ['169.254.169.254'], ['::1'], ['fd00:ec2::254']])('no token goes to a name that resolves to %s', async (address) => {
  await using at = await bed();
  const lookup = () => Promise.resolve([{ address, family: address.includes(':') ? 6 : 4 }]);
  expect(refusalOf(await at.snapshot({ lookup, endpoints: { suffixes: ['.test'], addresses: [] } }))).toContain(`it resolves to ${address}, which is`);
  nothingSent(at);
});

test('the address that was looked at is the one that is spoken to: no name is looked up a second time', async () => {
  await using at = await bed();
  let asked = 0;
  // `kubernetes.test` exists nowhere: were it looked up again, by the system, nothing would answer.
  const lookup = () => Promise.resolve([{ address: asked++ === 0 ? '127.0.0.1' : '169.254.169.254', family: 4 }]);
  const snapshot = await at.snapshot({ lookup });
  expect(asked).toBe(1);
  expect(stateOf(snapshot, 'pods')).toBe('read');
});

test('an endpoint that nobody knows the name of', async () => {
  await using at = await bed();
  const lookup = () => Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }));
  expect(refusalOf(await at.snapshot({ lookup }))).toBe('unreachable: no host is called kubernetes.test (ENOTFOUND); is the cluster gone, or its endpoint private?');
});

test.each([[undefined], [''], [Buffer.from('nonsense').toString('base64')]])('without a certificate authority nothing is sent: %p', async (data) => {
  await using at = await bed({ describes: { certificateAuthority: { data } } });
  expect(refusalOf(await at.snapshot())).toBe('unreadable: EKS gives no certificate authority of the cluster, so that nothing could prove to be its API server');
  nothingSent(at);
});

test('a certificate of another authority: nothing is sent', async () => {
  await using at = await bed({ describes: { certificateAuthority: { data: certificate('other-ca.crt').toString('base64') } } });
  expect(refusalOf(await at.snapshot())).toMatch(/^unreachable: the certificate of kubernetes\.test:\d+ is not signed by the cluster's CA, so nothing was sent to it; the only authority that is trusted/);
  nothingSent(at);
});

test('a certificate for another host: nothing is sent', async () => {
  await using at = await bed();
  at.cluster['endpoint'] = `https://other.test:${at.api.server.port}`;
  expect(refusalOf(await at.snapshot())).toMatch(/^unreachable: the certificate of other\.test:\d+ is for another host, so nothing was sent to it/);
  nothingSent(at);
});

test('a redirect is not followed', async () => {
  await using at = await bed({
    handler(_, response) {
      response.writeHead(302, { location: 'https://169.254.169.254/latest/meta-data' });
      response.end();
    },
  });
  expect(refusalOf(await at.snapshot())).toMatch(/redirects to https:\/\/169\.254\.169\.254\/latest\/meta-data; not followed, because credentials go to the cluster alone$/);
  expect(at.api.requests).toEqual(['GET /version']);
});

test('an API server that does not know the role: what to do next', async () => {
  await using at = await bed();
  // Signed by the wrong key, as a principal without an access entry would seem to EKS.
  const credentials = () => Promise.resolve({ accessKeyId: TARGET.account, secretAccessKey: 'another' });
  const role = { arn: `arn:aws:iam::${TARGET.account}:role/eksaminer` };
  const result = await at.read({ credentials }, { ...TARGET, role });
  if (!result.ok) throw new Error(result.reason.message);
  expect(refusalOf(result.snapshot)).toBe(
    `unauthorized: the API server does not let ${role.arn} in (401): it has no access entry there. Next: aws eks create-access-entry --cluster-name shop --region eu-west-1 --principal-arn ${role.arn} --kubernetes-groups eksaminer`,
  );
  // Once, and once more with a new token.
  expect(at.tokens).toHaveLength(2);
});

test('an API server that gives no rights: its sources are refused, AWS says the rest', async () => {
  await using at = await bed({ handler: (_, response) => sendJson(response, statusOf(403, 'forbidden'), 403) });
  expect(refusalOf(await at.snapshot())).toMatch(/^forbidden: signed in, but the API server gives no rights/);
});

test('a token is renewed once when it is not accepted any more', async () => {
  const answers = answersOf({});
  let asked = 0;
  await using at = await bed({ handler: (request, response) => (++asked === 5 ? sendJson(response, statusOf(401, 'Unauthorized'), 401) : answers(request, response)) });
  const snapshot = await at.snapshot();
  expect(KUBERNETES_SOURCES.filter((source) => !snapshot.sources[source].ok)).toEqual([]);
});

test('a token is 14 minutes old at most', async () => {
  const answers = answersOf({});
  const at = await bed({
    handler(request, response) {
      if (request.url === '/version') at.clock.pass(13 * 60_000);
      if (request.url?.startsWith('/api/v1/namespaces/kube-system?') || request.url === '/api/v1/namespaces/kube-system') at.clock.pass(61_000);
      answers(request, response);
    },
  });
  await using _ = at;
  const snapshot = await at.snapshot({ deadlineMs: 60 * 60_000 });
  expect(KUBERNETES_SOURCES.filter((source) => !snapshot.sources[source].ok)).toEqual([]);
  const distinct = [...new Set(at.tokens)];
  expect(distinct).toHaveLength(2);
  expect(at.tokens.indexOf(distinct[1]!)).toBeGreaterThan(1);
});

test('the token is in no snapshot, no message and no word of progress', async () => {
  const said: string[] = [];
  const leaking: Handler = (request, response) => sendJson(response, statusOf(500, `no user for ${request.headers.authorization ?? ''} here`), 500);
  await using at = await bed({ handler: answersOf({ instead: new Map([['/api/v1/pods', leaking]]) }) });
  const snapshot = await at.snapshot({ onProgress: (doing) => void said.push(doing) });
  const everything = JSON.stringify(snapshot) + said.join('\n');
  expect(at.tokens.length).toBeGreaterThan(40);
  for (const token of new Set(at.tokens)) expect(everything).not.toContain(token.slice('Bearer k8s-aws-v1.'.length).slice(0, 60));
  expect(everything).not.toContain('k8s-aws-v1');
  expect(stateOf(snapshot, 'pods')).toBe('unavailable: the API server answered 500: no user for (a token) here');
  expect(said).toContain('reading pods');
  expect(said).toContain('asking EKS');
});

test('a namespace that is not there is said as ever', async () => {
  await using at = await bed({ kubernetes: { objects: { namespaces: [{ metadata: { name: 'kube-system', uid: 'u' } }] } } });
  expect(await at.read({ namespaces: ['shpo'] })).toMatchObject({ ok: false, reason: { code: 'not-configured', message: 'none of the namespaces that were asked for is in this cluster: shpo' } });
});
