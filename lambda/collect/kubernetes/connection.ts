/** What a request signs in with: headers, or a client certificate with its key (PEM). */
export interface Credentials {
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
  /** From then on they are not used any more: the next request gets new ones. */
  readonly expiresAt?: Date;
}

/** How to reach one API server, whoever told us: a kubeconfig, or EKS. */
export interface Connection {
  /** `https://host[:port][/base]` */
  readonly server: URL;
  /** PEM. Absent: the system's roots. Nothing else is trusted, whatever the environment says. */
  readonly ca?: string | Buffer;
  /** The name that the server's certificate must carry, where it is not the host's. */
  readonly tlsServerName?: string;
  /** Where to connect to, whatever the host's name resolves to by then: the addresses that were checked. Absent: the name is looked up. */
  readonly addresses?: readonly { readonly address: string; readonly family: 4 | 6 }[];
  /** What to look at when the server's certificate is refused. */
  readonly certificateAdvice: string;
  /** `again`: the last ones were answered with 401. Throws an error whose message says what went wrong. */
  credentials(again: boolean): Promise<Credentials>;
}
