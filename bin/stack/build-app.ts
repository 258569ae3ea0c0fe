import { Annotations, App, CfnRule, Fn, Stage, Validations, type AppProps } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { EksaminerStack } from '../../lib/eksaminer-stack.ts';
import { MemberRoleStack } from '../../lib/member-role-stack.ts';
import { version } from '../version.ts';
import { CONFIGURATION, readConfiguration } from './read-configuration.ts';

const WRITE_ONE = `There is no ${CONFIGURATION} here. Copy examples/${CONFIGURATION} to ${CONFIGURATION}, change what does not fit, and deploy again.`;

/**
 * The app of `cdk.json`. `npx cdk deploy` deploys the stack Eksaminer; the role of other accounts is a stack of its own (`Member/Role`), which no
 * deployment takes along that does not name it. Context: `config` (a file), `runbook` (a URL of docs/runbook.md).
 */
export function buildApp(props: AppProps = {}): App {
  const app = new App({ analyticsReporting: false, ...props });
  const context = (name: string): string | undefined => app.node.tryGetContext(name) as string | undefined;
  const { configuration, isExample } = readConfiguration(context('config'));
  const runbook = context('runbook');
  const stack = new EksaminerStack(app, 'Eksaminer', { configuration, version: version(), ...(runbook === undefined ? {} : { runbook }) });
  if (isExample) refuseDeployment(stack);
  new MemberRoleStack(new Stage(app, 'Member'), 'Role', configuration);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

/** To synthesise the example is good to look at; to deploy it would write to addresses that nobody has. CloudFormation refuses before it makes anything. */
function refuseDeployment(stack: EksaminerStack): void {
  Annotations.of(stack).addWarningV2('eksaminer:no-configuration', WRITE_ONE);
  new CfnRule(stack, 'ConfigurationIsWritten', { assertions: [{ assert: Fn.conditionEquals('the example', CONFIGURATION), assertDescription: WRITE_ONE }] });
}
