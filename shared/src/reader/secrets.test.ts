import { describe, expect, test } from 'vitest';
import type { DraftState } from './reading.ts';
import { secretsIn } from './secrets.ts';

const STATE: DraftState = {
  locale: 'en',
  agent: { fullName: 'Megan Kajitani', given: 'Megan', family: 'Kajitani' },
  customerName: 'Anna Lindqvist',
  conditions: [],
  said: [],
  heard: [],
  ownContacts: [],
};
const found = (draft: string, state: Partial<DraftState> = {}) =>
  secretsIn(draft, { ...STATE, ...state }).map(({ kind, what }) => `${kind} ${what}`);

describe('a draft that asks for a secret is stopped', () => {
  test.each([
    ['password', 'Please send me your password.'],
    ['password', 'Could you tell me your password, so that I can look?'],
    ['password', 'What is your password?'],
    ['password', 'Can I have your login details, please?'],
    ['password', 'I will need your password to look into the account.'],
    ['password', 'Don’t worry, just give me your password and I will do the rest.'],
    ['password', 'Share your email and password with me.'],
    ['password', 'If you give me your password, I can change it for you.'],
    ['password', 'Your password, please?'],
    ['password', 'He asked: “please send me your password”.'],
    ['password', 'Please DM us your account number and password'],
    ['code', 'Could you give me the code you received?'],
    ['code', 'Please read me the verification code.'],
    ['code', 'What’s the one-time code?'],
    ['code', 'May I have the 6-digit code from the text message?'],
    ['code', 'Send me the OTP'],
    ['code', 'I need your PIN to go on.'],
    ['code', 'Let me know the code we sent to your phone.'],
    ['code', 'Can you confirm your PIN?'],
    ['card', 'Please send me your full card number.'],
    ['card', 'May I have your credit card number and the CVV?'],
    ['card', 'Could you provide your card details so that I can refund you?'],
    ['card', 'What are the three digits on the back of your card? What is the security code?'],
    ['card', 'Type your card number here in this chat.'],
    ['card', 'I cannot find it; please give me your card number.'],
    ['password', '请告诉我您的密码。'],
    ['password', '麻烦把密码发给我一下'],
    ['password', '您的登录密码是多少？'],
    ['password', '方便提供一下账号和密码吗？'],
    ['password', '需要您的密码才能帮您查询'],
    ['code', '麻烦提供一下验证码'],
    ['code', '请把您收到的验证码告诉我'],
    ['code', '验证码发我一下'],
    ['code', '您收到的短信验证码是多少？'],
    ['code', '请问验证码是？'],
    ['code', '能不能念一下手机上收到的六位数字？'],
    ['card', '请提供您的银行卡号'],
    ['card', '麻烦发一下完整卡号和安全码'],
    ['card', '把信用卡卡号发给我，我帮您退款'],
    ['card', '您的卡背面三位数是多少'],
    ['password', '請告訴我您的密碼'],
    ['password', '麻煩您提供帳號跟密碼給我'],
    ['code', '方便告訴我簡訊驗證碼嗎？'],
    ['code', '請您把收到的驗證碼傳給我'],
    ['code', '驗證碼是多少呢？'],
    ['card', '請提供信用卡卡號'],
    ['card', '可以給我卡片背面的末三碼嗎？'],
    ['card', '請告訴我您的信用卡號碼與安全碼'],
  ])('%s: %s', (what, draft) => {
    expect(found(draft)).toContain(`asks ${what}`);
  });
});

describe('what only speaks of a secret passes', () => {
  test.each([
    'Never tell anybody your password.',
    'We will never ask for your password.',
    'We’ll never ask you to send your password or a code.',
    'Please don’t share your card number here.',
    'Please do not send me your password; nobody here needs it.',
    'You don’t have to give me your password.',
    'There is no need to send your card details.',
    'You can reset your password here: https://shop.example/reset',
    'I will send you a link to reset your password.',
    'Could you tell me the last four digits of your card number?',
    'Please give me the last 4 digits of the card.',
    'We have sent you a verification code.',
    'I can send the one-time code again, if you like.',
    'Did you get the verification code?',
    'Please enter your password on the sign-in page.',
    'Please provide your card details on our secure checkout page.',
    'Your password was changed yesterday.',
    'You can send a gift card with any order. What is your gift card number?',
    'Could you tell me your order number and postcode?',
    'What is your booking reference or confirmation code?',
    'The promo code is SPRING, just tell me when it works.',
    'Please tell me what you see when you enter your password.',
    'If anyone asks you for your code, do not give it to them.',
    'Let me share how to change your PIN.',
    '您的密码已重置。',
    '请不要把密码告诉任何人。',
    '我们不会向您索要验证码。',
    '请勿将验证码告诉他人',
    '您可以点击“忘记密码”重新设置密码。',
    '请在登录页面输入验证码。',
    '系统会发送验证码到您的手机。',
    '我已经重新给您发送了验证码，请查收。',
    '请提供银行卡后四位',
    '您卡号的后四位是多少？',
    '请提供您的订单号和手机号',
    '请问您收到验证码了吗？',
    '密码错误的话，请联系我们',
    '您的密碼已重設。',
    '請勿將密碼告訴任何人。',
    '我們絕對不會詢問您的驗證碼或信用卡號。',
    '請提供信用卡末四碼',
    '驗證碼已寄到您的信箱，請在網頁上輸入。',
    '麻煩您提供訂單編號',
  ])('%s', (draft) => {
    expect(found(draft)).toEqual([]);
  });
});

describe('a draft that gives out another person’s data is stopped', () => {
  test.each([
    ['email', 'You can write to rosa.lind@example.com, she bought the same.'],
    ['phone', 'Her mobile is 07700 900123.'],
    ['phone', 'Call him on +44 7700 900123.'],
    ['phone', '他的电话13812345678，您联系一下'],
    ['phone', '對方的手機是 0912-345-678'],
    ['card', 'It was paid with 4111 1111 1111 1111.'],
    ['card', '“5500-0000-0000-0004”'],
    ['data', 'Her address is 12 Rose Lane.'],
    ['data', 'Your neighbour’s order came this morning.'],
    ['data', 'Here is the other customer’s phone number.'],
    ['data', 'I have looked at your husband’s account.'],
    ['data', '他的地址是中山路12号。'],
    ['data', '您邻居的订单已经签收了。'],
    ['data', '另一位客户的电话在这里'],
    ['data', '陈先生的地址是中山路12号'],
    ['data', '她的地址是忠孝東路四段12號。'],
    ['data', '您先生的訂單昨天出貨了。'],
  ])('%s: %s', (what, draft) => {
    expect(found(draft)).toContain(`tells ${what}`);
  });

  test.each([
    ['the company’s address', 'Write to help@bloom.example', { ownContacts: ['help@bloom.example'] }],
    [
      'an address at the company’s own domain',
      'Write to rosa@shop.bloom.example.',
      { ownContacts: ['bloom.example'] },
    ],
    ['a desk’s address', 'Write to support@somewhere.example', {}],
    ['what the customer wrote', 'I will answer to anna@example.com', { heard: ['It is Anna@Example.com'] }],
    ['what the agent wrote before', 'As said: rosa@example.com', { said: ['rosa@example.com is free'] }],
    [
      'the customer’s number, with its country',
      'I will call you on +44 7700 900123.',
      { heard: ['07700 900123'] },
    ],
    ['the company’s number', 'Call +44 20 7946 0958', { ownContacts: ['020 7946 0958'] }],
    ['a free number', 'It is 1-800-555-0199 or 400-820-8820.', {}],
    ['the writer’s own number', 'You can reach me on +44 7700 900123.', {}],
    ['a hotel’s telephone', '酒店电话是010-64629112', {}],
    [
      'an address that the customer gave',
      'Her address is 12 Rose Lane.',
      { heard: ['send it to 12 rose lane'] },
    ],
    ['what is withheld', 'I cannot give you your neighbour’s address; that stays private.', {}],
    ['a question', 'Is it your neighbour’s order?', {}],
    ['what is withheld, in Chinese', '其他客户的订单我不能透露。', {}],
    ['the customer’s own, by name', '陈先生的地址是中山路12号', { customerName: '陈思远' }],
    ['a link and a date', 'See https://shop.example/a@b, order 2026-11-03, 1799999999999.', {}],
    ['an order number', '您的订单13812345678901已发货', {}],
  ] as const)('but not %s', (_, draft, state) => {
    expect(found(draft, state)).toEqual([]);
  });
});

test('the span is where the words stand, whatever the script', () => {
  const draft = '好的。請您把收到的驗證碼傳給我，謝謝。';
  const [finding] = secretsIn(draft, STATE);
  expect(finding && draft.slice(finding.from, finding.to)).toContain('驗證碼');
  const card = 'Take ４１１１ １１１１ １１１１ １１１１.';
  const [told] = secretsIn(card, STATE);
  expect(told && card.slice(told.from, told.to)).toBe('４１１１ １１１１ １１１１ １１１１');
});

test('hostile drafts cost no more than long ones', () => {
  const parts = [
    'send me the ',
    'please ',
    'your password ',
    '请把',
    '验证码',
    '+1',
    '1 ',
    'a@',
    'a.',
    'her ',
    'could you ',
    '4111 ',
    '不',
    ',',
    'we need the ',
  ];
  const drafts = parts.map((part) => part.repeat(Math.ceil(4_000 / part.length)).slice(0, 4_000));
  drafts.push(
    `send me ${'x '.repeat(1_900)}`,
    `请${'的'.repeat(3_990)}`,
    `${'a'.repeat(2_000)}@${'b.'.repeat(990)}`,
  );
  for (const draft of drafts) {
    const started = process.cpuUsage().user;
    secretsIn(draft, STATE);
    // A polynomial expression would take seconds; this leaves a slow machine its time.
    expect((process.cpuUsage().user - started) / 1_000, draft.slice(0, 20)).toBeLessThan(400);
  }
});
