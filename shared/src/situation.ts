/** The moments of a conversation for which the language bible has words, worked out from its log. */
import type { Entry } from './model.ts';

export const SITUATIONS = [
  'hello',
  'waiting',
  'understanding',
  'apology',
  'asking',
  'refusing',
  'hand-over',
  'security',
  'compensation',
  'promise',
  'farewell',
  'follow-up',
] as const;
export type Situation = (typeof SITUATIONS)[number];

/** A customer who has waited longer than this for an answer is met with words about the wait. */
export const LONG_WAIT_MS = 3 * 60_000;

const THANKS =
  /\b(thanks?|thank you|cheers|bye|goodbye|that'?s all|all good)\b|谢谢|多谢|再见|谢啦|謝謝|多謝|再見/iu;
const TROUBLE =
  /\b(late|broken|wrong|missing|never arrived|damaged|complain|refund|again|still (not|does|doesn)|second time|disappointed|angry|unacceptable)\b|坏了|没收到|没到|投诉|退款|又|还是不|失望|晚了|迟到|错了|壞了|沒收到|沒到|投訴|客訴|還是不|遲到|錯了|晚到/iu;
/** They ask for more than putting it right. */
const AMENDS =
  /\b(compensat\w*|make (it )?up (to|for)|goodwill|money off|discount for|something for (the|my) (trouble|wait))\b|赔偿|补偿|赔|折扣|補償|賠/iu;
const WHEN =
  /\b(when (will|do|does|can|could|is|are|would|should)|by when|how (long|soon)|what time|which day)\b|什么时候|几时|何时|多久|几点|哪天|幾時|何時|什麼時候|甚麼時候|幾點/iu;
const SECRET =
  /\b(password|passcode|pin code|card number|cvv|one-time code|verification code)\b|密码|验证码|卡号|密碼|驗證碼|卡號/iu;
const CAN_YOU =
  /\b(can|could|would|may|will) (you|u|i|we)\b|\bis it possible\b|\bany chance\b|\bdo you (offer|ship|deliver|accept|have)\b|能不能|可以.{0,40}[吗嗎么]|可不可以|可否|能否|能.{0,40}[吗嗎]|行不行|我想(要|退|换|換|改|取消)|我要(退|换|換|改|取消)/iu;

/** The log as far as it is loaded, newest last, and what is known beside it. `now` in milliseconds. */
export type Moment = {
  readonly entries: readonly Entry[];
  readonly me: string;
  readonly closed: boolean;
  readonly now: number;
};

/** The situation a conversation is in now. Total: always gives one; the agent can change it by hand. */
export function situationOf(moment: Moment): Situation {
  if (moment.closed) return 'follow-up';
  const mine = moment.entries.some((entry) => isWords(entry) && isBy(entry, moment.me));
  const handedToMe = moment.entries.some(
    (entry) => entry.kind === 'handed-over' && entry.to.id === moment.me,
  );
  if (!mine) return handedToMe ? 'hand-over' : 'hello';
  const words = moment.entries.filter(isWords);
  const last = words[words.length - 1];
  if (last?.author.kind !== 'visitor') return 'understanding';
  if (THANKS.test(last.text)) return 'farewell';
  if (SECRET.test(last.text)) return 'security';
  if (AMENDS.test(last.text)) return 'compensation';
  if (TROUBLE.test(last.text)) return 'apology';
  if (moment.now - Date.parse(last.at) > LONG_WAIT_MS) return 'waiting';
  if (CAN_YOU.test(last.text)) return 'refusing';
  if (WHEN.test(last.text)) return 'promise';
  return 'understanding';
}

type Words = Extract<Entry, { kind: 'message' | 'hello' | 'farewell' }>;

function isWords(entry: Entry): entry is Words {
  return entry.kind === 'message' || entry.kind === 'hello' || entry.kind === 'farewell';
}

function isBy(entry: Words, person: string): boolean {
  return entry.author.kind === 'agent' && entry.author.person.id === person;
}
