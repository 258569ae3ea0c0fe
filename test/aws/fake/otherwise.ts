import { fault, said, type Call, type Said } from './call.ts';
import type { Otherwise } from './fake-aws.ts';

/** Which calls are meant: an action, or all of a service (`ec2:*`), and where. */
export interface Where {
  readonly account?: string;
  readonly region?: string;
  readonly cluster?: string;
}

/** AccessDenied as each service says it. */
export function denied(action: string, where: Where = {}): Otherwise {
  return when(action, where, (call) => {
    const message = `User: ${call.caller.arn} is not authorized to perform: ${call.action}`;
    if (call.action.startsWith('ec2:')) return fault(403, 'UnauthorizedOperation', 'You are not authorized to perform this operation.');
    return fault(403, call.action.startsWith('eks:') ? 'AccessDeniedException' : 'AccessDenied', message);
  });
}

/** So many times, then as it should be: throttled as each service says it. */
export function throttled(action: string, times: number, where: Where = {}): Otherwise {
  let left = times;
  return when(action, where, ({ action: called }) => {
    if (left-- <= 0) return undefined;
    if (called.startsWith('ec2:')) return fault(503, 'RequestLimitExceeded', 'Request limit exceeded.');
    return called.startsWith('eks:') ? fault(429, 'ThrottlingException', 'Rate exceeded') : fault(400, 'Throttling', 'Rate exceeded');
  });
}

/** As if it had been deleted a moment ago, though the list still named it. */
export function vanished(action: string, where: Where = {}): Otherwise {
  return when(action, where, ({ action: called }) =>
    called.startsWith('eks:') ? fault(404, 'ResourceNotFoundException', 'gone') : fault(404, 'NoSuchEntity', 'gone'),
  );
}

/** A list that never ends: every page names the same next one. */
export function repeating(action: string, where: Where = {}): Otherwise {
  return when(action, where, (call, proper) => {
    const answer = call.parameters.size > 0 ? proper() : undefined;
    const more = call.action.startsWith('ec2:') ? { NextToken: tokenOf(call) } : call.action.startsWith('iam:') ? { IsTruncated: true, Marker: tokenOf(call) } : { nextToken: tokenOf(call) };
    return answer?.ok === false ? answer : said({ ...(answer?.value ?? {}), ...more });
  });
}

export function when(action: string, { account, region, cluster }: Where, say: (call: Call, proper: () => Said) => Said | undefined): Otherwise {
  return (call, proper) => {
    const meant = action.endsWith(':*') ? call.action.startsWith(action.slice(0, -1)) : call.action === action;
    const here = (account ?? call.caller.account) === call.caller.account && (region ?? call.region) === call.region && (cluster ?? call.cluster) === call.cluster;
    return meant && here ? say(call, proper) : undefined;
  };
}

function tokenOf({ action }: Call): string {
  return Buffer.from(`${action}@0`).toString('base64url');
}
