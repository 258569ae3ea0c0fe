import type { Answer } from './answer.ts';
import { noAnswer } from './answer.ts';
import type { HttpReader } from './http-reader.ts';
import { serverText } from './server-text.ts';

/** A small document, held whole: discovery, `/version`. */
export async function readJson(http: HttpReader, path: string, maxBytes: number, accept?: string): Promise<Answer<unknown>> {
  const answer = await http.get<{ readonly json: unknown } | { readonly flaw: string }>({
    path,
    maxBytes,
    ...(accept === undefined ? {} : { accept }),
    async read(body) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of body) chunks.push(chunk);
      try {
        return { json: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown };
      } catch (error) {
        return { flaw: error instanceof Error ? error.message : String(error) };
      }
    },
  });
  if (!answer.ok) return answer;
  if ('flaw' in answer.value) return noAnswer('unreadable', `the answer to ${path} is not JSON: ${serverText(answer.value.flaw)}`, 200);
  return { ok: true, value: answer.value.json };
}
