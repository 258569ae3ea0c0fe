import { describe, expect, test } from '@jest/globals';
import { createProgress } from '../../bin/audit/progress.ts';

function given(errorColumns: number | undefined, { targets = 1, quiet = false, env = {} }: { targets?: number; quiet?: boolean; env?: Record<string, string> } = {}) {
  let time = 0;
  const written: string[] = [];
  const io = { raw: (text: string) => void written.push(text), note: (line: string) => void written.push(`${line}\n`), errorColumns, env };
  let tick: (() => void) | undefined;
  const every = (_: number, called: () => void) => {
    tick = called;
    return () => (tick = undefined);
  };
  const progress = createProgress(io, targets, quiet, { now: () => time, every });
  return { progress, written, at: (ms: number) => (time = ms), tick: () => tick?.() };
}

describe('progress', () => {
  test('short work is silent, on a terminal and elsewhere', () => {
    for (const columns of [80, undefined]) {
      const { progress, written, at } = given(columns);
      at(100);
      progress.tell('prod-eu', 'reading pods');
      at(399);
      progress.tell('prod-eu', 'reading nodes');
      progress.done('prod-eu');
      progress.end();
      expect(written).toEqual([]);
    }
  });

  test('a terminal has one live line that is taken away at the end', () => {
    const { progress, written, at } = given(60, { targets: 2 });
    at(400);
    progress.tell('prod-eu', 'reading pods (500)');
    at(450);
    progress.tell('prod-us', 'signing in');
    at(500);
    progress.tell('prod-us', 'reading pods');
    progress.done('prod-eu');
    progress.end();
    expect(written).toEqual(['\r\x1b[K0 of 2 done; prod-eu: reading pods (500)', '\r\x1b[K0 of 2 done; prod-eu: reading pods (500), prod-us: reading ', '\r\x1b[K']);
  });

  test('a log has a plain line every ten seconds', () => {
    for (const [columns, env] of [[undefined, {}], [80, { CI: 'true' }]] as const) {
      const { progress, written, at } = given(columns, { env });
      at(9_999);
      progress.tell('prod-eu', 'reading pods');
      at(10_000);
      progress.tell('prod-eu', 'reading pods (500)');
      at(19_999);
      progress.tell('prod-eu', 'reading nodes');
      progress.end();
      expect(written).toEqual(['eksaminer: prod-eu: reading pods (500)\n']);
    }
  });

  test('time alone moves it, until the end', () => {
    const { progress, written, at, tick } = given(80);
    tick();
    progress.tell('prod-eu', 'reading pods.json');
    at(500);
    tick();
    progress.clear();
    at(600);
    tick();
    progress.end();
    at(700);
    tick();
    expect(written).toEqual(['\r\x1b[Kprod-eu: reading pods.json', '\r\x1b[K', '\r\x1b[Kprod-eu: reading pods.json', '\r\x1b[K']);
  });

  test('quiet is quiet', () => {
    const { progress, written, at } = given(80, { quiet: true });
    at(60_000);
    progress.tell('prod-eu', 'reading pods');
    progress.end();
    expect(written).toEqual([]);
  });

  test('what a server says reaches the live line escaped', () => {
    const { progress, written, at } = given(80);
    at(400);
    progress.tell('a\x1b[2J', 'b\n');
    expect(written).toEqual(['\r\x1b[Ka\\x1b[2J: b\\x0a']);
  });
});
