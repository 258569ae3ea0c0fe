import type { ENV } from '../contract.ts';

/** An environment variable that the stack sets. */
export function setting(name: (typeof ENV)[keyof typeof ENV]): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`the function's environment lacks ${name}: deploy the stack again`);
  return value;
}
