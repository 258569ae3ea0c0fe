#!/usr/bin/env node
// Nothing here but plain JavaScript, and nothing imported at the top: an old Node must get as far as this message.
const [major, minor] = process.versions.node.split('.').map(Number);
if (Number(major) < 22 || (Number(major) === 22 && Number(minor) < 19)) {
  process.stderr.write('eksaminer: needs Node 22.19 or newer, and this is Node ' + process.versions.node + '. Install a newer one: https://nodejs.org/en/download\n');
  process.exitCode = 2;
} else {
  // Stripping types and compiling is most of the time of a short command: the second run finds both done. In a directory of the user's
  // own, since whoever can write there chooses what runs. `NODE_DISABLE_COMPILE_CACHE=1` says no; where it cannot be written, it is not.
  const [{ constants, enableCompileCache }, { cacheDirectory }, { settleEngine }] = await Promise.all([import('node:module'), import('./cache-directory.ts'), import('./engine-settings.ts')]);
  const { ENABLED, ALREADY_ENABLED } = constants.compileCacheStatus;
  const directory = cacheDirectory(process.env['XDG_CACHE_HOME']);
  const status = directory === undefined ? undefined : enableCompileCache(directory).status;
  await settleEngine({ isKept: status === ENABLED || status === ALREADY_ENABLED });
  const { runCommandLine } = await import('./command-line.ts');
  await runCommandLine(process);
  // All is written and nothing is waited for: the system takes the memory back at once, where the engine would go through it piece by piece.
  process.once('beforeExit', () => process.exit());
}
