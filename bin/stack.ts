import { ConfigurationError } from '../lambda/configuration/configuration-error.ts';
import { buildApp } from './stack/build-app.ts';

try {
  buildApp().synth();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  // The faults are the message; a stack trace would only push them off the screen.
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
