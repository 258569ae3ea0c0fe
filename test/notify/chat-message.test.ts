import { describe, expect, test } from '@jest/globals';
import { chatMessage, chatText } from '../../lambda/notify/chat-message.ts';
import { CHAT } from './announcing.ts';
import { EU, US, bulletin } from './bulletins.ts';
import { change, finding, sight } from './given.ts';

interface Notification {
  readonly version: string;
  readonly source: string;
  readonly id: string;
  readonly content: { readonly textType: string; readonly title: string; readonly description: string; readonly keywords: readonly string[] };
  readonly metadata: { readonly threadId: string; readonly enableCustomActions: boolean };
}

const chat = (...given: Parameters<typeof bulletin>): Notification => JSON.parse(chatMessage(bulletin(given[0], { route: CHAT, ...given[1] }))) as Notification;
const opened = (count: number) => Array.from({ length: count }, (_, index) => change('opened', EU, finding('admin-binding', `shop/${index}`, { cause: `cause ${index}` })));

describe('a custom notification', () => {
  test('has the fields of the schema, the news in its description, and where things stand', () => {
    const message = chat([change('opened', EU, finding('admin-binding', 'shop/default', { severity: 'critical' })), change('resolved', EU, finding('idle-policy', 'web/x'))]);
    expect(message).toMatchObject({
      ...{ version: '1.0', source: 'custom', id: 'eksaminer-platform-chat-2' },
      content: { textType: 'client-markdown', title: 'Eksaminer: 1 critical opened, 1 resolved', keywords: ['opened', 'resolved'] },
      metadata: { enableCustomActions: false },
    });
    expect(message.content.description.split('\n')).toEqual([
      '*opened* critical: *An ordinary account is cluster-admin* `d0c789a7`',
      '`prod-eu` `shop/default`',
      'shop/default is at fault',
      'Fix: Bind a role with what it needs.',
      '',
      '*resolved* high: *Policies that select no pod* `7bc8c569`',
      '`prod-eu` `web/x`',
      '',
      'Open now: 28 findings (1 critical, 20 high, 7 low).',
      'All changes: https://eu-west-1.console.aws.amazon.com/s3/object/record-111122223333?region=eu-west-1&prefix=history/changes/dt%3D2026-11-21/000000000002-01K.jsonl.gz',
    ]);
  });

  test('names ten things at most, each whole, and counts the rest', () => {
    const { description } = chat(opened(30)).content;
    expect(description.match(/^\*opened\*/gm)).toHaveLength(10);
    expect(description).toContain('\n\n… and 20 more (20 findings)\n\nOpen now');
    expect(description.length).toBeLessThanOrEqual(3000);
  });

  test("one cluster's news is one thread, whatever the cluster; that of several is the route's", () => {
    const thread = (...changes: Parameters<typeof bulletin>[0]): string => chat(changes).metadata.threadId;
    const first = thread(sight('lost-sight', EU));
    expect(first).toMatch(/^eksaminer\/[0-9a-f]{16}$/);
    expect(thread(...opened(1))).toBe(first);
    expect(thread(sight('lost-sight', US))).not.toBe(first);
    expect(thread(sight('lost-sight', EU), sight('lost-sight', US))).toBe('eksaminer/platform-chat');
  });

  test('wakes nobody up, and links nowhere, whatever a cluster calls its things', () => {
    const name = '<!channel> @here <https://evil.example|click> [x](https://evil.example) `*b*` &amp;';
    const { description, title } = chat([change('opened', { ...EU, label: name }, finding('admin-binding', `shop/${name}`, { message: `${name} is at fault` })), sight('lost-sight', { ...US, label: '<!here>' })]).content;
    expect(description.split('\n').slice(1, 3)).toEqual([
      "`&lt;!channel&gt; @here &lt;https://evil.example|click&gt; [x](https://evil.example) '*b*' &amp;amp;` `shop/&lt;!channel&gt; @here &lt;https:`",
      "&lt;!channel&gt; @\u200bhere &lt;https:\u200b//evil.example|click&gt; [x]\u200b(https:\u200b//evil.example) '∗b∗' &amp;amp; is at fault",
    ]);
    expect(title).toBe('Eksaminer: 1 high opened; ?!here? out of sight');
    expect(chatText('a_b')).toBe('a_b');
  });
});
