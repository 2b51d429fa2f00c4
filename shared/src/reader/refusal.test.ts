import { Converter } from 'opencc-js/cn2t';
import { describe, expect, test } from 'vitest';
import type { DraftState } from './reading.ts';
import { isConcrete, refusalIn } from './refusal.ts';

const state: DraftState = {
  locale: 'en',
  agent: { fullName: 'Megan Kajitani', given: 'Megan', family: 'Kajitani' },
  customerName: null,
  conditions: [],
  said: [],
  heard: [],
  ownContacts: [],
};
const refused = (draft: string) => {
  const found = refusalIn(draft, state);
  return found && draft.slice(found.from, found.to);
};
const offered = (draft: string) =>
  (refusalIn(draft, state)?.alternatives ?? []).map(({ from, to }) => draft.slice(from, to));

const REFUSALS_EN = [
  "I'm sorry, but we can't deliver on Sundays.",
  'Unfortunately we cannot accept returns after 30 days.',
  'I cannot give you a refund.',
  "We're unable to change the address once the parcel has left.",
  'I am not able to do that.',
  'I’m afraid that’s not possible.',
  'It is not possible to cancel the order now.',
  "That's impossible.",
  'The system does not allow me to change it.',
  "Our system won't let us do that.",
  "We don't ship to Norway.",
  "We do not offer gift wrapping, I'm afraid.",
  "We won't be able to make it before Friday.",
  "We won't refund that.",
  "There's nothing I can do.",
  'There is nothing more we can do for you.',
  'There is no way to get it to you today.',
  'My hands are tied.',
  "I'm afraid not.",
  'Unfortunately not.',
  'No, sorry.',
  "I'm not allowed to do that.",
  'Your request has been declined.',
  'We have to decline your claim.',
  'I must refuse.',
  "That's against our policy.",
  'Sale items are non-refundable.',
  "Sorry, can't do that.",
  'Unable to assist with this, sorry.',
  "I'm afraid you can't return it.",
  'Unfortunately, you cannot get a refund for this.',
  "Sorry, but you can't do that.",
  'We’re fully booked.',
  'The blue one is sold out. It is out of stock everywhere.',
  'We have no tables left tonight; we have no availability.',
  'Nobody here can open the safe.',
  'That is out of the question.',
  'We no longer sell this lamp.',
  'Gift cards are not refundable.',
  "You're not entitled to a refund.",
  "We can't possibly do that.",
  'I really can’t, sorry.',
  'I can not do it.',
  'We cant do that.',
  "WE CAN'T DO THAT",
  "I can't tell you that.",
  "I can't promise Friday.",
  'My manager will not approve it.',
  'Hello Anna, thank you for writing. We are sorry, however we cannot help with this.',
  "We can't deliver on Sunday, is that okay?",
  "I'd love to help but I can't.",
  'We are not going to refund this.',
  'That is why we cannot refund it.',
];
const NOT_EN = [
  "I can't wait to see it!",
  "I can't apologise enough for this.",
  "I can't apologize enough.",
  'We cannot thank you enough.',
  "I can't tell you how sorry I am.",
  'Why not?',
  'Why not come by on Friday?',
  "Can't you see the button?",
  "Can't you log in?",
  "You can't log in, I understand.",
  "I'm sorry you can't log in.",
  "I'm sorry to hear that you cannot open the file.",
  "I don't know yet, I will find out.",
  "I can't say yet. Let me check with the warehouse.",
  "I can't see your order here. Could you send me the number?",
  'No problem!',
  'No worries at all.',
  'No problem, I can do that.',
  "Don't worry, I will take care of it.",
  "If we can't fix it today, I will send you a new one.",
  "I don't see why we can't do that.",
  'There is no reason why we cannot do it.',
  "It won't happen again.",
  "We won't charge you for it.",
  "I won't let you down.",
  "We won't keep you waiting.",
  'It will not take long.',
  'You wrote “we can’t deliver on Sunday”; that was wrong.',
  'The page says "we cannot accept returns", which is old.',
  '> we cannot refund this\nThat was my colleague, and I have refunded it.',
  "I couldn't agree more.",
  "I couldn't be happier to help.",
  "We can't have you wait any longer.",
  "We can't let you leave unhappy.",
  'Of course we can do that.',
  'Is it not possible to log in?',
  "We don't mind at all.",
  "I can't believe that happened to you.",
  'I can’t imagine how annoying that was.',
  "We can't recommend it highly enough.",
  "I'm sorry we couldn't deliver yesterday.",
  'We do not share your data with anybody.',
  'Please do not worry.',
  "Whether or not it arrives, I'll call you.",
  "The app can't open the file? Let us look at it together.",
  'Thank you for not giving up on us.',
  "I can't help but smile.",
  "You haven't received it, have you?",
  'Nothing would make me happier.',
  "That's not your fault.",
];

const REFUSALS_ZH = [
  '抱歉，我们无法退款。',
  '不好意思，这个没办法改。',
  '我这边不能帮您取消。',
  '我们不提供送货上门。',
  '系统不支持修改地址。',
  '很遗憾，您的订单已经发货，无法取消。',
  '订单无法取消了。',
  '恐怕不行。',
  '这个真的不行。',
  '对不起，办不到。',
  '我做不到。',
  '小妹这边不是售后部，无法直接告知。',
  '恕我们无法同意。',
  '公司规定不能退。',
  '按规定是不可以退的。',
  '您不能退货。',
  '特价商品不退不换。',
  '没有这个服务。',
  '这款没货了。',
  '今天已经约满了。',
  '我没有权限给您退款。',
  '您的退款申请被驳回了。',
  '不在保修范围内。',
  '目前不接受预订。',
  '亲，不可以的哦。',
  '爱莫能助。',
  '没有符合您要求的酒店。',
  '周日不能送货。',
  '我们星期天不送货，不配送。',
  '这种情况很难为您办理。',
  '超过七天就不能退了。',
  '我们不能告诉您别人的电话。',
  '我不能保证周五能到。',
];
const NOT_ZH = [
  '没问题！',
  '不好意思，让您久等了。',
  '不客气。',
  '没关系。',
  '不能再好了！',
  '你无法登录，对吗？',
  '您无法登录的话，我来帮您看看。',
  '抱歉您无法登录。',
  '您的账号无法登录，我马上查。',
  '能不能告诉我订单号？',
  '可不可以周五送？',
  '您看周五可不可以？',
  '如果我们无法在今天修好，就给您换新的。',
  '我不知道，我去问问。',
  '我还不能确定，我马上去仓库问一下。',
  '我们不能让您白等。',
  '为什么不能退呢？',
  '是不是不能用了？',
  '您说的“无法退款”是旧规定。',
  '「我們不能退款」是以前的說法。',
  '我们会尽力，不会让您失望。',
  '无法用言语表达我的歉意。',
  '不得不说，您说得对。',
  '酒店周边没有景点。',
  '不错，我马上办。',
  '这个不难。',
  '评分不能说明一切。',
  '行不行？',
];

describe('a refusal is found in the whole turn', () => {
  test.each(REFUSALS_EN)('“%s”', (draft) => expect(refused(draft)).not.toBeNull());
  test.each(REFUSALS_ZH)('“%s”', (draft) => expect(refused(draft)).not.toBeNull());
  test.each(REFUSALS_ZH.map(traditional))('“%s”', (draft) => expect(refused(draft)).not.toBeNull());
  test.each(['不好意思，這個沒辦法修改喔。', '恕無法退費', '系統不支援這項功能', '目前沒有現貨，無法出貨'])(
    '“%s”',
    (draft) => expect(refused(draft)).not.toBeNull(),
  );
});

describe('no refusal', () => {
  test.each(NOT_EN)('“%s”', (draft) => expect(refused(draft)).toBeNull());
  test.each(NOT_ZH)('“%s”', (draft) => expect(refused(draft)).toBeNull());
  test.each(NOT_ZH.map(traditional))('“%s”', (draft) => expect(refused(draft)).toBeNull());
});

describe('where it stands', () => {
  test.each([
    ['Hello Anna. We cannot deliver on Sunday, but Monday is free.', 'We cannot deliver on Sunday'],
    ['您好，我们无法退款，抱歉。', '我们无法退款'],
    ['您好，我們無法退款，抱歉。', '我們無法退款'],
  ])('in “%s”', (draft, words) => expect(refused(draft)).toBe(words));
});

const CONCRETE = [
  "We can't deliver on Sunday, but I can have it at your door on Friday before noon.",
  "We can't deliver on Sunday. You can pick it up at our shop in Mill Lane.",
  'I cannot exchange it, but I can refund it today.',
  "We can't send a courier. I can offer you a full refund.",
  'It is not possible on Sunday. How about Monday at nine?',
  "We don't have the blue one, but the same lamp in green is in stock in our shop.",
  "I'm afraid we can't do 2 pm; would three o'clock work?",
  'We cannot serve breakfast at two. I can bring it to your room, or to the gazebo.',
  'We are sold out. Brooks Brothers in Mill Lane has it.',
  "We can't repair it. Shall I send you a replacement tomorrow?",
  'We can’t refund it, but you can swap it for a voucher.',
  "I can't ship it today. I'll send it by express tomorrow morning.",
  '抱歉周日不能送，我可以周五上午给您送到家。',
  '这款没货了，您可以到我们的门市自取。',
  '我们无法换货，不过我今天就可以给您退款。',
  '没有符合您要求的酒店，推荐您去北京京仪大酒店。',
  '周日不能送货，改到周一上午九点可以吗？',
  '我们没办法今天寄，明天中午前帮您送到公司可以吗？',
];
const VAGUE = [
  "We can't do that. Is there anything else I can help you with today?",
  "We can't deliver on Sunday. How about never?",
  "We can't do that. Maybe later.",
  "We can't do that. Please try again later.",
  "We can't do that. Please contact another department.",
  "We can't do that. You can check our website.",
  "We can't do that. Is there something else?",
  "We can't do that. You can contact us tomorrow.",
  "We can't do that. You can try again tomorrow.",
  "We can't do that today.",
  "We can't do that. There is nothing I can do today.",
  "We can't do that. How can I help you today?",
  "We can't deliver on Friday. I wish I could do it on Friday.",
  "We can't do that. Have a great day on Friday!",
  "We can't do that. I'll close this ticket today.",
  "We can't deliver on Friday, and we can't deliver on Saturday.",
  "We can't do that. I can help you with something else today.",
  "We can't do that. You will receive an e-mail within 24 hours.",
  '我们无法退款，请问还有其他问题吗？',
  '我们无法退款，您稍后再试。',
  '我们无法退款，您可以联系其他部门。',
  '我们无法退款，您可以看看官网。',
  '我们今天无法退款。',
  '我们周五不能送，周六也不能送。',
  '我们无法退款，改天再说吧。',
  '我们无法退款，感谢您今天的理解。',
];

describe('alternatives are concrete', () => {
  test.each([...CONCRETE, ...CONCRETE.filter(isHan).map(traditional)])('“%s”', (draft) => {
    expect(refused(draft)).not.toBeNull();
    expect(offered(draft)).not.toEqual([]);
  });
  test.each([...VAGUE, ...VAGUE.filter(isHan).map(traditional)])('and not in “%s”', (draft) => {
    expect(refused(draft)).not.toBeNull();
    expect(offered(draft)).toEqual([]);
  });
  test('each with its own words', () => {
    expect(
      offered("We can't do Sunday. I can have it at your door on Friday, or you can collect it in our shop."),
    ).toEqual(['I can have it at your door on Friday', 'you can collect it in our shop.']);
  });
});

describe('a chip', () => {
  test.each([
    'I can have it at your door on Friday before noon.',
    'Pick it up at our shop in Mill Lane',
    'deliver it on Monday',
    'I can refund it today',
    'A table in the garden at nine is free',
    '周五上午送到您家',
    '改到週五中午前送到府上',
    '您可以到门市自取',
  ])('“%s” is concrete', (text) => expect(isConcrete(text)).toBe(true));
  test.each([
    'Anything else?',
    'How about never?',
    'Maybe later',
    'Please try again later',
    'Contact another department',
    'Check our website',
    'I will see what I can do',
    'soon',
    '',
    '还有别的吗？',
    '稍後再試',
    "We can't do it on Friday",
  ])('“%s” is not', (text) => expect(isConcrete(text)).toBe(false));
});

test.each(['a', "we can't ", '不', '无法', 'you can ', 'at the the ', '1', ', ', "n't ", 'in the next one '])(
  'a long draft of “%s” is read at once',
  (piece) => {
    const draft = piece.repeat(Math.ceil(4000 / piece.length));
    expect(refused(`${draft}\nI cannot do that.`)).not.toBeNull();
  },
);

function traditional(text: string): string {
  return toTraditional(text);
}
const toTraditional = Converter({ from: 'cn', to: 'tw' });
function isHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}
