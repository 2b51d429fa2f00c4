/**
 * A record that somebody can learn from says who, what and when. "It was bad" names nothing that could be mended; "the driver
 * left the roses in the rain on Tuesday" does.
 */
export const SPECIFICS = ['who', 'what', 'when'] as const;
export type Specific = (typeof SPECIFICS)[number];

/** What is known besides the words: the customer's own, and the time where somebody said it. */
export type Known = { readonly quotes?: readonly string[]; readonly at?: string | null };

/** Which of the three are missing or too general, in this order. A hint for the writer, never a bar. */
export function vagueness(what: string, { quotes = [], at = null }: Known = {}): Specific[] {
  const text = [what, ...quotes].join('\n');
  const isSaid: Record<Specific, boolean> = {
    who: WHO.some((pattern) => pattern.test(text)),
    what: weightOf(text) >= ENOUGH,
    when: at !== null || WHEN.some((pattern) => pattern.test(text)),
  };
  return SPECIFICS.filter((specific) => !isSaid[specific]);
}

const PEOPLE_CHINESE: readonly RegExp[] = [
  /我|我们|我們|他|她|先生|女士|小姐|太太|师傅|師傅|快递|快遞|司机|司機|店员|店員|客服|同事|仓库|倉庫|供应商|供應商|厂家|廠家|物流|门店|門市|技术|技術|维修|維修|工程师|工程師|服务员|服務員|经理|經理|妈妈|媽媽|爸爸|母亲|母親|父亲|父親|女儿|女兒|儿子|兒子|老公|老婆|丈夫|妻子|朋友|孩子|邻居|鄰居/,
];

/** Somebody with a name, a task or a place; "the customer" is whom every record is about. */
const WHO: readonly RegExp[] = [
  /\b(?:driver|courier|postman|postwoman|carrier|supplier|warehouse|florist|shop|store|branch|colleague|agent|adviser|advisor|assistant|manager|technician|engineer|waiter|waitress|receptionist|nurse|doctor|cook|chef|packer|team|staff|billing|logistics|support|hotline|neighbou?r|wife|husband|mother|father|daughter|son|sister|brother|friend|child|he|she|we|i|my|our|us|me|his|her|dhl|ups|fedex)\b/i,
  // A name inside a sentence: "Ms Lin", "to Anna", "by Tomás Ferreira".
  /\b(?:Mrs?|Ms|Miss|Dr)\.? \p{Lu}/u,
  /(?<=[\p{Ll},;] )\p{Lu}\p{Ll}+/u,
  ...PEOPLE_CHINESE,
];

const WHEN: readonly RegExp[] = [
  /\b(?:today|tonight|yesterday|tomorrow|morning|noon|afternoon|evening|night|weekend|christmas|easter|birthday|wedding|mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?s?\b/i,
  /\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|\b(?:last|next|this|past) (?:week|month|year|time)\b/i,
  /\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|half an?|an?) (?:minute|hour|day|week|month|year)s?\b/i,
  /\b\d{1,2}(?::\d\d| ?(?:am|pm|o'clock))|\b\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4})?\b/i,
  /今天|昨天|前天|明天|今早|昨晚|早上|上午|中午|下午|晚上|凌晨|(?:周|星期|礼拜|禮拜|週)[一二三四五六日天末]|上(?:周|週|个月|個月|次|星期)|[\d一二两兩三四五六七八九十半几幾]+ ?(?:分钟|分鐘|个?小时|個?小時|天|周|週|个星期|個星期|个?月|個?月|年|号|號|点|點|日)|节|節|生日|婚礼|婚禮/,
];

/** Words that say that something was wrong and not what; and the small ones of a sentence. */
const GENERAL = new Set(
  `a an the it its this that there is was are were be been being has have had do does did not no and or but of for with to in on at by
  from as so very really quite too just again still all some any something anything everything thing things someone customer client
  visitor user caller guest order orders product products service services item items purchase problem problems issue issues trouble
  complaint complaints complained complains complaining bad good poor terrible awful horrible unhappy dissatisfied satisfied
  disappointed disappointing angry upset unsatisfied wrong error fault failure failed mistake went go goes happened happens happen
  experience quality unacceptable matter about regarding concerning his her their they he she we i my our you your me us`.split(
    /\s+/,
  ),
);
const GENERAL_CHINESE =
  /客户|客戶|顾客|顧客|客人|用户|用戶|对方|對方|产品|產品|商品|东西|東西|订单|訂單|服务|服務|质量|品質|质量|问题|問題|事情|情况|情況|不满意|不滿意|满意|滿意|不满|不滿|不高兴|不高興|生气|生氣|失望|投诉|投訴|抱怨|不好|很差|太差|糟糕|出错|出錯|有误|有誤|错误|錯誤|异常|異常|体验|體驗|感觉|感覺|非常|十分|真的|有点|有點|一些|这个|這個|那个|那個|一个|一個|关于|關於|因为|因為|所以|[的了很太是有不没沒在和与與也都就对對这這那他她我们們您你]/g;

const ENOUGH = 4;

/** A word of letters weighs two, a Chinese character one: two words or four characters that name something, besides who and when. */
function weightOf(text: string): number {
  const bare = [...WHEN, ...PEOPLE_CHINESE].reduce(
    (rest, said) => rest.replace(new RegExp(said, 'giu'), ' '),
    text,
  );
  const words = bare.toLowerCase().match(/[\p{Script=Latin}\d'’]+/gu) ?? [];
  const telling = new Set(words.filter((word) => word.length > 1 && !GENERAL.has(word)));
  const characters = bare.replace(GENERAL_CHINESE, ' ').match(/\p{Script=Han}/gu) ?? [];
  return telling.size * 2 + characters.length;
}
