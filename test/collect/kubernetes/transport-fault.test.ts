import { expect, test } from '@jest/globals';
import { transportFault } from '../../../lambda/collect/kubernetes/transport-fault.ts';

function failed(code: string, message = 'it failed'): Error {
  return Object.assign(new Error(message), { code });
}

test.each([
  [failed('ENOTFOUND'), false, 'no host is called api.test (DNS); is the cluster gone, or its endpoint private?'],
  [failed('EAI_AGAIN'), true, 'api.test cannot be spoken to: it failed (EAI_AGAIN)'],
  [failed('ENETUNREACH'), true, 'api.test cannot be spoken to: it failed (ENETUNREACH)'],
  [failed('ECONNREFUSED'), true, 'nothing listens at api.test (connection refused)'],
  [failed('CERT_HAS_EXPIRED'), false, 'the certificate of api.test has expired, so nothing was sent to it; check server and certificate-authority-data in the kubeconfig'],
  [failed('EPROTO', 'wrong version\u001b[31m number'), false, 'api.test cannot be spoken to: wrong version [31m number (EPROTO)'],
  // Node tries both address families and wraps what each said.
  [new AggregateError([failed('ECONNREFUSED'), failed('ENETUNREACH')]), true, 'nothing listens at api.test (connection refused)'],
  ['odd', false, 'api.test cannot be spoken to: odd'],
])('%s', (error, retry, message) => {
  expect(transportFault(error, 'api.test', 'check server and certificate-authority-data in the kubeconfig')).toEqual({ refusal: { code: 'unreachable', message }, retry });
});
