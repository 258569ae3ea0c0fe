import { expect, test } from '@jest/globals';
import { nearest } from '../../lambda/configuration/nearest.ts';

const KNOWN = ['privileged-container', 'host-network', 'host-port', 'host-ipc-namespace'];

test('what a person may have meant', () => {
  expect(nearest('priviledged-container', KNOWN)).toEqual(['privileged-container']);
  expect(nearest('host-prot', KNOWN)).toEqual(['host-port']);
  expect(nearest('HOST', KNOWN)).toEqual(['host-ipc-namespace', 'host-network', 'host-port']);
  expect(nearest('something else', KNOWN)).toEqual([]);
  expect(nearest('', KNOWN)).toEqual([]);
});
