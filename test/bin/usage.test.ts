import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { inTemporaryDirectory, runCli } from './run-cli.ts';
import { runHere } from './run-here.ts';

const PATIENCE = 60_000;
const pretend = (version: string) => `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`;

describe('bad usage is 2, one sentence, nothing on standard output', () => {
  test(
    'as a process too',
    async () => {
      const args = ['audit', '--from', 'x', '--fail-on', 'high'];
      expect(await runCli(args)).toEqual(await runHere(args));
    },
    PATIENCE,
  );

  const cases: readonly (readonly [args: readonly string[], stderr: RegExp])[] = [
    [['adit'], /^error: unknown command 'adit'\n\(Did you mean audit\?\)\n/],
    [['audit', '--frmo', 'x'], /^error: unknown option '--frmo'\n\(Did you mean --from\?\)\n/],
    [['audit', '--from', 'x', '--context', 'y'], /^eksaminer: --context and --from cannot be given together: each says which clusters to audit\n$/],
    [['audit', '--from', 'x', '--fail-on', 'high'], /^eksaminer: --fail-on "high": it is new: or any: and one of critical, high, medium, low, info, for example new:high\n$/],
    [['audit', '--from', 'x', '--allow-unevaluated', 'privileged-contaner'], /^eksaminer: --allow-unevaluated "privileged-contaner": there is no such check\. Did you mean privileged-container\?\n$/],
    [['audit', '--from', 'x', '--output', 'xml'], /^error: option '--output <format>' argument 'xml' is invalid\. Allowed choices are table, json, sarif\.\n/],
    [['audit', '--from', 'x', '--concurrency', '0'], /^error: option '--concurrency <n>' argument '0' is invalid\. It is a number from 1 to 999\.\n/],
    [['audit', '--from', 'x', '--store', ''], /^eksaminer: --store is given an empty value; is a variable unset\?\n$/],
    [['audit', '--from', ''], /^eksaminer: --from is given an empty value; is a variable unset\?\n$/],
    [['audit', '--from', 'x', '--namespace', '--store', 'y'], /^eksaminer: --namespace is given no value: --store follows it\n$/],
    [['findings', '--cluster', 'a', '--cluster', '--all'], /^eksaminer: --cluster is given no value: --all follows it\n$/],
    [['audit', '--kubeconfig', 'nowhere'], /^eksaminer: .*nowhere/],
    [['findings', '--store', 'nowhere'], /^eksaminer: nowhere\/: no record of an audit here\. Make one: eksaminer audit --store nowhere\n$/],
    [['explain', 'privileged-contaner'], /^eksaminer: "privileged-contaner" is neither a check nor the id of an item or a finding \(four hex digits or more\)\. Did you mean privileged-container\?\n$/],
    [['explain', 'abcd', '--store', 'nowhere'], /^eksaminer: nowhere\/: no record of an audit here/],
    [['audit', '--from', 'x', '--store', import.meta.filename], /^eksaminer: the record cannot be kept in .*usage\.test\.ts\/: something on the way to it is a file, not a directory\. Name another directory with --store\n$/],
    [['audit', '--from', 'a\u001b[31m', '--output', '\u001b[31m'], /^error: option '--output <format>' argument '\\x1b\[31m' is invalid/],
  ];
  for (const [args, stderr] of cases) {
    test(JSON.stringify(args.join(' ')), async () => {
      const ran = await runHere(args);
      expect(ran).toMatchObject({ code: 2, stdout: '' });
      expect(ran.stderr).toMatch(stderr);
    });
  }
});

describe('help and version', () => {
  test(
    'are 0, on standard output, and help names the exit codes',
    async () => {
      const help = await runCli(['audit', '--help']);
      expect(help).toMatchObject({ code: 0, stderr: '' });
      for (const code of ['  0    ', '  1    ', '  2    ', '  130  ']) expect(help.stdout).toContain(`\n${code}`);
      expect(await runCli(['--version'])).toEqual({ code: 0, signal: null, stdout: '0.1.0\n', stderr: '' });
    },
    PATIENCE,
  );
});

describe('the Node that runs it', () => {
  for (const version of ['20.19.5', '22.18.0']) {
    test(
      `${version} is too old, and is told so`,
      async () => {
        expect(await runCli(['--version'], { node: ['--import', pretend(version)] })).toEqual({
          code: 2,
          signal: null,
          stdout: '',
          stderr: `eksaminer: needs Node 22.19 or newer, and this is Node ${version}. Install a newer one: https://nodejs.org/en/download\n`,
        });
      },
      PATIENCE,
    );
  }

  test(
    '22.19 is enough',
    async () => {
      expect(await runCli(['--version'], { node: ['--import', pretend('22.19.0')] })).toMatchObject({ code: 0, stdout: '0.1.0\n' });
    },
    PATIENCE,
  );
});

test(
  'an error that nobody foresaw is one line and 2; where it came from is shown on demand',
  () =>
    inTemporaryDirectory(async (directory) => {
      writeFileSync(join(directory, 'store'), 'a file');
      mkdirSync(join(directory, 'capture'));
      const args = ['audit', '--from', join(directory, 'capture'), '--store', join(directory, 'store')];
      const plain = await runHere(args);
      expect(plain).toMatchObject({ code: 2, stdout: '' });
      expect(plain.stderr).toMatch(/^eksaminer: .*store.*\n$/);
      expect(plain.stderr).not.toContain('    at ');
      expect((await runHere(args, { EKSAMINER_DEBUG: '1' })).stderr).toContain('    at ');
    }),
  PATIENCE,
);
