import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { consoleOf, type Console } from './console.ts';
import { DEFAULT_STORE } from './default-store.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

export const EXIT_CODES = `
Exit codes of audit:
  0    nothing at or above --fail-on (without it, findings alone are no failure)
  1    findings at or above --fail-on
  2    could not tell: bad usage; a target that was not audited; a check that could reach --fail-on and was not evaluated or failed
       (unless --allow-unevaluated names it); with new:…, a cluster or a check without an earlier look to compare with
  130  interrupted

Nothing is ever written to a cluster. What is read, and the rights that it needs: docs/permissions.md.`;

/** Runs the command line of this process to its end, output flushed, and exits. */
export async function runCommandLine(proc: NodeJS.Process): Promise<void> {
  // A reader that has seen enough (`| head`) is no error of ours.
  proc.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') proc.exit(proc.exitCode ?? 0);
    throw error;
  });
  proc.stderr.on('error', () => undefined);
  const io = consoleOf(proc);
  // A defect that nobody waits for is still one line and 2.
  proc.on('uncaughtException', (error) => proc.exit(failed(error, io)));
  const code = await execute(proc.argv.slice(2), io, (early) => (proc.exitCode = early));
  proc.exitCode = code;
  // Connections that are kept alive must not keep the process.
  proc.stdout.write('', () => proc.stderr.write('', () => proc.exit(code)));
}

/**
 * Runs one command. `settle` is told the exit code as soon as it is known, before the report is written: who closes our output early
 * still gets the right one. Never rejects.
 */
export async function execute(argv: readonly string[], io: Console, settle: (code: number) => void = () => undefined): Promise<number> {
  let code = 0;
  const settled = (result: number): void => {
    code = result;
    settle(result);
  };
  try {
    await programOf(io, settled).parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return failed(error, io);
  }
}

/** Errors whose message says all that a person needs. */
const PLAIN_ERRORS: ReadonlySet<string> = new Set(['UsageError', 'ReconcileStoppedError', 'NewerRecordError', 'InterruptedError']);

function failed(error: unknown, io: Console): number {
  // Commander has printed what it has to say; help and version are no failures.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const known = error instanceof Error ? error : new Error(String(error));
  const hint = PLAIN_ERRORS.has(known.name) || io.env['EKSAMINER_DEBUG'] ? '' : ' (EKSAMINER_DEBUG=1 shows where)';
  // The live line of a run that was cut off.
  if (io.errorColumns !== undefined) io.raw('\r\x1b[K');
  io.note(`eksaminer: ${oneLine(known.message)}${hint}`);
  if (io.env['EKSAMINER_DEBUG']) for (const line of (known.stack ?? '').split('\n')) io.note(line);
  return known.name === 'InterruptedError' ? 130 : 2;
}

function oneLine(message: string): string {
  return message.replace(/\s*\n\s*/g, ' ').trim();
}

type Settle = (code: number) => void;

function programOf(io: Console, settle: Settle): Command {
  const program = new Command('eksaminer')
    .description('Audits EKS clusters without an agent, remembers, and tells only what changed.')
    .version(version())
    .exitOverride()
    .showHelpAfterError('(eksaminer --help, or eksaminer COMMAND --help)')
    .configureOutput({
      writeOut: (text) => void io.out(text),
      writeErr: (text) => text.trimEnd().split('\n').forEach((line) => io.note(line)),
      getOutHelpWidth: () => 110,
      getErrHelpWidth: () => 110,
    });
  program.hook('preAction', (_program, command) => refuseBlanks(command));
  // Each command's module is loaded only when it runs: `--help` and `checks` start at once.
  sources(program.command('audit').description('audit clusters or captures, keep the result, print what changed'))
    .option('--store <dir>', 'where the record is kept', DEFAULT_STORE)
    .addOption(new Option('--fail-on <what:severity>', 'exit 1 where findings reach it: new:high, any:critical, … (may be given twice)').argParser(collectValues))
    .option('--allow-unevaluated <check...>', 'checks that --fail-on may do without')
    .addOption(output(['table', 'json', 'sarif']))
    .option('--all', 'show everything, not one screen')
    .option('--quiet', 'no progress on standard error')
    .addOption(new Option('--concurrency <n>', 'clusters at a time').argParser(positive).default(4))
    .addHelpText('after', EXIT_CODES)
    .action(async (options) => (await import('./commands/audit.ts')).audit(options, io, settle));
  program
    .command('findings')
    .description('the open findings of the record, the most consequential first')
    .option('--store <dir>', 'where the record is kept', DEFAULT_STORE)
    .option('--severity <severity>', 'this severe or more')
    .option('--check <check...>', 'of these checks')
    .option('--cluster <cluster...>', 'of these clusters: label, name or ARN')
    .option('--namespace <namespace...>', 'in these namespaces')
    .option('--unseen', 'only those that cannot be seen any more')
    .addOption(output(['table', 'json']))
    .option('--all', 'show everything, not one screen')
    .action(async (options) => (await import('./commands/findings.ts')).findings(options, io, settle));
  sources(program.command('capture').description('read a live cluster into one file that can be audited elsewhere'), 'live')
    .option('--out <path>', 'file to write, or a directory where there are several clusters')
    .option('--quiet', 'no progress on standard error')
    .action(async (options) => (await import('./commands/capture.ts')).capture(options, io, settle));
  program
    .command('checks')
    .description('every check: id, severity, what it finds')
    .addOption(output(['table', 'json']))
    .action(async (options) => (await import('./commands/checks.ts')).checks(options, io, settle));
  program
    .command('explain')
    .description('a check, or a finding: what it means, where, why we say so, what to do')
    .argument('<what>', "a check's id, an item's or a finding's id, or the beginning of one")
    .option('--store <dir>', 'where the record is kept', DEFAULT_STORE)
    .option('--all', 'show every place')
    .action(async (what, options) => (await import('./commands/explain.ts')).explain(what, options, io, settle));
  rights(program.command('who-can').description('who may do something, by RBAC, access policies or as a node: VERB RESOURCE[/SUBRESOURCE][.GROUP], or VERB /path'))
    .argument('<verb>', 'get, create, …')
    .argument('<resource>', 'secrets, pods/exec, deployments.apps, /metrics')
    .option('-n, --namespace <namespace>', 'in this namespace (without it: in all at once)')
    .option('--name <name>', 'of this one object')
    .action(async (verb, resource, options) => (await import('./commands/who-can.ts')).whoCan(verb, resource, options, io, settle));
  rights(program.command('path').description('how somebody could come to more than was given: SUBJECT [cluster-admin | privileged-iam-role | node/linux | namespace/NAME | SUBJECT]'))
    .argument('<words...>', 'the subject as reports print it (a name alone is a user), then what is to be reached (without it: each of the worst)')
    .action(async (words, options) => (await import('./commands/path.ts')).path(words, options, io, settle));
  rights(program.command('what-can').description('what somebody may do: User NAME, Group NAME, ServiceAccount NAMESPACE/NAME, the ARN of an IAM principal'))
    .argument('<subject...>', 'as reports print it; a name alone is a user')
    .option('-n, --namespace <namespace>', 'in this namespace (without it: everywhere)')
    .option('--group <group...>', 'groups that it is in, beside those that come with it')
    .action(async (subject, options) => (await import('./commands/what-can.ts')).whatCan(subject, options, io, settle));
  program
    .command('rights')
    .description('who gained and who lost which power where, between two captures or two runs of the record')
    .requiredOption('--diff <before after...>', 'two captures; with --store two runs: their ids, or days (UTC), which mean the newest run by their end')
    .option('--store <dir>', 'the record that the runs are in')
    .option('--cluster <cluster...>', 'of these clusters of the record: label, name or ARN')
    .addOption(output(['table', 'json']))
    .option('--all', 'show every row')
    .option('--quiet', 'no progress on standard error')
    .action(async (options) => (await import('./commands/rights.ts')).rights(options, io, settle));
  rights(program.command('reach').description('what network policies let somebody reach, and which policies decide'))
    .argument('[from]', 'NAMESPACE/NAME of a workload or a pod, NAMESPACE, internet, an address or a block')
    .argument('[to]', 'the same (without it: every workload)')
    .option('--port <port>', 'on this port: 443, udp/53')
    .option('--matrix', 'instead: what share of the pairs of workloads may talk, by namespace')
    .option('--diff <before after...>', 'instead: what policies let through in the second of two captures and not in the first, and the other way round')
    .option('--history', 'instead: how well clusters were parted in every look of the record')
    .option('--store <dir>', 'with --history: where the record is kept')
    .option('--cluster <cluster...>', 'with --history: of these clusters of the record: label, name or ARN')
    .action(async (from, to, options) => (await import('./commands/reach.ts')).reach(from, to, options, io, settle));
  return program;
}

/** Which clusters are asked, and how the answer is printed. */
function rights(command: Command): Command {
  return clusters(command)
    .option('--from <path...>', FROM)
    .addOption(output(['table', 'json']))
    .option('--all', 'show every row')
    .option('--quiet', 'no progress on standard error');
}

/** An option whose value was forgotten takes the next option for it (`--namespace --store x`), and an unset variable in a script is an empty one. */
function refuseBlanks(command: Command): void {
  for (const { long, attributeName } of command.options.map((option) => ({ long: option.long, attributeName: option.attributeName() }))) {
    for (const value of [command.getOptionValue(attributeName) as unknown].flat()) {
      if (value === '') throw new UsageError(`${long} is given an empty value; is a variable unset?`);
      if (typeof value === 'string' && value.startsWith('--')) throw new UsageError(`${long} is given no value: ${value} follows it`);
    }
  }
}

const FROM = 'captures: directories of kubectl and AWS CLI output, or files made by `eksaminer capture`';

function clusters(command: Command): Command {
  return command
    .option('--context <name...>', 'contexts of the kubeconfig (without any: the current one)')
    .option('--all-contexts', 'every context of the kubeconfig')
    .option('--kubeconfig <file>', 'instead of $KUBECONFIG or ~/.kube/config');
}

function sources(command: Command, which: 'all' | 'live' = 'all'): Command {
  clusters(command);
  if (which === 'all') {
    command
      .option('--eks', 'the clusters that EKS names, with the AWS credentials of this machine')
      .option('--region <region...>', 'where EKS is asked: regions, or all (without any: the default one)')
      .option('--profile <name>', 'of ~/.aws/config: whose credentials');
  }
  if (which === 'all') command.option('--from <path...>', FROM);
  return command.option('--namespace <namespace...>', 'only these namespaces (of a capture: the ones it is of)');
}

function output(choices: readonly string[]): Option {
  return new Option('--output <format>', 'what to print').choices(choices).default('table');
}

function collectValues(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), ...value.split(',')];
}

function positive(value: string): number {
  if (!/^[1-9][0-9]{0,2}$/.test(value)) throw new InvalidArgumentError('It is a number from 1 to 999.');
  return Number(value);
}
