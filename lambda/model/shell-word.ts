/** A name as one word of a shell's command: a name out of a file can hold anything. */
export function shellWord(text: string): string {
  return /^[\w.:@%+=,/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** The same where a command takes a name: one that begins with a dash (`--all` is a name that a ClusterRoleBinding may have) is no option of it. */
export function shellOperand(text: string): string {
  return text.startsWith('-') ? `-- ${shellWord(text)}` : shellWord(text);
}

/** A text in what is said beside a command, for whoever takes the whole line: quoted where a shell could find a command in it. */
export function shellRemark(text: string): string {
  return /^[\w.:@%+=,/ -]*$/.test(text) ? text : shellWord(text);
}
