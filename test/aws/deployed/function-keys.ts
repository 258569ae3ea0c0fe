import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { createHash } from 'node:crypto';
import type { clientSettings } from '../client-settings.ts';
import type { Gateway } from '../gateway.ts';

/**
 * Tells the gateway whose keys the functions have. Lambda hands each the keys of a session of its role, which nobody can ask for; the emulator derives them
 * from the ARNs of function and role (ministack 1.5.33, `execution_credentials`). Were that to change, the door of every cluster would refuse the functions.
 */
export async function knowFunctionKeys(settings: ReturnType<typeof clientSettings>, gateway: Gateway): Promise<void> {
  for await (const { Functions = [] } of paginateListFunctions({ client: new LambdaClient(settings) }, {})) {
    for (const { FunctionArn = '', FunctionName = '', Role = '' } of Functions) {
      const digest = sha256(`${FunctionArn}:${Role}`);
      gateway.know(`ASIA${digest.slice(0, 16).toUpperCase()}`, {
        secretAccessKey: sha256(`secret:${digest}`),
        sessionToken: sha256(`token:${digest}`),
        principal: Role,
        session: FunctionName.slice(0, 64),
      });
    }
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
