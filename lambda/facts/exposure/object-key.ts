/** `namespace/name` of an object, by which others name it. */
export function objectKey({ metadata }: { readonly metadata?: { readonly namespace?: string; readonly name?: string } }): string {
  return `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;
}
