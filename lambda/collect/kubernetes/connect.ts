import type { User } from '@kubernetes/client-node';
import { readFileSync } from 'node:fs';
import type { RequestOptions } from 'node:https';
import { loadKubeconfig, type KubeconfigContext } from '../../discover/load-kubeconfig.ts';
import type { ClusterTarget } from '../../model/cluster-target.ts';
import { refused, type Refusal } from '../../model/collected.ts';
import type { Connection, Credentials } from './connection.ts';
import { execCredential, readExecConfig } from './exec-credential.ts';

export type Connected = { readonly ok: true; readonly connection: Connection } | { readonly ok: false; readonly reason: Refusal };

type KubeconfigTarget = Extract<ClusterTarget, { readonly via: 'kubeconfig' }>;

/**
 * How to reach the cluster of a kubeconfig context. Sends nothing yet and runs no plugin. Refused where we would have to send credentials over something that
 * does not prove to be the cluster: no TLS, no verification, a proxy that we do not speak.
 */
export async function connect(target: KubeconfigTarget): Promise<Connected> {
  const loaded = await loadKubeconfig(target.kubeconfig);
  if (!loaded.ok) return loaded;
  const context = loaded.value.contexts.find(({ name }) => name === target.context);
  const where = `context "${target.context}"`;
  if (!context) return refused('not-configured', `there is no ${where} in the kubeconfig any more`);
  const { cluster } = context;
  if (!cluster) return refused('not-configured', `${where}: the cluster that it names is not in the kubeconfig, or has no server`);
  if (!URL.canParse(cluster.server)) return refused('not-configured', `${where}: its server "${cluster.server}" is no address`);
  const server = new URL(cluster.server);
  if (server.protocol !== 'https:') return refused('not-configured', `${where}: its server ${cluster.server} is not https, and credentials are not sent in the clear`);
  if (cluster.skipTLSVerify) {
    return refused('not-configured', `${where}: insecure-skip-tls-verify is set, so anybody on the way could take the credentials; put the cluster's CA into certificate-authority-data instead`);
  }
  if (cluster.proxyUrl) return refused('not-configured', `${where}: it is reached through a proxy (proxy-url), which is not supported yet; make a capture from a machine with a direct way, and audit that`);
  let ca: Buffer | undefined;
  try {
    ca = cluster.caFile ? readFileSync(cluster.caFile) : cluster.caData ? Buffer.from(cluster.caData, 'base64') : undefined;
  } catch (error) {
    return refused('unreadable', `${where}: its CA file ${cluster.caFile} cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
  }
  return {
    ok: true,
    connection: {
      server,
      ...(ca === undefined ? {} : { ca }),
      certificateAdvice: 'check server and certificate-authority-data in the kubeconfig',
      ...(cluster.tlsServerName ? { tlsServerName: cluster.tlsServerName } : {}),
      credentials: () => credentialsOf(context),
    },
  };
}

async function credentialsOf(context: KubeconfigContext): Promise<Credentials> {
  const { user } = context;
  if (!user) return { headers: {} };
  const credentials = user.exec ? await pluginCredentials(context, user) : await storedCredentials(context, user);
  return { ...credentials, headers: { ...credentials.headers, ...impersonation(context, user) } };
}

async function pluginCredentials({ cluster, directory }: KubeconfigContext, user: User): Promise<Credentials> {
  const credential = await execCredential(readExecConfig(user.exec as unknown), directory, {
    server: cluster!.server,
    ...(cluster!.caData ? { 'certificate-authority-data': cluster!.caData } : {}),
    ...(cluster!.tlsServerName ? { 'tls-server-name': cluster!.tlsServerName } : {}),
  });
  return {
    headers: credential.token === undefined ? {} : { Authorization: `Bearer ${credential.token}` },
    ...(credential.clientCertificateData === undefined ? {} : { cert: credential.clientCertificateData }),
    ...(credential.clientKeyData === undefined ? {} : { key: credential.clientKeyData }),
  };
}

/** Tokens, certificates, passwords and the providers that client-node knows (OIDC), as it applies them. */
async function storedCredentials({ cluster, extras }: KubeconfigContext, user: User): Promise<Credentials> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  config.loadFromClusterAndUser(cluster!, user);
  const options: RequestOptions = { headers: {} };
  await config.applyToHTTPSOptions(options);
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(options.headers as Record<string, unknown>)) if (typeof value === 'string') headers[name] = value.trim();
  // A token file wins over a token (client-go's rule), and is read again each time because it is rotated.
  if (extras.tokenFile !== undefined) headers['Authorization'] = `Bearer ${readFileSync(extras.tokenFile, 'utf8').trim()}`;
  else if (typeof options.auth === 'string') headers['Authorization'] = `Basic ${Buffer.from(options.auth).toString('base64')}`;
  const { cert, key } = options;
  return {
    headers,
    ...(typeof cert === 'string' || Buffer.isBuffer(cert) ? { cert } : {}),
    ...(typeof key === 'string' || Buffer.isBuffer(key) ? { key } : {}),
  };
}

/** Left out, the audit would look with other rights than those asked for. */
function impersonation({ extras }: KubeconfigContext, user: User): Record<string, string | string[]> {
  return {
    ...(user.impersonateUser ? { 'Impersonate-User': user.impersonateUser } : {}),
    ...(extras.asGroups && extras.asGroups.length > 0 ? { 'Impersonate-Group': [...extras.asGroups] } : {}),
    ...(extras.asUid === undefined ? {} : { 'Impersonate-Uid': extras.asUid }),
    ...Object.fromEntries([...(extras.asExtra ?? [])].map(([key, values]) => [`Impersonate-Extra-${encodeURIComponent(key)}`, [...values]])),
  };
}
