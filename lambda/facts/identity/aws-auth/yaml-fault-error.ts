/** The authenticator refuses the whole text. The message is a clause without a period. */
export class YamlFaultError extends Error {
  override readonly name = 'YamlFaultError';
}

/** What the authenticator makes of the text is not known: its parser and ours may differ here. */
export class YamlUnknownError extends Error {
  override readonly name = 'YamlUnknownError';
}
