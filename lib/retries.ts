import { Duration } from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { ROUTE_BUSY, ROUTE_LEASE } from '../lambda/contract.ts';

/** A new account runs ten functions at once, fewer than children of the map: waiting for a turn is no failure. */
export const RETRY_BUSY: sfn.RetryProps = {
  errors: ['Lambda.TooManyRequestsException'],
  interval: Duration.seconds(5),
  backoffRate: 1.5,
  maxDelay: Duration.seconds(60),
  maxAttempts: 60,
  jitterStrategy: sfn.JitterType.FULL,
};

/** Lambda's own troubles; https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html */
export const RETRY_SERVICE: sfn.RetryProps = {
  errors: ['Lambda.ClientExecutionTimeoutException', 'Lambda.ServiceException', 'Lambda.AWSLambdaException', 'Lambda.SdkClientException'],
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxDelay: Duration.seconds(60),
  maxAttempts: 6,
  jitterStrategy: sfn.JitterType.FULL,
};

const BUSY_WAIT = Duration.minutes(5);

/** Somebody tells a route at this moment, or was killed over it: tried until his lease is over, and once more. */
export const RETRY_ROUTE_BUSY: sfn.RetryProps = {
  errors: [ROUTE_BUSY],
  interval: BUSY_WAIT,
  backoffRate: 1,
  maxAttempts: Math.ceil(ROUTE_LEASE / BUSY_WAIT.toMilliseconds()) + 1,
};

/** The function failed or was killed. Every function may be run again: what it wrote it writes again, or finds written. */
export function retryFailed(maxAttempts: number): sfn.RetryProps {
  return {
    errors: [sfn.Errors.TASKS_FAILED],
    interval: Duration.seconds(20),
    backoffRate: 2,
    maxDelay: Duration.minutes(5),
    maxAttempts,
    jitterStrategy: sfn.JitterType.FULL,
  };
}
