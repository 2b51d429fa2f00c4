/** The texts of follow-ups in the three languages; what they are made of is put together in drafts.ts. */
import type { Locale } from '@fullname/shared/locale';
import type { FailureRow } from '../store/recovery.ts';

/** What a text for the customer is made of; null where there is nothing to say in their language. */
export type Words = {
  readonly name: string | null;
  readonly ally: string;
  readonly doneBy: string | null;
  readonly what: string | null;
  readonly putRight: string | null;
  readonly extra: string | null;
  readonly product: string | null;
};

/** Parts that are null are left out. */
type Say = {
  readonly question: (words: Words) => string;
  readonly note: (words: Words) => readonly (string | null)[];
  readonly points: (words: Words) => readonly (string | null)[];
  readonly message: (words: Words) => readonly (string | null)[];
  readonly subject: (words: Words) => string;
  readonly letter: (words: Words) => readonly (string | null)[];
};

/** A sentence around words of the record; null without them. */
function around(part: string | null, sentence: (part: string) => string): string | null {
  return part === null ? null : sentence(part);
}

const en: Say = {
  question: ({ name, ally, doneBy, what }) =>
    doneBy === null
      ? `Hello ${name ?? 'there'}, ${ally} again. About what went wrong${inside(what)}: is it really working now, and was everybody kind to you along the way?`
      : `Hello ${name ?? 'there'}, ${ally} here. ${doneBy} has looked after what went wrong${inside(what)}. Is it really working now, and was ${doneBy} kind to you?`,
  note: ({ name, ally, what, putRight, extra }) => [
    name === null ? 'Good day,' : `Dear ${name},`,
    `you relied on us, and we let you down${inside(what)}. I am sorry for the time that it took from you.`,
    around(putRight, (done) => `What we did about it: ${done}.`),
    around(extra, (added) => `One thing more, from me: ${added}.`),
    'You know where to find me. Ask for me by name.',
    ally,
  ],
  points: ({ name, ally, doneBy, what, putRight, extra }) => [
    `Say who is calling: ${ally}, your person in the chat; and ask whether this is a good moment`,
    `Say why: to hear how it is now${inside(what)}`,
    around(putRight, (done) => `What was put right: ${done}. Ask whether it holds`),
    doneBy === null ? null : `Ask how it was with ${doneBy}`,
    around(extra, (added) => `What was added: ${added}. Ask whether it came`),
    'Ask what would have helped sooner; write the answer down in their words',
    `Say thank you${name === null ? '' : ` to ${name}`}, and leave your full name`,
  ],
  message: ({ name, ally, what, putRight, extra }) => [
    `Hello ${name ?? 'there'}, ${ally} here. I have not forgotten what went wrong${inside(what)}.`,
    around(putRight, (done) => `What we did about it: ${done}.`),
    around(extra, (added) => `One thing more, from me: ${added}.`),
    'You need not answer this. If something is left of it, write to me here and I take it up.',
    ally,
  ],
  subject: ({ product }) => (product === null ? 'How it is now' : `How it is now: ${product}`),
  letter: ({ name, ally, what, putRight, extra }) => [
    name === null ? 'Good day,' : `Dear ${name},`,
    `I am writing about what went wrong${inside(what)}. I am sorry for the time that it took from you.`,
    around(putRight, (done) => `What we did about it: ${done}.`),
    around(extra, (added) => `One thing more, from me: ${added}.`),
    'If something is left of it, answer this letter or write to me in the chat. Ask for me by name.',
    ally,
  ],
};

function inside(what: string | null): string {
  return what === null ? '' : ` (${what})`;
}

const hans: Say = {
  question: ({ name, ally, doneBy, what }) =>
    doneBy === null
      ? `${name ?? ''}您好，我是${ally}。上次的事${within(what)}现在真的好了吗？这一路上，大家待您周到吗？`
      : `${name ?? ''}您好，我是${ally}。上次的事${within(what)}是${doneBy}帮您处理的。现在真的好了吗？${doneBy}待您周到吗？`,
  note: ({ name, ally, what, putRight, extra }) => [
    `${name ?? ''}您好：`,
    `您信任我们，事情却出了差错${within(what)}。耽误了您的时间，对不起。`,
    around(putRight, (done) => `后来我们这样处理：${done}。`),
    around(extra, (added) => `另外，这是我的一点心意：${added}。`),
    '以后有事，请直接找我。',
    ally,
  ],
  points: ({ name, ally, doneBy, what, putRight, extra }) => [
    `先说自己是谁：${ally}，在聊天里处理这件事的人；问现在说话方便吗`,
    `说明来意：想听听现在怎么样了${within(what)}`,
    around(putRight, (done) => `已经处理的：${done}；问是不是真的好了`),
    doneBy === null ? null : `问${doneBy}待人是否周到`,
    around(extra, (added) => `另外补上的：${added}；问收到了没有`),
    '问怎样做会更早帮上忙，把回答原话记下来',
    `谢谢${name ?? '对方'}，再说一遍自己的全名`,
  ],
  message: ({ name, ally, what, putRight, extra }) => [
    `${name ?? ''}您好，我是${ally}。上次的事${within(what)}我一直记着。`,
    around(putRight, (done) => `后来我们这样处理：${done}。`),
    around(extra, (added) => `另外，这是我的一点心意：${added}。`),
    '这条您不用回。要是还差一点，在这里告诉我，我接着办。',
    ally,
  ],
  subject: ({ product }) => (product === null ? '上次的事，现在怎么样了' : `${product}，现在怎么样了`),
  letter: ({ name, ally, what, putRight, extra }) => [
    `${name ?? ''}您好：`,
    `写信是为了上次的事${within(what)}。耽误了您的时间，对不起。`,
    around(putRight, (done) => `后来我们这样处理：${done}。`),
    around(extra, (added) => `另外，这是我的一点心意：${added}。`),
    '要是还差一点，请回这封信，或者在聊天里直接找我。',
    ally,
  ],
};

const hant: Say = {
  question: ({ name, ally, doneBy, what }) =>
    doneBy === null
      ? `${name ?? ''}您好，我是${ally}。上次的事${within(what)}現在真的好了嗎？這一路上，大家服務還周到嗎？`
      : `${name ?? ''}您好，我是${ally}。上次的事${within(what)}是${doneBy}幫您處理的。現在真的好了嗎？${doneBy}服務還周到嗎？`,
  note: ({ name, ally, what, putRight, extra }) => [
    `${name ?? ''}您好：`,
    `您信任我們，事情卻出了差錯${within(what)}。耽誤了您的時間，對不起。`,
    around(putRight, (done) => `後來我們這樣處理：${done}。`),
    around(extra, (added) => `另外，這是我的一點心意：${added}。`),
    '以後有事，請直接找我。',
    ally,
  ],
  points: ({ name, ally, doneBy, what, putRight, extra }) => [
    `先說自己是誰：${ally}，在聊天裡處理這件事的人；問現在方便說話嗎`,
    `說明來意：想聽聽現在怎麼樣了${within(what)}`,
    around(putRight, (done) => `已經處理的：${done}；問是不是真的好了`),
    doneBy === null ? null : `問${doneBy}服務是否周到`,
    around(extra, (added) => `另外補上的：${added}；問收到了沒有`),
    '問怎樣做能更早幫上忙，把回答原話記下來',
    `謝謝${name ?? '對方'}，再說一次自己的全名`,
  ],
  message: ({ name, ally, what, putRight, extra }) => [
    `${name ?? ''}您好，我是${ally}。上次的事${within(what)}我一直記著。`,
    around(putRight, (done) => `後來我們這樣處理：${done}。`),
    around(extra, (added) => `另外，這是我的一點心意：${added}。`),
    '這則訊息您不必回。要是還差一點，在這裡告訴我，我接著處理。',
    ally,
  ],
  subject: ({ product }) => (product === null ? '上次的事，現在怎麼樣了' : `${product}，現在怎麼樣了`),
  letter: ({ name, ally, what, putRight, extra }) => [
    `${name ?? ''}您好：`,
    `寫這封信是為了上次的事${within(what)}。耽誤了您的時間，對不起。`,
    around(putRight, (done) => `後來我們這樣處理：${done}。`),
    around(extra, (added) => `另外，這是我的一點心意：${added}。`),
    '要是還差一點，請回這封信，或者在聊天裡直接找我。',
    ally,
  ],
};

function within(what: string | null): string {
  return what === null ? '' : `（${what}）`;
}

export const WORDS: Readonly<Record<Locale, Say>> = { en, 'zh-Hans': hans, 'zh-Hant': hant };

type Line = (words: string) => string;
type Checks = Readonly<Record<NonNullable<FailureRow['element']>, string>> & {
  readonly owed: Line;
  readonly again: Line;
  readonly category: Line;
};

export const CHECK: Readonly<Record<Locale, Checks>> = {
  en: {
    owed: (words) => `Was it done: ${words}?`,
    product: 'Look at the goods yourself before they leave',
    person: 'Read the last conversation first; greet them by name',
    time: 'Look at the date the day before, and tell them first if it moves',
    resolution: 'Ask whether the last repair has held',
    again: (words) => `${words}: compare it with the order`,
    category: (words) => `Has “${words}” come up again?`,
  },
  'zh-Hans': {
    owed: (words) => `做了没有：${words}？`,
    product: '发货前亲自看一眼商品',
    person: '先读上次的对话，称呼姓名',
    time: '前一天看一下日期，有变动先告诉客户',
    resolution: '问上次处理的结果还好不好',
    again: (words) => `${words}：和订单核对一遍`,
    category: (words) => `“${words}”有没有再出现？`,
  },
  'zh-Hant': {
    owed: (words) => `做了沒有：${words}？`,
    product: '出貨前親自看一眼商品',
    person: '先讀上次的對話，稱呼姓名',
    time: '前一天看一下日期，有變動先告訴客戶',
    resolution: '問上次處理的結果還好不好',
    again: (words) => `${words}：和訂單核對一遍`,
    category: (words) => `「${words}」有沒有再出現？`,
  },
};
