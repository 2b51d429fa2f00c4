import { expect, test } from 'vitest';
import { inHurry } from './hurry.ts';

test.each<[string[]]>([
  [['I need this asap']],
  [['Please be quick, my taxi is waiting']],
  [["I'm leaving in 10 minutes"]],
  [['My flight leaves in an hour']],
  [['I have five minutes']],
  [['Just fix it.']],
  [['I just want it fixed']],
  [['I just want a straight answer']],
  [['This is the third time I am writing']],
  [["It's the 3rd time now"]],
  [['I have asked you twice already']],
  [['Still waiting.']],
  [['still no answer']],
  [['Can you do it right away?', 'Fix it right now']],
  [['It is urgent!']],
  [['I need it now.']],
  [["I haven't got all day"]],
  [['How much longer?']],
  [['Where is my parcel?', 'hello?', 'anyone there??']],
  [['order 77', 'blue one', 'now?', 'quick']],
  [['Yes or no?']],
  [['我赶时间']],
  [['快点，我马上要走']],
  [['我很急']],
  [['能不能快点啊']],
  [['这是第三次了']],
  [['我问了三遍了']],
  [['等了半天了']],
  [['怎么还没好']],
  [['直接给我退款']],
  [['只想解决问题']],
  [['十分钟后要出门']],
  [['在吗？', '我的包裹呢', '人呢', '在吗']],
  [['我趕時間，快一點']],
  [['第三次問了']],
  [['還在等']],
  [['還要等多久？']],
  [['只要幫我修好就好']],
  [['來不及了']],
])('%j is a hurry', (turns) => expect(inHurry(turns)).toBe(true));

test.each<[string[]]>([
  [[]],
  [['Hello?']],
  [['Hello', 'I have a question', 'What colours are there?']],
  [['Where is my order?']],
  [['What do I do now?']],
  [['How long does a transfer take?']],
  [['How many times can I use the card?']],
  [['My account is blocked, how do I log in now']],
  [['I need it asap', 'Oh, no hurry, take your time']],
  [['No rush at all']],
  [['It is not urgent']],
  [['yes', 'blue', 'ok']],
  [['Just curious: do you ship to Norway?']],
  [['I just want to know the price']],
  [["I can't wait to see it!"]],
  [['This is my second order']],
  [['有什么颜色？']],
  [['不急，慢慢来']],
  [['我不着急']],
  [['大热天的还能凉快点']],
  [['今天有货吗']],
  [['我的電話是 0912']],
  [['不趕時間']],
  [['我现在在家']],
])('%j is none', (turns) => expect(inHurry(turns)).toBe(false));

test('an old hurry is over after six calm turns', () => {
  expect(inHurry(['asap please', ...Array.from({ length: 6 }, () => 'And is the lamp made of brass?')])).toBe(
    false,
  );
});

test.each(['now ', '快', 'still ', 'i need the '])('a long turn of “%s” is read at once', (piece) => {
  expect(inHurry([`asap ${piece.repeat(2000)}`])).toBe(true);
});
