import { z } from 'zod';
import { configurationSchema } from './schema.ts';

/** The schema of `eksaminer.yaml` for editors: completion, descriptions, and most faults while typing. Draft 7, which all of them know. */
export function configurationJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(configurationSchema, { io: 'input', target: 'draft-7', override: ({ jsonSchema }) => asNumber(jsonSchema) });
  return { $schema, $id: 'urn:eksaminer:schema:configuration-1', title: 'eksaminer.yaml', ...schema };
}

/** A number is a text to us until it is judged, and a number to an editor. */
function asNumber(schema: { type?: unknown; default?: unknown; pattern?: string | undefined }): void {
  if (schema.type !== 'integer') return;
  schema.default = Number(schema.default);
  delete schema.pattern;
}
