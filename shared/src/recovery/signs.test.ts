import { describe, expect, test } from 'vitest';
import type { Entry } from '../model.ts';
import { failureSigns, looksUnsolved } from './signs.ts';

const person = { id: 'p', fullName: 'Megan Kajitani' };
type By = 'visitor' | 'agent' | 'system';
function said(text: string, by: By = 'visitor', seq = 1): Entry {
  const author = by === 'agent' ? { kind: by, person } : { kind: by };
  return { id: 'i', at: '', conversation: 'c', seq, publicSeq: seq, kind: 'message', author, text };
}
const kindsOf = (text: string, by: By = 'visitor') => failureSigns([said(text, by)]).map(({ kind }) => kind);

describe('a complaint', () => {
  test.each([
    'The vase arrived broken.',
    'My parcel still hasn’t come.',
    'I never received my order',
    'They were six days late!',
    'You sent me the wrong colour',
    'I was charged twice',
    'The lamp doesn’t work',
    'This is unacceptable.',
    'Nobody answered my calls',
    'I want my money back',
    'Thanks, but the parcel came two days late.',
    '花瓶收到的时候已经碎了',
    '我的包裹到现在还没收到',
    '包裹晚到了六天',
    '你们发错了颜色',
    '重复扣款了！',
    '這台機器打不開',
    '我要投訴',
    '客服态度太差',
    '我要退款',
    '到現在還沒發貨',
  ])('is heard: %s', (text) => expect(kindsOf(text)).toEqual(['complaint']));

  test.each([
    'Thank you, no problem at all',
    'Nothing is broken, all good',
    'It was not late at all, thanks!',
    'What happens if it arrives broken?',
    'If the vase is damaged, can I send it back?',
    'What is your refund policy?',
    'I am running late, can I come at six?',
    'Is it too late to order for today?',
    'Do you have something for late in the evening?',
    'My sister wrote “the vase arrived broken” on a card for fun',
    '> The vase arrived broken.',
    'I don’t want to be rude',
    'No complaints!',
    '没有问题，谢谢',
    '如果花坏了可以退款吗？',
    '要是送错了怎么办',
    '不错，我很满意',
    '没坏，很好',
    '会不会晚到？',
    '我想问一下你们几点开门',
    '没關係，不用退款',
  ])('is not heard where there is none: %s', (text) => expect(kindsOf(text)).toEqual([]));

  test('is the visitor’s; our own words about something broken are none', () => {
    expect(kindsOf('Was the vase broken when it came?', 'agent')).toEqual([]);
    expect(kindsOf('The vase arrived broken.', 'system')).toEqual([]);
  });
});

describe('an apology of ours', () => {
  test.each([
    'I am so sorry that the vase broke.',
    'We apologise for this mistake.',
    'I’m sorry about your parcel.',
    'Please accept our apologies',
    '非常抱歉，是我们的失误。',
    '很抱歉给您带来了不便',
    '真的对不起，花送晚了',
    '造成您的困擾，真的很抱歉',
  ])('is heard: %s', (text) => expect(kindsOf(text, 'agent')).toEqual(['apology']));

  test.each([
    'Sorry for the wait!',
    'Sorry to keep you waiting.',
    'Sorry, could you say that again?',
    'Apologies for the late reply, here is the list.',
    'Sorry to hear that you are ill',
    '让您久等了，不好意思',
    '不好意思，请问您的订单号是多少？',
  ])('is politeness: %s', (text) => expect(kindsOf(text, 'agent')).toEqual([]));
});

describe('what is given back', () => {
  test.each([
    'I have refunded the shipping.',
    'We will send you a replacement today.',
    '已经为您退款了',
    '我马上给您补发一束',
    '已經幫您重新寄出一份，會補償您',
  ])('is heard: %s', (text) => expect(kindsOf(text, 'agent')).toEqual(['refund']));

  test.each([
    'Our refund policy is on the page.',
    'If it breaks, I will send a new one.',
    '如果坏了会给您退款',
  ])('is not, where it is only what would be: %s', (text) => expect(kindsOf(text, 'agent')).toEqual([]));

  test('goodwill is an act, and tells as words do', () => {
    const given: Entry = {
      ...{ id: null, at: '', conversation: 'c', seq: 7, publicSeq: null, kind: 'goodwill-given' },
      ...{ by: person, amount: { amount: 5, currency: 'EUR' }, what: 'shipping' },
    };
    expect(failureSigns([given])).toEqual([{ kind: 'goodwill', seq: 7, text: 'shipping' }]);
  });
});

test('each sign says which entry, and the sentence as it was written', () => {
  const entries = [
    said('Hello!', 'visitor', 1),
    said('I ordered on Monday. The vase came broken! Can you help?', 'visitor', 2),
    said('I am so sorry about that.', 'agent', 3),
  ];
  expect(failureSigns(entries)).toEqual([
    { kind: 'complaint', seq: 2, text: 'The vase came broken!' },
    { kind: 'apology', seq: 3, text: 'I am so sorry about that.' },
  ]);
});

describe('after the mending', () => {
  test.each([
    'It still does not work',
    'it still doesn’t work',
    'Still broken.',
    'That didn’t help',
    'It stopped again',
    'Same problem as before',
    'the problem is back',
    'I still haven’t got it',
    '还是不行',
    '还没修好',
    '還是沒好',
    '還是打不開',
    '问题没有解决',
    '又坏了',
    '沒用',
  ])('it did not hold: %s', (text) => expect(looksUnsolved(text)).toBe(true));

  test.each([
    'It works now, thank you',
    'It still works fine',
    'All good again',
    'What if it does not work?',
    'No problem',
    'The box says “it still does not work”',
    '好了，谢谢',
    '没问题了',
    '如果还是不行怎么办',
    '还不错',
    '已经解决了',
  ])('it did: %s', (text) => expect(looksUnsolved(text)).toBe(false));
});
