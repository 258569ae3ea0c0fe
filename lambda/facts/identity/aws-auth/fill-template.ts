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

/** Placeholders whose values nobody knows beforehand: parts of an ARN, and what STS lets somebody name a session. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const FILLED = /\{\{(?:AccessKeyID|AccountID|EC2PrivateDNSName|SessionName|SessionNameRaw)\}\}/;
const SESSION_CHARACTERS = /^[\w+=,.@-]*$/;

/** Whether a template can be filled in to be this text. Time is linear but for templates with many placeholders. */
export function mayBecome(template: string, text: string): boolean {
  const [first = '', ...fixed] = template.split(FILLED);
  if (fixed.length === 0) return template === text;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const [index, part] of fixed.entries()) {
    const at = index === fixed.length - 1 ? text.length - part.length : text.indexOf(part, from);
    if (at < from || !text.startsWith(part, at) || !SESSION_CHARACTERS.test(text.slice(from, at))) return false;
    from = at + part.length;
  }
  return true;
}
