import type { Emulator } from '../../scripts/emulator/start-emulator.ts';

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Root of the emulator's own account. */
export const ROOT_KEYS: Keys = { accessKeyId: 'test', secretAccessKey: 'test' };

/** For any client of the SDK. One attempt: what fails here is the point. */
export function clientSettings({ url, region }: Pick<Emulator, 'url' | 'region'>, credentials: Keys = ROOT_KEYS): { endpoint: string; region: string; credentials: Keys; forcePathStyle: true; maxAttempts: 1 } {
  return { endpoint: url, region, credentials, forcePathStyle: true, maxAttempts: 1 };
}
