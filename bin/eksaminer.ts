#!/usr/bin/env node
// Nothing here but plain JavaScript, and nothing imported at the top: an old Node must get as far as this message.
const [major, minor] = process.versions.node.split('.').map(Number);
if (Number(major) < 22 || (Number(major) === 22 && Number(minor) < 19)) {
  process.stderr.write('eksaminer: needs Node 22.19 or newer, and this is Node ' + process.versions.node + '. Install a newer one: https://nodejs.org/en/download\n');
  process.exitCode = 2;
} else {
  // Stripping types and compiling is most of the time of a short command: the second run finds both done. (Node: `NODE_DISABLE_COMPILE_CACHE=1` says no.)
  const { enableCompileCache } = await import('node:module');
  enableCompileCache();
  const { runCommandLine } = await import('./command-line.ts');
  await runCommandLine(process);
}
