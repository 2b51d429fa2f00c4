/** Whether a draft gives out another person's data: an address, a number, or words that say whose. Everything is folded. */
import { fold } from './fold.ts';
import type { DraftState } from './reading.ts';
import type { Sentence } from './sentences.ts';

/** Offsets in the folded draft. */
export type Told = {
  readonly kind: 'tells';
  readonly what: 'email' | 'phone' | 'data';
  readonly from: number;
  readonly to: number;
};

export function toldIn(text: string, sentences: readonly Sentence[], state: DraftState): readonly Told[] {
  const known = knownIn(state);
  return [
    ...emailsIn(text).filter(
      ({ from, to }) => !isKnownEmail(text.slice(from, to), clauseAt(text, from, to), known),
    ),
    ...phonesIn(text).filter(
      ({ from, to }) => !isKnownPhone(text.slice(from, to), clauseAt(text, from, to), known),
    ),
    ...sentences.flatMap((sentence) => dataIn(sentence, state, known)),
  ];
}

// ── What may be told ────────────────────────────────────────────────────────

type Known = {
  /** What the company, this customer, or an earlier message has said already, folded. */
  readonly contacts: readonly string[];
  readonly words: string;
  readonly digits: string;
};

let last: { readonly state: DraftState; readonly known: Known } | undefined;

/** A conversation's words are folded once, not at each key. */
function knownIn(state: DraftState): Known {
  if (last?.state !== state) {
    const contacts = state.ownContacts.map((contact) => fold(contact).text.trim());
    const words = [...state.heard, ...state.said].map((text) => fold(text).text).join('\n');
    const digits = [...contacts, words].map((text) => text.replace(/[^\d\n]/g, '')).join('\n');
    last = { state, known: { contacts, words, digits } };
  }
  return last.known;
}

// ── Addresses ───────────────────────────────────────────────────────────────

type Span = { readonly from: number; readonly to: number };

function emailsIn(text: string): Told[] {
  return [...text.matchAll(/[a-z\d][a-z\d._%+-]{0,63}@[a-z\d][a-z\d-]{0,62}(?:\.[a-z\d-]{1,62}){1,6}/g)].map(
    ({ index, 0: address }) => ({ kind: 'tells', what: 'email', from: index, to: index + address.length }),
  );
}

/** Addresses of a desk, not of a person. */
const DESK =
  /^(?:support|help|info|service|services|customer[\w.-]*|care|contact|hello|hi|sales|press|media|privacy|security|abuse|legal|billing|accounts?|orders?|returns?|refunds?|feedback|team|office|reception|reservations?|booking|no-?reply|admin|jobs|careers|kefu|cs|complaints?|claims|social|twitter|report\w*|phish\w*|fraud|spam|webmaster|postmaster)[\w.+-]*@/;

function isKnownEmail(address: string, clause: string, { contacts, words }: Known): boolean {
  const domain = address.slice(address.indexOf('@') + 1);
  const isOurs = contacts.some(
    (contact) =>
      contact === address || endsDomain(domain, contact.replace(/^(?:\*?@|https?:\/\/|www\.)+|\/.*$/g, '')),
  );
  return isOurs || DESK.test(address) || words.includes(address) || OWN.test(clause);
}

function endsDomain(domain: string, own: string): boolean {
  return own.includes('.') && !own.includes('@') && (domain === own || domain.endsWith(`.${own}`));
}

// ── Telephones ──────────────────────────────────────────────────────────────

/** A country's code in front, or a mobile's beginning: a landline or a free number is a shop's until somebody says whose. */
const PHONE =
  /(?<![\d.,#-]|[a-z])(?:(?:\+|00)\d{1,3}[ ().-]{0,2}\d(?:[ ().-]{0,2}\d){6,12}|(?:86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}|09\d{2}[ -]?\d{3}[ -]?\d{3}|07\d{3}[ -]?\d{3}[ -]?\d{3})(?![\d-]|[.,]\d|[a-z])/g;
const ANY_PHONE =
  /(?<![\d.#-]|[a-z])(?:\(?0\d{1,3}\)?[ -]?\d{3,4}[ -]?\d{3,4}|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4})(?![\d-]|[a-z])/g;
const FREE =
  /^(?:(?:\+|00)?1[ .-]?)?\(?(?:800|888|877|866|855|844|833)\b|^0[389]00|^0800|^080[08]|^08(?:4|7)|^(?:\+?86[ -]?)?400|^95\d{3}$/;
const SOMEBODY =
  /\b(?:his|her|hers|their (?:home|private|personal|mobile)|mr|mrs|ms|miss|customer'?s|neighbou?r'?s?|courier'?s|driver'?s)\b|[他她](?![家们])|对方|先生|女士|小姐|邻居|那位|收件人|寄件人|买家/;

function phonesIn(text: string): Told[] {
  const found = (pattern: RegExp): Told[] =>
    [...text.matchAll(pattern)].map(({ index, 0: number }) => ({
      ...({ kind: 'tells', what: 'phone' } as const),
      ...{ from: index, to: index + number.length },
    }));
  const personal = found(ANY_PHONE).filter(({ from, to }) => SOMEBODY.test(clauseAt(text, from, to)));
  return [...found(PHONE), ...personal];
}

function isKnownPhone(number: string, clause: string, { digits }: Known): boolean {
  const own = number.replace(/\D/g, '');
  // Without the country's code, which one writes and the other leaves out.
  return (
    FREE.test(number.trim()) || digits.includes(own.slice(-9)) || (OWN.test(clause) && !SOMEBODY.test(clause))
  );
}

/** The writer's own side: our number, write to me, the hotline. */
const OWN =
  /\b(?:us|our|ours|me|my|mine|we|i'm|hotline|help ?line|customer (?:service|support|care)|support (?:line|team)|head office|reception|front desk|(?:call|ring|phone|text|reach|e-?mail|write to) you)\b|(?:打给|联系|致电)(?:您|你)|我们|我的|我是|本店|本人|客服|热线|总机|前台|门店|店里|店铺|酒店|餐厅|餐馆|景点|公司/;

/** The clause that a stretch stands in; the words behind it count as well. */
function clauseAt(text: string, from: number, to: number): string {
  const before =
    text
      .slice(Math.max(0, from - 60), from)
      .split(/[\n!?;。]|\.\s/)
      .pop() ?? '';
  return before + (text.slice(to, to + 20).split(/[\n!?;。,]|\.\s/)[0] ?? '');
}

// ── Words that say whose ────────────────────────────────────────────────────

const PEOPLE_EN =
  "(?:neighbou?r|husband|wife|partner|ex(?:[- ](?:husband|wife|partner|boyfriend|girlfriend))?|boyfriend|girlfriend|mother|father|mum|mom|dad|son|daughter|friend|colleague|boss|room ?mate|flat ?mate|brother|sister|landlord|tenant)(?:'s|s'?)";
const CUSTOMER_EN =
  "(?:customer|guest|client|buyer|caller|passenger|patient|visitor|user|member|shopper|person|recipient|sender)(?:'s|s')";
const DATA_EN =
  '(?:(?:home|e-?mail|delivery|shipping|billing|postal|phone|mobile|telephone|cell|room|account|order|card|bank|full|last|personal|private|contact|passport|flat|door) ){0,2}(?:address|phone|number|mobile|e-?mail|order|account|booking|reservation|room|birthday|date of birth|details|surname|purchase|parcel|password|card|salary|diagnosis)';
const DATA_ONLY_EN =
  '(?:(?:home|private|personal|e-?mail|delivery|shipping|billing|postal|new|old|current) ){0,2}(?:address|phone(?: number)?|mobile(?: number)?|telephone(?: number)?|cell(?: number)?|e-?mail(?: address)?|date of birth|birthday|room number|account number|passport number|postcode|zip code)';

const DATA_PATTERNS_EN: readonly RegExp[] = [
  new RegExp(`\\b(?:your|the|that|my|our)(?: \\w{2,10})? ${PEOPLE_EN} ${DATA_EN}\\b`, 'g'),
  new RegExp(
    `\\b(?:(?:the|that|an?)? ?(?:other|another|previous|different|last|next)|some other|someone else's|somebody else's) ${CUSTOMER_EN} ${DATA_EN}\\b`,
    'g',
  ),
  new RegExp(`\\b(?:someone|somebody|anyone) else's ${DATA_EN}\\b`, 'g'),
  new RegExp(
    `\\b(?:his|her|their (?:home|private|personal)) ${DATA_ONLY_EN}(?:'s| is| was|:| =) (?!(?:not|private|confidential|something|correct|incorrect|wrong|right|protected|safe|missing|unknown|also|the same|different|on|being|still|with|kept|never|for|only|yours|n't)\\b)`,
    'g',
  ),
];

const PEOPLE_ZH =
  '(?:(?:您|你|她|他)的?(?:邻居|先生|太太|老公|老婆|妻子|丈夫|爱人|前夫|前妻|朋友|同事|老板|室友|父亲|母亲|妈妈|爸爸|儿子|女儿|男朋友|女朋友|男友|女友|哥哥|姐姐|弟弟|妹妹|房东|房客)|(?:别的|其他|其它|另一位|另外一位|另外那位|另一个|另外一个|上一位|前一位|那位|那个|隔壁)的?(?:客户|顾客|客人|住客|买家|房客|会员|用户|先生|女士|小姐|邻居|房间|住户)|(?:隔壁|楼上|楼下)的?(?:邻居|住户|房客|那户|老王)?|别人|他人|其他人)';
const DATA_ZH =
  '(?:家|家里)?的?(?:家庭|家里|收货|收件|联系|联络|手机|个人|住|完整|电子|私人|通讯|订房|真实){0,2}(?:地址|住址|电话号?码?|手机号?码?|号码|邮箱|电邮|电子邮件|邮件地址|生日|身份证号?码?|房间号?码?|房号|订单|账号|账户|卡号|姓名|全名|工资|快递|包裹|资料|联系方式)';
const DATA_PATTERNS_ZH: readonly RegExp[] = [
  new RegExp(`${PEOPLE_ZH}${DATA_ZH}`, 'g'),
  new RegExp(
    `(?:[他她](?![家们])|对方|那位(?:先生|女士|小姐))${DATA_ZH}(?:是|为|:|就是|在)(?!不|我们|保密|隐私|什么|多少|否|正确|对的|错)`,
    'g',
  ),
  new RegExp(
    `(?<surname>\\p{Script=Han}{1,3})(?:先生|女士|小姐)的?${DATA_ZH}(?:是|为|:|就是)(?!不|保密|隐私|什么|多少|否)`,
    'gu',
  ),
];

/** It is refused, asked about, or told about without telling. */
const WITHHOLDS =
  /\b(?:never|cannot|can not|not|unable|won't|private|privacy|confidential|protect\w*|only (?:he|she|they|the)|without (?:his|her|their)|sorry|by mistake|mixed up|belongs? to)\b|n't\b|不能|无法|不可以?|不方便|没办法|没法|不会|不得|不便|保密|隐私|未经|保护|不要|请勿|勿|弄混|搞混|误(?:送|发)/;
const ASKS =
  /\?|\b(?:add|enter|fill in|type|put in|choose|change|give (?:me|us)|send (?:me|us)|tell (?:me|us)|let (?:me|us) know)\b|填|输入|添加|修改|更改|选择|吗|是不是|是否|请问|能否|请提供|请告诉|麻烦(?:您|你)?提供/;

function dataIn(sentence: Sentence, { customerName }: DraftState, { words }: Known): Told[] {
  const { text, from } = sentence;
  if (WITHHOLDS.test(text) || ASKS.test(text)) return [];
  const patterns = sentence.isChinese ? DATA_PATTERNS_ZH : DATA_PATTERNS_EN;
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)]
      .filter(({ 0: found, index, groups }) => {
        const isCustomer =
          !!groups?.surname && !!customerName && fold(customerName).text.startsWith(groups.surname.slice(-1));
        return !isCustomer && !isRepeated(text.slice(index + found.length), words);
      })
      .map(({ index, 0: found }): Told => ({ kind: 'tells', what: 'data', ...spanAt(from + index, found) })),
  );
}

/** What is told stands in the conversation already: the customer's own words are given back. */
function isRepeated(rest: string, words: string): boolean {
  const value = rest
    .replace(/^[\s:=是为]+/, '')
    .match(/^[^,.;。!?\n]{4,40}/)?.[0]
    .trim();
  return value !== undefined && value.length >= 4 && words.includes(value);
}

function spanAt(from: number, found: string): Span {
  return { from, to: from + found.trimEnd().length };
}
