import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { inTemporaryDirectory } from './run-cli.ts';
import { runHere } from './run-here.ts';
import { privilegedPod, writeTinyCapture } from './tiny-capture.ts';

test('a namespace that is not in the capture is no audit, as with a live cluster', () =>
  inTemporaryDirectory(async (directory) => {
    const namespaces = ['kube-system', 'shop'].map((name) => ({ metadata: { name } }));
    writeTinyCapture(join(directory, 'prod'), 'prod', { namespaces, pods: [privilegedPod('one')] });
    const audit = (...asked: string[]) => runHere(['audit', '--from', join(directory, 'prod'), '--store', join(directory, 'store'), '--namespace', ...asked]);

    const nope = await audit('nope');
    expect(nope.code).toBe(2);
    expect(nope.stdout).toMatch(/^prod {2}out of sight: none of the namespaces that were asked for is in this capture: nope /);
    expect(nope.stderr).toBe(
      'eksaminer: there is no namespace "nope" in this capture\neksaminer: could not tell: prod was not audited: none of the namespaces that were asked for is in this capture: nope\n',
    );
    expect(await audit('shop', 'nope')).toMatchObject({ code: 0, stderr: 'eksaminer: there is no namespace "nope" in this capture\n' });
  }));
