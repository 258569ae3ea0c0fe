/** What the placeholders stand for. */
export interface Session {
  readonly account: string;
  readonly accessKeyId: string;
  /** Empty for those that are no role's session. */
  readonly sessionName: string;
  /** What EC2 calls the instance that the session is named after; undefined: EC2 knows none. */
  readonly privateDnsName: string | undefined;
}

export type Filled = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: 'not-an-instance' | 'instance-unknown' };

const INSTANCE = /^i-(?:\w{8}|\w{17})$/;
const DNS_NAME = '{{EC2PrivateDNSName}}';

/** Fills in a username or group. Placeholders are exact; any other stays as it is. */
export function fillTemplate(template: string, { account, accessKeyId, sessionName, privateDnsName }: Session): Filled {
  if (template.includes(DNS_NAME)) {
    if (!INSTANCE.test(sessionName)) return { ok: false, reason: 'not-an-instance' };
    if (privateDnsName === undefined) return { ok: false, reason: 'instance-unknown' };
  }
  const text = template
    .replaceAll(DNS_NAME, () => privateDnsName!)
    .replaceAll('{{AccessKeyID}}', () => accessKeyId)
    .replaceAll('{{AccountID}}', () => account)
    .replaceAll('{{SessionName}}', () => sessionName.replaceAll('@', '-'))
    .replaceAll('{{SessionNameRaw}}', () => sessionName);
  return { ok: true, text };
}

/** Whether somebody who may choose a session's name chooses what this becomes. */
export function isChosenBySession(template: string): boolean {
  return /\{\{(?:SessionName|SessionNameRaw|EC2PrivateDNSName)\}\}/.test(template);
}
