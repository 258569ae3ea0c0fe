import { describe, expect, test } from '@jest/globals';
import { compileFields, parseFieldPath, project } from '../../../lambda/collect/fields/field-tree.ts';

const trim = (value: unknown, ...paths: string[]) => project(value, compileFields(paths));

describe('field paths', () => {
  test('a field stays with all below it, the others go', () => {
    expect(trim({ spec: { a: { b: 1 }, c: 2 }, status: {} }, 'spec.a')).toEqual({ spec: { a: { b: 1 } } });
  });

  test('into every element of a list', () => {
    expect(trim({ c: [{ image: 'x', env: [{ name: 'P', value: 'secret' }] }, { image: 'y' }] }, 'c[].image')).toEqual({ c: [{ image: 'x' }, { image: 'y' }] });
  });

  test('a named element only, which keeps its name', () => {
    const value = { c: [{ name: 'aws-node', env: [{ name: 'MODE', value: 'strict' }, { name: 'KEY', value: 'secret' }] }, { name: 'app', env: [{ name: 'MODE', value: 'secret' }] }] };
    expect(trim(value, 'c[name=aws-node].env[name=MODE].value')).toEqual({ c: [{ name: 'aws-node', env: [{ name: 'MODE', value: 'strict' }] }] });
  });

  test('a named element has what all elements have, too', () => {
    const value = { c: [{ name: 'a', image: 'x', args: ['--on=1', '--key=secret'] }, { name: 'b', image: 'y', args: ['--on=1'] }] };
    expect(trim(value, 'c[].image', 'c[name=a].args[^--on=]')).toEqual({ c: [{ image: 'x', name: 'a', args: ['--on=1'] }, { image: 'y' }] });
  });

  test('a quoted key holds dots and dashes', () => {
    expect(trim({ data: { 'enable-x.y': 'true', other: 'secret' } }, 'data["enable-x.y"]')).toEqual({ data: { 'enable-x.y': 'true' } });
  });

  test('nothing is made up: a missing field, null, an empty list stay what they are', () => {
    expect(trim({ a: null, l: [] }, 'a.b', 'l[].x', 'z.y')).toEqual({ a: null, l: [] });
  });

  test('a value of another shape than declared is not kept', () => {
    expect(trim({ spec: 'text', list: { x: 1 } }, 'spec.a', 'list[].x')).toEqual({});
    expect(trim(['x'], 'a')).toBeUndefined();
  });

  test('names of the prototype are only names', () => {
    const value: unknown = JSON.parse('{"__proto__": {"x": 1}, "constructor": {"y": 2}}');
    expect(JSON.stringify(trim(value, 'constructor.y'))).toBe('{"constructor":{"y":2}}');
    expect(trim({}, 'constructor', 'toString')).toEqual({});
  });

  test('a malformed path is refused with its position', () => {
    expect(() => parseFieldPath('spec.containers[image')).toThrow('field path "spec.containers[image": cannot be read from position 15');
    expect(() => parseFieldPath('')).toThrow('field path is empty');
  });
});
