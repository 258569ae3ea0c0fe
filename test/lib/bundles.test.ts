import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { HANDLERS, bundle, type Handler } from '../../lib/bundle.ts';

const directories = new Map<Handler, string>(HANDLERS.map((handler) => [handler, mkdtempSync(join(tmpdir(), `eksaminer-${handler}-`))]));
const bundles = new Map([...directories].map(([handler, directory]) => [handler, bundle(handler, directory, { 'beside.json': '{}' })]));
afterAll(() => {
  for (const directory of directories.values()) rmSync(directory, { recursive: true });
});

/** Packages and folders of lambda/ of which something is in the bundle, sorted. */
function contentsOf(handler: Handler): string[] {
  const files = Object.values(bundles.get(handler)!.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  const names = files.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? file.split('/').slice(0, 2).join('/'));
  return [...new Set(names)].sort();
}

function bytesOf(handler: Handler): number {
  const directory = directories.get(handler)!;
  return readdirSync(directory).reduce((sum, file) => sum + statSync(join(directory, file)).size, 0);
}

describe.each([...HANDLERS])('the bundle of %s', (handler) => {
  test('is no larger than 3 MB', () => {
    expect(bytesOf(handler)).toBeLessThan(3_000_000);
  });

  test('has what lies beside it', () => {
    expect(readFileSync(join(directories.get(handler)!, 'beside.json'), 'utf8')).toBe('{}');
  });

  test('carries neither a client of Kubernetes nor the CDK, nor credentials that a function cannot have', () => {
    // aws-auth is YAML, and only an audit reads it.
    const yaml = handler === 'audit' ? ['yaml'] : [];
    expect(contentsOf(handler).filter((name) => /client-node|aws-cdk|constructs|zod|^yaml$|commander|provider-(sso|ini|process|login)|imds|token-providers|bowser/.test(name))).toEqual(yaml);
  });
});

test('each function carries the clients that it calls and the stations that it runs, and no other', () => {
  const parts = (handler: Handler): string[] => contentsOf(handler).filter((name) => /^@aws-sdk\/client-|^lambda\/(?!contract|model|handlers|storage)/.test(name));
  expect(Object.fromEntries(HANDLERS.map((handler) => [handler, parts(handler)]))).toEqual({
    discover: ['@aws-sdk/client-ec2', '@aws-sdk/client-eks', '@aws-sdk/client-s3', '@aws-sdk/client-sts', 'lambda/discover', 'lambda/notify', 'lambda/reconcile'],
    audit: ['@aws-sdk/client-ec2', '@aws-sdk/client-eks', '@aws-sdk/client-iam', '@aws-sdk/client-s3', '@aws-sdk/client-sts', 'lambda/assess', 'lambda/checks', 'lambda/collect', 'lambda/discover', 'lambda/facts'],
    reconcile: ['@aws-sdk/client-s3', 'lambda/reconcile'],
    notify: ['@aws-sdk/client-s3', '@aws-sdk/client-sns', 'lambda/notify', 'lambda/reconcile'],
  });
});

test('the same sources give the same bundle, so that a deployment without a change changes nothing', () => {
  const again = mkdtempSync(join(tmpdir(), 'eksaminer-again-'));
  try {
    bundle('reconcile', again, { 'beside.json': '{}' });
    const contents = (directory: string): Record<string, string> => Object.fromEntries(readdirSync(directory).map((file) => [file, readFileSync(join(directory, file), 'base64')]));
    expect(contents(again)).toEqual(contents(directories.get('reconcile')!));
  } finally {
    rmSync(again, { recursive: true });
  }
});
