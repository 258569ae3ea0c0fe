import type { AskedTarget } from '../../lambda/facts/escalation/ask-path.ts';
import type { Subject } from '../../lambda/facts/rbac/subject.ts';
import { UsageError } from '../usage-error.ts';
import { askedSubject } from './asked-subject.ts';

const KIND = /^(user|group|serviceaccount|sa)$/i;

/** SUBJECT and, after it, what is to be reached. A kind and its name may be two words. Throws a UsageError where more stands there than that. */
export function askedPath(words: readonly string[]): { readonly subject: Subject; readonly target?: AskedTarget } {
  const [subject, rest] = nextSubject(words);
  if (rest.length === 0) return { subject };
  const [word = ''] = rest;
  if (rest.length === 1 && word === 'cluster-admin') return { subject, target: { is: 'admin' } };
  if (rest.length === 1 && word === 'privileged-iam-role') return { subject, target: { is: 'iam-role' } };
  if (rest.length === 1 && (word === 'node/linux' || word === 'node/windows')) return { subject, target: { is: 'node', os: word === 'node/linux' ? 'linux' : 'windows' } };
  if (rest.length === 1 && word.startsWith('namespace/') && word !== 'namespace/') return { subject, target: { is: 'control', namespace: word.slice('namespace/'.length) } };
  const [other, more] = nextSubject(rest);
  if (more.length > 0) throw new UsageError(`${JSON.stringify(more.join(' '))} stands after SUBJECT and TARGET; put names of several words in quotes`);
  return { subject, target: { is: 'identity', subject: other } };
}

function nextSubject(words: readonly string[]): readonly [Subject, readonly string[]] {
  const length = KIND.test(words[0]!) && words.length > 1 ? 2 : 1;
  return [askedSubject(words.slice(0, length)), words.slice(length)];
}
