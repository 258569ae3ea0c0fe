import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { accessManifests } from '../../../lambda/access/cluster-role.ts';
import { startApiServer, type ApiServer } from '../../live/api-server.ts';
import { openApiDoor, type ApiDoor, type DoorSettings } from './api-door.ts';

const CLIENT_CA = resolve(import.meta.dirname, '../../collect/kubernetes/certificates/ca.crt');

export interface LiveCluster extends AsyncDisposable {
  readonly server: ApiServer;
  readonly door: ApiDoor;
}

/** A real etcd and kube-apiserver with what docs/permissions.md tells people to apply, behind a door as EKS has it. */
export async function startLiveCluster(assets: string, settings: Omit<DoorSettings, 'server'>): Promise<LiveCluster> {
  const token = randomBytes(16).toString('hex');
  const server = await startApiServer(assets, [{ name: 'door', token, groups: ['system:masters'] }], CLIENT_CA);
  try {
    for (const manifest of accessManifests()) {
      const namespace = manifest.metadata.namespace === undefined ? '' : `/namespaces/${manifest.metadata.namespace}`;
      await server.call('POST', `/apis/rbac.authorization.k8s.io/v1${namespace}/${manifest.kind.toLowerCase()}s`, manifest);
    }
    const door = await openApiDoor({ ...settings, server: { url: server.url, ca: server.ca, token } });
    return {
      server,
      door,
      async [Symbol.asyncDispose]() {
        await door[Symbol.asyncDispose]();
        await server[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
}
