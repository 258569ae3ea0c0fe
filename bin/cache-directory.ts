import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where this program keeps what can be made again, by https://specifications.freedesktop.org/basedir-spec/latest/: a path that is not absolute counts as none, or whatever directory one happens to
 * stand in would be read from. Undefined where nobody has a home: in containers that run as a number without a name.
 */
export function cacheDirectory(xdgCacheHome: string | undefined, home: () => string = homedir): string | undefined {
  if (xdgCacheHome && isAbsolute(xdgCacheHome)) return join(xdgCacheHome, 'eksaminer');
  try {
    const directory = home();
    return isAbsolute(directory) ? join(directory, '.cache', 'eksaminer') : undefined;
  } catch {
    return undefined;
  }
}
