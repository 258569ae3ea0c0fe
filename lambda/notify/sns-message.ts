/** Longest message that SNS takes, in bytes: all variants of the body, the subject, and names, types and values of the attributes. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export const MESSAGE_CAP = 262_144;
/** "Less than 100 characters", ASCII, beginning with a letter, digit or punctuation mark, without line breaks. */
export const SUBJECT_CAP = 99;

/** One `Publish`, whole. */
export interface SnsMessage {
  readonly topicArn: string;
  readonly subject: string;
  /** With `json`: an object of one text a protocol, as JSON. */
  readonly body: string;
  readonly structure?: 'json';
  /** At most ten: more would be dropped where a queue takes messages raw. */
  readonly attributes: Readonly<Record<string, SnsAttribute>>;
}

/** Filter policies match an array if they match one of its members. */
export type SnsAttribute = string | readonly string[];

/** The size that SNS counts, in bytes. */
export function sizeOf({ subject, body, attributes }: Omit<SnsMessage, 'topicArn'>): number {
  let size = Buffer.byteLength(subject) + Buffer.byteLength(body);
  for (const [name, value] of Object.entries(attributes)) {
    const { DataType, StringValue } = attributeValue(value);
    size += Buffer.byteLength(name) + Buffer.byteLength(DataType) + Buffer.byteLength(StringValue);
  }
  return size;
}

export function attributeValue(value: SnsAttribute): { readonly DataType: string; readonly StringValue: string } {
  return typeof value === 'string' ? { DataType: 'String', StringValue: value } : { DataType: 'String.Array', StringValue: JSON.stringify(value) };
}
