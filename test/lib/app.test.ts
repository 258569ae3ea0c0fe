import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';

// A process of its own, on a machine that may have other work.
jest.setTimeout(120_000);

const ROOT = join(import.meta.dirname, '../..');
const directory = mkdtempSync(join(tmpdir(), 'eksaminer-app-'));
afterAll(() => rmSync(directory, { recursive: true }));

interface Synthesised {
  readonly code: number | null;
  readonly said: string;
  readonly output: string;
}

/** The app as the CDK's command line runs it, in a directory of its own, with an environment that knows no account and no credentials. */
function synthesise(name: string, context: Readonly<Record<string, string>> = {}): Synthesised {
  const output = join(directory, name);
  const { context: flags } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { readonly context: object };
  const run = spawnSync(process.execPath, [join(ROOT, 'bin/stack.ts')], {
    cwd: directory,
    encoding: 'utf8',
    env: { PATH: '', CDK_OUTDIR: output, CDK_CONTEXT_JSON: JSON.stringify({ ...flags, ...context }) },
  });
  return { code: run.status, said: `${run.stdout}${run.stderr}`, output };
}

interface Template {
  readonly Rules?: Readonly<Record<string, { readonly Assertions: readonly { readonly AssertDescription: string }[] }>>;
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> }>>;
}

function templateOf({ output }: Synthesised): Template {
  return JSON.parse(readFileSync(join(output, 'Eksaminer.template.json'), 'utf8')) as Template;
}

describe('without eksaminer.yaml', () => {
  let example: Synthesised;
  beforeAll(() => {
    example = synthesise('example');
  });

  test('synthesises the example, and says what to write', () => {
    expect(example.code).toBe(0);
    expect(example.said).toContain('Copy examples/eksaminer.yaml to eksaminer.yaml');
  });

  test('its deployment is refused before anything is made, with the same words', () => {
    expect(templateOf(example).Rules!['ConfigurationIsWritten']).toEqual({
      Assertions: [{ Assert: { 'Fn::Equals': ['the example', 'eksaminer.yaml'] }, AssertDescription: expect.stringContaining('Copy examples/eksaminer.yaml to eksaminer.yaml') as unknown }],
    });
  });

  test('one deployment takes one stack: the role of other accounts lies apart', () => {
    const { artifacts } = JSON.parse(readFileSync(join(example.output, 'manifest.json'), 'utf8')) as { artifacts: Record<string, { type: string }> };
    expect(Object.keys(artifacts).filter((id) => artifacts[id]!.type === 'aws:cloudformation:stack')).toEqual(['Eksaminer']);
    expect(readdirSync(join(example.output, 'assembly-Member')).filter((file) => file.endsWith('.template.json'))).toHaveLength(1);
  });

  test('each function has its code, and discover its configuration', () => {
    const assets = readdirSync(example.output).filter((name) => name.startsWith('asset.'));
    expect(assets).toHaveLength(4);
    for (const asset of assets) expect(existsSync(join(example.output, asset, 'index.mjs'))).toBe(true);
    const beside = assets.flatMap((asset) => readdirSync(join(example.output, asset)).filter((file) => file.endsWith('.json')));
    expect(beside.sort()).toEqual(['check-words.json', 'configuration.json']);
  });
});

describe('with a configuration', () => {
  test('deploys what it says, and nothing refuses', () => {
    writeFileSync(join(directory, 'other.yaml'), 'schedule:\n  every: 6h\n');
    const other = synthesise('other', { config: 'other.yaml', runbook: 'https://docs.example.com/runbook' });
    expect([other.code, templateOf(other).Rules?.['ConfigurationIsWritten']]).toEqual([0, undefined]);
    const resources = Object.values(templateOf(other).Resources);
    expect(resources.find(({ Type }) => Type === 'AWS::Scheduler::Schedule')!.Properties['ScheduleExpression']).toBe('rate(6 hours)');
    const [alarm] = resources.filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
    expect(alarm!.Properties['AlarmDescription']).toMatch(/ What to do: https:\/\/docs\.example\.com\/runbook#[\w-]+$/);
  });

  test('its faults are said with their lines, and nothing else', () => {
    writeFileSync(join(directory, 'faulty.yaml'), "accounts: ['12345']\nroutes:\n  - name: platform\n    severty: high\n");
    const { code, said } = synthesise('faulty', { config: 'faulty.yaml' });
    expect(code).toBe(1);
    expect(said.trim().split('\n').every((line) => /^faulty\.yaml:\d+:\d+ /.test(line))).toBe(true);
    expect(said).toContain('faulty.yaml:1:12 accounts[0]');
  });

  test('a file that was named must be there', () => {
    const { code, said } = synthesise('absent', { config: 'absent.yaml' });
    expect(code).not.toBe(0);
    expect(said).toContain('absent.yaml cannot be read (ENOENT)');
  });
});
