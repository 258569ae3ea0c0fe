import { expect, test } from '@jest/globals';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { execCredential, readExecConfig } from '../../../lambda/collect/kubernetes/exec-credential.ts';
import { TestClock } from './test-clock.ts';

test('ends a plugin that does not end, even where a child of its own holds on to its output', async () => {
  const clock = new TestClock();
  const sockets: Socket[] = [];
  // The child says here that it lives, and dies with this connection.
  const server = createServer((socket) => {
    sockets.push(socket);
    clock.expire(60_000);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const child = `require('net').connect(${port}, '127.0.0.1').on('close', () => process.exit()).resume()`;
  const plugin = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' }); setInterval(() => {}, 1000);`;
  const exec = readExecConfig({ command: process.execPath, args: ['-e', plugin] });
  await expect(execCredential(exec, '', { server: 'https://api.test' }, clock)).rejects.toThrow(`${process.execPath} was ended after 60 s without a credential`);
  expect(sockets).toHaveLength(1);
  expect(clock.running()).toBe(0);
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});
