import { expect, test } from '@jest/globals';
import { cacheDirectory } from '../../bin/cache-directory.ts';

const home = () => '/home/ada';

test('in the cache of whoever runs it', () => {
  expect(cacheDirectory('/caches', home)).toBe('/caches/eksaminer');
  expect(cacheDirectory(undefined, home)).toBe('/home/ada/.cache/eksaminer');
  expect(cacheDirectory('', home)).toBe('/home/ada/.cache/eksaminer');
});

test('never in the directory that one happens to stand in', () => {
  expect(cacheDirectory('caches', home)).toBe('/home/ada/.cache/eksaminer');
  expect(cacheDirectory(undefined, () => '')).toBeUndefined();
});

test('nowhere for a user without a name and a home', () => {
  const homeless = () => {
    throw new Error('uv_os_homedir returned ENOENT');
  };
  expect(cacheDirectory(undefined, homeless)).toBeUndefined();
  expect(cacheDirectory('/caches', homeless)).toBe('/caches/eksaminer');
});
