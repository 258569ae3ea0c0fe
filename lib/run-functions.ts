import { Duration, Stack, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { auditActions, discoverActions } from '../lambda/access/aws-actions.ts';
import { checkWords } from '../lambda/access/check-words.ts';
import type { Configuration, Vantage } from '../lambda/configuration/configuration.ts';
import { CHECK_WORDS_FILE, CONFIGURATION_FILE, ENV } from '../lambda/contract.ts';
import { AUDITOR_PATH, acknowledgeResource, grantMembers, grantReads } from './auditor-access.ts';
import { BundledFunction, functionRole, grantNetworkInterfaces, type BundledFunctionProps } from './bundled-function.ts';
import type { EncryptionKey } from './encryption-key.ts';
import type { RecordBucket } from './record-bucket.ts';
import type { RouteTopics } from './topics.ts';

export interface RunFunctionsProps {
  readonly configuration: Configuration;
  readonly version: string;
  readonly bucket: RecordBucket;
  readonly routes: RouteTopics;
  readonly key?: EncryptionKey;
}

type Sizes = Pick<BundledFunctionProps, 'memorySize' | 'timeout'>;

/** Lambda stops everything after 15 minutes. */
const LONGEST = Duration.minutes(15);
/** Waits for answers most of the time; lists of names take little room. */
const DISCOVER: Sizes = { memorySize: 1024, timeout: LONGEST };
/** Reading is bound by the processor: one whole, and 20,000 pods take a third of the memory (bench/). */
const AUDIT: Sizes = { memorySize: 2048, timeout: LONGEST };
/** 10,000 clusters take less than 1 GB and 5 minutes (bench/). */
const RECONCILE: Sizes = { memorySize: 2048, timeout: LONGEST };
const NOTIFY: Sizes = { memorySize: 1024, timeout: LONGEST };

/** The functions of a run, each with what it may do and no more. */
export class RunFunctions extends Construct {
  readonly discover: BundledFunction;
  readonly audit: BundledFunction;
  /** By the vantage's name. */
  readonly vantages: ReadonlyMap<string, BundledFunction>;
  readonly reconcile: BundledFunction;
  readonly notify: BundledFunction;
  /** What clusters see: one principal, wherever an audit runs. */
  readonly auditRole: iam.Role;
  private readonly common: Pick<BundledFunctionProps, 'version' | 'key'>;

  constructor(scope: Construct, id: string, { configuration, version, bucket, routes, key }: RunFunctionsProps) {
    super(scope, id);
    this.common = { version, ...(key ? { key } : {}) };
    this.discover = this.make('Discover', {
      handler: 'discover',
      description: 'Which clusters there are',
      ...DISCOVER,
      role: functionRole(new Construct(this, 'Discoverer'), 'Eksaminer: which clusters there are', AUDITOR_PATH),
      files: { [CONFIGURATION_FILE]: JSON.stringify(configuration) },
    });
    bucket.grantDiscover(this.discover);
    routes.nameTo(this.discover);
    this.grantAccounts(this.discover.role, configuration, discoverActions(configuration));

    this.auditRole = functionRole(new Construct(this, 'Auditor'), 'Eksaminer: what is true of a cluster', AUDITOR_PATH);
    if (configuration.vantages.length > 0) this.grantNetwork();
    this.audit = this.makeAudit('Audit', configuration, bucket);
    this.vantages = new Map(configuration.vantages.map((vantage) => [vantage.name, this.makeAudit(`AuditFrom-${vantage.name}`, configuration, bucket, vantage)]));
    this.grantAccounts(this.auditRole, configuration, auditActions());

    this.reconcile = this.make('Reconcile', { handler: 'reconcile', description: 'What changed, and the record of it', ...RECONCILE });
    bucket.grantReconcile(this.reconcile);
    this.notify = this.make('Notify', {
      handler: 'notify',
      description: 'Tells people what changed',
      ...NOTIFY,
      files: { [CHECK_WORDS_FILE]: JSON.stringify(checkWords()) },
    });
    bucket.grantNotify(this.notify);
    routes.grantAnnounce(this.notify);
  }

  /** By the names that alarms and the dashboard use. */
  get all(): ReadonlyMap<string, BundledFunction> {
    const seen = [...this.vantages].map(([name, fn]) => [`audit-${name}`, fn] as const);
    return new Map([['discover', this.discover], ['audit', this.audit], ...seen, ['reconcile', this.reconcile], ['notify', this.notify]]);
  }

  private make(id: string, props: Omit<BundledFunctionProps, 'version' | 'key'>): BundledFunction {
    return new BundledFunction(this, id, { ...props, ...this.common });
  }

  private makeAudit(id: string, { endpoints }: Configuration, bucket: RecordBucket, vantage?: Vantage): BundledFunction {
    const where = vantage ? `, seen from ${vantage.name}` : '';
    const fn = this.make(id, { handler: 'audit', description: `What is true of one cluster${where}`, ...AUDIT, role: this.auditRole, ...(vantage ? { vantage } : {}) });
    fn.setEnvironment(ENV.endpoints, JSON.stringify(endpoints));
    bucket.grantAudit(fn);
    return fn;
  }

  /**
   * The member role in the accounts of a list, and the reads themselves where this account is audited too, or may be: a stack for any account does not know
   * its own.
   */
  private grantAccounts(role: iam.Role, { accounts, memberRole }: Configuration, actions: readonly string[]): void {
    const { account } = Stack.of(this);
    const listed = accounts.kind === 'list' ? accounts.ids : [];
    grantMembers(role, listed.filter((id) => id !== account), memberRole.name);
    if (accounts.kind === 'self' || Token.isUnresolved(account) || listed.includes(account)) grantReads(role, actions);
  }

  private grantNetwork(): void {
    grantNetworkInterfaces(this.auditRole);
    acknowledgeResource(this.auditRole, '*', 'Lambda makes network interfaces that have no name before; the code itself is denied it.');
  }
}
