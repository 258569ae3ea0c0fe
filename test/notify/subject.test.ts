import { describe, expect, test } from '@jest/globals';
import { subjectOf } from '../../lambda/notify/subject.ts';
import { EU, US, bulletin, member } from './bulletins.ts';
import { change, finding, sight } from './given.ts';

const opened = (count: number, severity: 'critical' | 'high', from = 0) => Array.from({ length: count }, (_, index) => change('opened', EU, finding('admin-binding', `a/${severity}-${from + index}`, { severity })));
const resolved = (count: number) => Array.from({ length: count }, (_, index) => change('resolved', EU, finding('idle-policy', `b/${index}`)));
const lost = (label: string) => sight('lost-sight', member(label), { reason: 'no answer' });

describe('a subject', () => {
  const cases: [string, Parameters<typeof bulletin>, string][] = [
    ['what opened, worsened and was resolved; what went out of sight', [[...opened(1, 'critical'), change('worsened', EU, finding('idle-policy', 'c/c'), { was: 'low' }), ...resolved(3), lost('prod-us')]], 'Eksaminer: 1 critical opened, 1 worsened, 3 resolved; prod-us out of sight'],
    ['the worst of what opened', [[...opened(2, 'critical'), ...opened(1200, 'high')]], 'Eksaminer: 2 critical of 1,202 opened'],
    ['several clusters as a number', [[lost('a'), lost('b'), sight('regained-sight', US)]], 'Eksaminer: 2 clusters out of sight; prod-us in sight again'],
    ['checks alone as a part', [[sight('lost-sight', US, { checks: ['x'] })]], 'Eksaminer: prod-us partly out of sight'],
    ['first looks', [[change('opened', EU, finding('idle-policy', 'a/a'), { origin: 'revision' })], { fresh: [US] }], 'Eksaminer: first look at 1 cluster; first look by 1 check'],
    ['clusters that are gone', [[], { gone: [EU] }], 'Eksaminer: prod-eu gone'],
    ['what fits, and that there is more', [[...opened(12345, 'critical'), ...resolved(12345), lost('a-cluster-with-a-long-name-of-40-letters'), lost('b')], { gone: [EU], fresh: [US] }], 'Eksaminer: 12,345 critical opened, 12,345 resolved; 2 clusters out of sight; prod-eu gone; and more'],
    ['a name that is no plain text', [[lost('a\r\nBcc: x\u202e\u00e9')]], 'Eksaminer: a?Bcc: x? out of sight'],
    ['a name that is too long as a number', [[lost('x'.repeat(200))]], 'Eksaminer: 1 cluster out of sight'],
  ];
  test.each(cases)('names %s', (_, [changes, more], expected) => {
    const subject = subjectOf(bulletin(changes, more));
    expect(subject).toBe(expected);
    expect(subject.length).toBeLessThan(100);
  });
});
