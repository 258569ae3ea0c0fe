import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { inTemporaryDirectory } from './run-cli.ts';
import { runHere } from './run-here.ts';
import { writeTinyCapture } from './tiny-capture.ts';

const SAID = (key: string) =>
  `eksaminer: the record was written by a newer version of Eksaminer (${key} has schema 2, this version knows 1). Use that version, or keep a record of its own elsewhere; nothing was changed.\n`;

test('a store that a newer version wrote is refused before anything is looked at, and stays as it is', () =>
  inTemporaryDirectory(async (directory) => {
    const store = join(directory, 'store');
    const args = ['audit', '--from', writeTinyCapture(join(directory, 'prod'), 'prod'), '--store', store];
    expect((await runHere(args)).code).toBe(0);
    const runs = readdirSync(join(store, 'runs'));

    const seal = join(store, 'seals/000000000001.json');
    writeFileSync(seal, readFileSync(seal, 'utf8').replace('"schemaVersion":1', '"schemaVersion":2'));
    expect(await runHere(args)).toMatchObject({ code: 2, stdout: '', stderr: SAID('seals/000000000001.json') });
    expect(readdirSync(join(store, 'runs'))).toEqual(runs);

    const [name] = readdirSync(join(store, 'state'));
    const state = join(store, 'state', name!);
    writeFileSync(state, gzipSync(gunzipSync(readFileSync(state)).toString().replace('"schemaVersion":1', '"schemaVersion":2')));
    for (const command of [['findings'], ['explain', '0000']]) {
      expect(await runHere([...command, '--store', store])).toMatchObject({ code: 2, stdout: '', stderr: SAID(`state/${name}`) });
    }
  }));
