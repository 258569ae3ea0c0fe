import type { z } from 'zod';
import type { Configuration } from './configuration.ts';
import { ConfigurationError, type ConfigurationFault } from './configuration-error.ts';
import { duplicates } from './duplicates.ts';
import { nearest } from './nearest.ts';
import { configurationSchema } from './schema.ts';
import { shown } from './shown.ts';
import { readYamlText, type Path, type YamlText } from './yaml-text.ts';

type Issue = z.core.$ZodIssue;

/**
 * A configuration with every default filled in. `file`: what its faults call it. Throws a `ConfigurationError` that holds all of them, each with line and column.
 */
export function parseConfiguration(text: string, file: string): Configuration {
  const yaml = readYamlText(text);
  if ('faults' in yaml) throw new ConfigurationError(file, yaml.faults);
  const parsed = configurationSchema.safeParse(yaml.value, { reportInput: true });
  const faults = [
    ...(parsed.success ? [] : parsed.error.issues.flatMap((issue) => faultsOf(issue, [], yaml))),
    ...duplicates(yaml.value).map(({ path, message }) => ({ ...yaml.placeOf(path), path: pathText(path), message })),
  ];
  if (faults.length > 0 || !parsed.success) throw new ConfigurationError(file, faults);
  return parsed.data;
}

function faultsOf(issue: Issue, above: Path, yaml: YamlText): readonly ConfigurationFault[] {
  const path = [...above, ...(issue.path as Path)];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ ...yaml.placeOfKey(path, key), path: pathText(path), message: unknownKey(key, path) }));
  // Of a word or a list, a list was meant where one stands: its own faults say more than that neither fits.
  if (issue.code === 'invalid_union') {
    if (Array.isArray(issue.input)) return issue.errors.at(-1)!.flatMap((inner) => faultsOf(inner, path, yaml));
    return [{ ...yaml.placeOf(path), path: pathText(path), message: neither(issue, path) }];
  }
  if (issue.code === 'invalid_key') return issue.issues.map(({ message }) => ({ ...yaml.placeOfKey(path.slice(0, -1), String(path.at(-1))), path: pathText(path), message }));
  const message = issue.code === 'invalid_type' && issue.input === undefined ? 'is missing' : issue.message;
  return [{ ...yaml.placeOf(path), path: pathText(path), message }];
}

function neither(issue: Issue, path: Path): string {
  const expected = path[0] === 'regions' ? 'all, or a list such as [eu-west-1]' : 'self, or a list such as [111122223333]';
  return `${shown(issue.input)} stands where ${expected} is expected`;
}

function unknownKey(key: string, path: Path): string {
  const known = keysAt(path);
  const near = nearest(key, known);
  return `${shown(key)} is no setting; ${near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are ${known.join(', ')}`}`;
}

/** The keys that the schema knows at a path. */
function keysAt(path: Path): readonly string[] {
  let schema = configurationSchema as unknown as z.core.$ZodType;
  for (const step of [...path, undefined]) {
    schema = unwrapped(schema);
    if (step === undefined) break;
    const { def } = schema._zod as { readonly def: { readonly shape?: Record<string, z.core.$ZodType>; readonly element?: z.core.$ZodType } };
    const below = typeof step === 'number' ? def.element : def.shape?.[step];
    if (!below) return [];
    schema = below;
  }
  return Object.keys((schema._zod.def as { readonly shape?: object }).shape ?? {});
}

/** Without the defaults and transformations around it. */
function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  const { innerType, in: input } = schema._zod.def as { readonly innerType?: z.core.$ZodType; readonly in?: z.core.$ZodType };
  const inner = innerType ?? input;
  return inner ? unwrapped(inner) : schema;
}

function pathText(path: Path): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${/^[\w-]+$/.test(step) ? step : JSON.stringify(step.slice(0, 60))}`)).join('');
}
