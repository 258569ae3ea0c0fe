import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { buildSync, type Metafile } from 'esbuild';

const HANDLERS_FOLDER = join(import.meta.dirname, '../lambda/handlers');

/** The functions, each by the file of its entry point in `lambda/handlers/`. */
export const HANDLERS = ['discover', 'audit', 'reconcile', 'notify'] as const;
export type Handler = (typeof HANDLERS)[number];

/** Files that lie beside the bundle, by name. */
export type BundleFiles = Readonly<Record<string, string>>;

/** In an ES module `require` does not exist, and parts of the SDK are CommonJS that requires Node's own modules. */
const BANNER = "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

/** Dependencies of the SDK that no function can reach, and that would be a fifth of most bundles. */
const ABSENT = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-login',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@aws-sdk/token-providers',
  '@smithy/credential-provider-imds',
  'bowser',
];

/**
 * Writes `index.mjs` with everything that the handler needs, in part in files that it loads when it needs them, and `files` into a directory. Answers what went
 * into it, by esbuild's account.
 */
export function bundle(handler: Handler, directory: string, files: BundleFiles = {}): Metafile {
  const { metafile } = buildSync({
    entryPoints: [{ in: join(HANDLERS_FOLDER, `${handler}.ts`), out: 'index' }],
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    // What is imported when it is needed lies in a file of its own: in the same file nothing of it could be left out.
    splitting: true,
    absWorkingDir: join(HANDLERS_FOLDER, '../..'),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    alias: Object.fromEntries(ABSENT.map((name) => [name, join(import.meta.dirname, 'absent.ts')])),
    banner: { js: BANNER },
    minify: true,
    // Stack traces that name functions; costs a few per cent of the size.
    keepNames: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
  });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return metafile;
}

/** The same as code of a function. Made while the stack is synthesised, by esbuild in this process: the image is never asked for. */
export function bundledCode(handler: Handler, files: BundleFiles = {}): lambda.Code {
  const contents = createHash('sha256').update(JSON.stringify(files)).digest('hex');
  return lambda.Code.fromAsset(HANDLERS_FOLDER, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('none'),
      // Assets with equal options are made once.
      command: [handler, contents],
      local: {
        tryBundle(directory) {
          bundle(handler, directory, files);
          return true;
        },
      },
    },
  });
}
