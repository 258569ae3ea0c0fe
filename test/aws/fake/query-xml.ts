/** How the query APIs write values: elements, and what stands for each entry of a list. */

/** EC2 begins names in lower case, calls an entry `item`, and has names of its own for these. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/ */
const EC2_NAMES: Readonly<Record<string, string>> = {
  SecurityGroups: 'securityGroupInfo',
  Subnets: 'subnetSet',
  RouteTables: 'routeTableSet',
  Associations: 'associationSet',
  Routes: 'routeSet',
  Tags: 'tagSet',
  Regions: 'regionInfo',
  UserIdGroupPairs: 'groups',
  LaunchTemplateVersions: 'launchTemplateVersionSet',
  NetworkInterfaces: 'networkInterfaceSet',
  SecurityGroupIds: 'securityGroupIdSet',
  Groups: 'groupSet',
};

export function ec2Xml(operation: string, value: object): string {
  const body = elements(value, (name) => EC2_NAMES[name] ?? name[0]!.toLowerCase() + name.slice(1), 'item');
  return `<?xml version="1.0" encoding="UTF-8"?><${operation}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>fake</requestId>${body}</${operation}Response>`;
}

export function ec2ErrorXml(code: string, message: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response><Errors><Error><Code>${escaped(code)}</Code><Message>${escaped(message)}</Message></Error></Errors><RequestID>fake</RequestID></Response>`;
}

/** IAM and STS. */
export function queryXml(operation: string, value: object): string {
  const body = elements(value, (name) => name, 'member');
  return `<${operation}Response><${operation}Result>${body}</${operation}Result><ResponseMetadata><RequestId>fake</RequestId></ResponseMetadata></${operation}Response>`;
}

export function queryErrorXml(code: string, message: string): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${escaped(code)}</Code><Message>${escaped(message)}</Message></Error><RequestId>fake</RequestId></ErrorResponse>`;
}

function elements(value: unknown, nameOf: (name: string) => string, entry: string): string {
  if (Array.isArray(value)) return value.map((each) => `<${entry}>${elements(each, nameOf, entry)}</${entry}>`).join('');
  if (typeof value !== 'object' || value === null) return escaped(String(value));
  return Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([name, each]) => `<${nameOf(name)}>${elements(each, nameOf, entry)}</${nameOf(name)}>`)
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
