import os from 'node:os';
import path from 'node:path';

/** Where this user's settings, large files and throw-away files lie. */
export interface UserFolders {
  readonly config: string;
  readonly data: string;
  readonly cache: string;
}

/**
 * The per-user folders of `sn-gan` as the platform wants them: the XDG base directories on Linux,
 * `Library` on macOS, `AppData` on Windows. `SN_GAN_HOME` puts all three into one folder.
 */
export function userFolders(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = os.homedir(),
): UserFolders {
  if (environment.SN_GAN_HOME) {
    const own = path.resolve(environment.SN_GAN_HOME);
    return { config: own, data: own, cache: path.join(own, 'cache') };
  }
  if (platform === 'win32') {
    const roaming = environment.APPDATA ?? path.join(home, 'AppData', 'Roaming');
    const local = environment.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local');
    return {
      config: path.join(roaming, 'sn-gan'),
      data: path.join(local, 'sn-gan'),
      cache: path.join(local, 'sn-gan', 'cache'),
    };
  }
  if (platform === 'darwin') {
    const support = path.join(home, 'Library', 'Application Support', 'sn-gan');
    return {
      config: support,
      data: support,
      cache: path.join(home, 'Library', 'Caches', 'sn-gan'),
    };
  }
  // The XDG specification says that a relative path is invalid and must be ignored.
  const xdg = (variable: string | undefined, standard: string): string =>
    path.join(
      variable && path.isAbsolute(variable) ? variable : path.join(home, standard),
      'sn-gan',
    );
  return {
    config: xdg(environment.XDG_CONFIG_HOME, '.config'),
    data: xdg(environment.XDG_DATA_HOME, '.local/share'),
    cache: xdg(environment.XDG_CACHE_HOME, '.cache'),
  };
}
