import { expect, test } from '@jest/globals';
import { checkEndpoint } from '../../../lambda/collect/eks/check-endpoint.ts';

const PLACE = { partition: 'aws', region: 'eu-west-1' };
const NONE = { suffixes: [], addresses: [] };
const HOST = 'https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com';

async function verdict(endpoint: string, addresses: readonly string[] = ['203.0.113.7'], place = PLACE, rules: { suffixes: string[]; addresses: string[] } = NONE): Promise<string> {
  const asked: string[] = [];
  const checked = await checkEndpoint(endpoint, place, rules, (host) => {
    asked.push(host);
    return Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  });
  if (checked.ok) {
    expect(asked).toEqual([checked.value.server.hostname]);
    expect(checked.value.addresses.map(({ address }) => address)).toEqual(addresses);
    return 'ok';
  }
  expect(checked.reason.code).toBe('unreachable');
  return checked.reason.message;
}

test.each([
  [HOST, 'aws', 'eu-west-1'],
  [`${HOST}/`, 'aws', 'eu-west-1'],
  [`${HOST}:443`, 'aws', 'eu-west-1'],
  ['https://abc.eu-west-1.eks.amazonaws.com', 'aws', 'eu-west-1'],
  ['https://abc.sk1.eks-cluster.us-east-1.api.aws', 'aws', 'us-east-1'],
  ['https://abc.yl4.cn-north-1.eks.amazonaws.com.cn', 'aws-cn', 'cn-north-1'],
  ['https://abc.yl4.eks-cluster.cn-north-1.api.amazonwebservices.com.cn', 'aws-cn', 'cn-north-1'],
  ['https://abc.gr7.us-gov-west-1.eks.amazonaws.com', 'aws-us-gov', 'us-gov-west-1'],
  ['https://abc.gr7.us-iso-east-1.eks.c2s.ic.gov', 'aws-iso', 'us-iso-east-1'],
])('an endpoint of EKS: %s (%s, %s)', async (endpoint, partition, region) => {
  expect(await verdict(endpoint, ['203.0.113.7', '10.0.3.4', '2a05:d018::7'], { partition, region })).toBe('ok');
});

test.each([
  ['http://abc.gr7.eu-west-1.eks.amazonaws.com', 'it is not https'],
  ['not an address', 'it is no address'],
  ['', 'it is no address'],
  [`${HOST}:8443`, 'its port is not 443'],
  [`${HOST}/elsewhere`, 'it is more than a host'],
  ['https://me@abc.gr7.eu-west-1.eks.amazonaws.com', 'it is more than a host'],
  [`${HOST}/?x`, 'it is more than a host'],
  ...[
    'https://abc.gr7.eu-west-2.eks.amazonaws.com',
    'https://abc.gr7.eu-west-1.eks.amazonaws.com.cn',
    'https://abc.gr7.eu-west-1.eks.amazonaws.com.evil.example',
    'https://evil.example',
    'https://eu-west-1.eks.amazonaws.com',
    'https://a.b.c.eu-west-1.eks.amazonaws.com',
    'https://abc-eu-west-1.eks.amazonaws.com',
    'https://x.lambda.eu-west-1.api.aws',
    'https://eks-cluster.eu-west-1.api.aws',
    'https://sts.eu-west-1.amazonaws.com',
    'https://127.0.0.1',
    'https://[::1]',
    'https://169.254.169.254',
    'https://0x7f000001',
    'https://localhost',
    'https://abc.gr7.eu-west-1.eks.amazonaws.com.',
  ].map((endpoint) => [endpoint, 'it is no endpoint of EKS in eu-west-1 (allow others in endpoints.suffixes)'] as const),
])('no token is sent to %s', async (endpoint, why) => {
  expect(await verdict(endpoint)).toBe(`no token is sent to ${endpoint}: ${why}`);
});

test.each([
  ['127.0.0.1', 'this machine itself'],
  ['127.8.8.8', 'this machine itself'],
  ['0.0.0.0', 'no address of a server'],
  ['0.1.2.3', 'no address of a server'],
  ['169.254.169.254', 'link-local'],
  ['169.254.170.2', 'link-local'],
  ['224.0.0.1', 'multicast'],
  ['255.255.255.255', 'broadcast'],
  ['::', 'no address of a server'],
  ['::1', 'this machine itself'],
  ['fe80::1', 'link-local'],
  ['ff02::1', 'multicast'],
  ['fd00:ec2::254', 'metadata'],
  ['::ffff:169.254.169.254', 'link-local'],
  ['::ffff:7f00:1', 'this machine itself'],
  ['::169.254.169.254', 'link-local'],
  ['64:ff9b::a9fe:a9fe', 'link-local'],
  ['2002:7f00:1::', 'this machine itself'],
])('a name that resolves to %s gets no token, even where another of its addresses is fine', async (address, why) => {
  expect(await verdict(HOST, ['203.0.113.7', address])).toContain(why);
  expect(await verdict(HOST, [address, '10.0.0.1'])).toContain(why);
});

test('the deployer alone widens it: a suffix allows hosts with their ports, a block allows addresses', async () => {
  const endpoint = 'https://shop.eks.internal.example:6443';
  const suffixes = ['.eks.internal.example'];
  expect(await verdict(endpoint, ['10.0.0.1'], PLACE, { suffixes, addresses: [] })).toBe('ok');
  expect(await verdict(endpoint, ['127.0.0.1'], PLACE, { suffixes, addresses: [] })).toContain('this machine itself (allow it in endpoints.addresses)');
  expect(await verdict(endpoint, ['127.0.0.1'], PLACE, { suffixes, addresses: ['127.0.0.1/32'] })).toBe('ok');
  expect(await verdict(endpoint, ['127.0.0.2'], PLACE, { suffixes, addresses: ['127.0.0.1/32'] })).toContain('this machine itself');
  expect(await verdict(endpoint, ['::ffff:127.0.0.1'], PLACE, { suffixes, addresses: ['127.0.0.1/32'] })).toBe('ok');
  expect(await verdict(HOST, ['127.0.0.1'], PLACE, { suffixes: [], addresses: ['::1/128'] })).toContain('this machine itself');
  expect(await verdict('https://eks.internal.example', ['10.0.0.1'], PLACE, { suffixes, addresses: [] })).toContain('no endpoint of EKS');
  expect(await verdict('http://shop.eks.internal.example', ['10.0.0.1'], PLACE, { suffixes, addresses: [] })).toContain('not https');
});

test('a name that nobody knows, or that has no address, is unreachable', async () => {
  const failing = await checkEndpoint(HOST, PLACE, NONE, () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })));
  expect(failing).toEqual({ ok: false, reason: { code: 'unreachable', message: `no host is called ${new URL(HOST).hostname} (ENOTFOUND); is the cluster gone, or its endpoint private?` } });
  expect(await verdict(HOST, [])).toBe(`the host ${new URL(HOST).hostname} has no address`);
});

test('a control character in an endpoint does not reach a message', async () => {
  expect(await verdict('ht\u001b[31mtp://\u202ex')).toBe('no token is sent to ht [31mtp:// x: it is no address');
});
