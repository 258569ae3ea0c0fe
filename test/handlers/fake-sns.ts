import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The two calls that a function makes of SNS. */
export class FakeSns implements AsyncDisposable {
  readonly published: URLSearchParams[] = [];
  /** Topics nobody has confirmed a subscription of. */
  readonly unconfirmed = new Set<string>();
  private readonly server: Server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
      const action = form.get('Action')!;
      if (action === 'Publish') this.published.push(form);
      const arn = this.unconfirmed.has(form.get('TopicArn')!) ? 'PendingConfirmation' : `${form.get('TopicArn')!}:1`;
      const result = action === 'Publish' ? '<MessageId>1</MessageId>' : `<Subscriptions><member><SubscriptionArn>${arn}</SubscriptionArn></member></Subscriptions>`;
      response.writeHead(200, { 'content-type': 'text/xml' }).end(`<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`);
    });
  });

  static async start(): Promise<FakeSns> {
    const fake = new FakeSns();
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
