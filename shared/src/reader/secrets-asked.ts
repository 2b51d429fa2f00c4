/** Whether a sentence asks the customer for a secret. Sentences are folded: lower case, half width, simplified. */
import type { Sentence } from './sentences.ts';

type What = 'password' | 'card' | 'code';
/** Offsets in the sentence. */
export type Asked = {
  readonly kind: 'asks';
  readonly what: What;
  readonly from: number;
  readonly to: number;
};

/** At most one of a kind in a sentence. */
export function askedIn({ text }: Sentence): readonly Asked[] {
  const found: Asked[] = [];
  for (const { what, ways } of SECRETS) {
    const match = ways.map((way) => way.hint.test(text) && firstOf(text, way)).find((one) => one);
    if (match) found.push({ kind: 'asks', what, ...match });
  }
  return found;
}

type Way = {
  /** Cheap: without it, nothing is looked for. */
  readonly hint: RegExp;
  readonly asks: readonly RegExp[];
  readonly isHarmless: (before: string, match: string, after: string) => boolean;
};

function firstOf(text: string, { asks, isHarmless }: Way): { from: number; to: number } | null {
  for (const pattern of asks)
    for (const match of text.matchAll(pattern)) {
      const { index, 0: words } = match;
      const to = index + words.length;
      if (!isHarmless(text.slice(Math.max(0, index - 80), index), words, text.slice(to, to + 80)))
        return { from: index, to };
    }
  return null;
}

// ── English ─────────────────────────────────────────────────────────────────

const PASSWORD_EN =
  '(?:pass ?(?:word|code|phrase)s?|log-?in (?:details|credentials|information|info)|credentials)';
const CARD_EN =
  '(?:(?<!(?:gift|loyalty|membership|member|rewards?|club|library|sim|id|boarding|business|score|report|e-?gift) )card ?(?:numbers?|no\\b\\.?|details|data|info(?:rmation)?\\b)|(?:digits|numbers?) (?:on|of|from) (?:(?:the|your) )?(?:(?:front|back) of )?(?:the |your )?(?:credit |debit |bank |payment )?card|cvv2?|cvc2?|cvn|(?:photos?|pictures?|pics?|scans?|images?|cop(?:y|ies)) of (?:(?:the|your|a|both|front|back|sides?|and|of) ){1,6}(?:(?:bank|credit|debit|payment) card|(?<=(?:back|sides) of (?:the|your) )card)|security (?:code|number)(?! (?:for|of|to) (?:the|your) (?:door|gate|building|alarm)))';
const CODE_EN =
  "(?:(?:one[- ]?time|verification|authentication|authorisation|authorization|2fa|mfa|two[- ]factor|sms|otp|log-?in|sign-?in|(?:4|6|four|six)[- ]digit) (?:pass ?)?(?:codes?|pins?|passwords?)|\\botp\\b|\\bpin\\b(?! ?(?:board|point|drop))(?: (?:code|number))?|codes? (?:(?:that|which) )?(?:you|we|i|they|it|google|apple|your bank)(?:'ve|'ll| have| just| should| will| were)?(?: just| have| be| been)? (?:received|receive|receiving|got|get|getting|sent|texted|emailed|e-mailed|see)|(?:numbers?|digits) (?:(?:in|from|on) (?:the|your) (?:sms|text|message|authenticator)|(?:that )?(?:you|we) (?:just )?(?:received|got|sent|texted))|codes? (?:from|in|on|by) (?:(?:the|your) )?(?:sms|text|texts|message|e-?mail|phone|mobile|authenticator|app|bank))";

/** Verbs with which one hands something to another. */
const GIVE =
  '(?:send|give|tell|share|provide|supply|forward|dm|pm|text|e-?mail|message|reply(?: back)? with|respond with|read|dictate|pass|hand|write|post|drop|leave|let (?:me|us) (?:know|have)|get (?:me|us)|include|attach|state|name|pop)';
/** From the verb to the secret: no other person, and nobody but the customer who gives. */
const GAP =
  '(?:(?! (?:you|anyone|anybody|someone|somebody|them|him|her|others|whom?|how|where|link|instructions|reset|resetting|change|changing|recover|restore|new|temporary|about|without|help|number for|page|form)\\b)[^.;!?\\n]){0,50}?';

function waysEn(secret: string, hint: RegExp, isHarmless: Way['isHarmless']): Way {
  return {
    hint,
    isHarmless: (before, match, after) =>
      isHarmlessEn(before, match, after) || isHarmless(before, match, after),
    asks: [
      new RegExp(`\\b${GIVE}\\b${GAP}\\b${secret}`, 'g'),
      new RegExp(`\\b(?:what(?:'s| is| was| are)|which is) (?:your|the)\\b${GAP}\\b${secret}`, 'g'),
      new RegExp(
        `\\b(?:may|can|could|might) (?:i|we)(?: please| just| also| kindly)? (?:have|get|take|ask (?:you )?for|know|see|trouble you for|note|request|grab|collect)\\b${GAP}\\b${secret}`,
        'g',
      ),
      new RegExp(
        `\\b(?:i|we)(?:'ll| will| would|'d| do)?(?: just| only| also| still| now| then| first| simply){0,2} (?:need|require|want|like|ask (?:you )?for|must have|have to have)(?: to (?:know|have|take|see|get|ask (?:you )?for))?(?: you to (?:send|give|tell|share|provide|confirm|enter|type|read)(?: me| us)?)? (?:your|the|that|a|any|both|all)\\b${GAP}\\b${secret}`,
        'g',
      ),
      new RegExp(
        `\\b(?:please|can you|could you|would you|will you|kindly)(?: please| also| just| kindly)? confirm (?:me |us |to me |to us |with me |for me )?(?:your|the)\\b${GAP}\\b${secret}`,
        'g',
      ),
      new RegExp(
        `\\b(?:enter|type|put|write|paste|fill in|confirm|submit)\\b${GAP}\\b${secret}[^.;!?\\n]{0,25}(?:\\bhere\\b|in (?:this|the|our) (?:chat|conversation|window)|\\bbelow\\b|\\b(?:to|for|with) (?:me|us)\\b)`,
        'g',
      ),
      new RegExp(
        `\\b(?:mind|how about|consider|by) (?:sharing|telling|sending|giving|providing|reading|typing)\\b${GAP}\\b${secret}`,
        'g',
      ),
      new RegExp(
        `\\b(?:do you have|have you(?: got)?|got|is) (?:your|the)\\b${GAP}\\b${secret}[^.;!?\\n]{0,15}\\b(?:handy|to hand|at hand|in front of you|with you|nearby)\\b`,
        'g',
      ),
      new RegExp(
        `^\\W{0,4}(?:and |so |now |then |ok,? |just )?(?:your |the |full ){0,2}(?:(?:credit|debit|bank|full|account|complete) ){0,3}${secret}(?:[ ,]{1,2}(?:please|pls)\\W{0,4}$| ?\\?)`,
        'g',
      ),
    ],
  };
}

/** On their own page, in the app, at the till: where such things belong. */
const OWN_PLACE_EN =
  /\b(?:on|in|at|through|via|using|into) (?:(?:the|our|your|this|that|their) )?(?:\w{1,12} ){0,2}(?:page|website|web site|site|app|application|checkout|settings|account|profile|form|portal|link|login|log-in|sign-in|screen|till|terminal|store|field|box|wallet|hotline|ivr)\b|https?:|www\./;
const NOT_EN =
  /\b(?:never|not|cannot|nobody|no one|without|instead of|rather than|avoid|refrain from|stop|nor|no need|no reason|needn't|unsafe|dangerous)\b|n't\b/;
const REASSURING_EN =
  /(?:do not|don't|not|no|never) (?:worry|hesitate|mind|know|see|find|problem|be afraid|panic|have access|have (?:it|that|this)|work|working|fit|match)\b/g;
const NEXT_CLAUSE_EN = /\b(?:please|just|kindly|but|so|then|could you|can you|would you|instead)\b|[;:–—]/;
/** Behind these, it is said what for. */
const PURPOSE_EN = /[;.,]| (?:so|and|to|then|because|since|when|for) /;
/** We are the ones who send, or it is only told about. */
const OTHERS_ACT_EN =
  /\b(?:(?:i|we|it|they|he|she|system|bank|somebody|someone|anyone|anybody|who|which|that|app|website|page|email|text)(?:'ll|'ve|'d|'m|'re)?(?: (?:will|can|could|would|have|had|may|might|should|must|do|did|does|am|are|is|going to|able to|always|also|just|then|now|happily|gladly|usually|automatically|only|again|ever|even|to)){0,4}|let (?:me|us)|allow (?:me|us) to|when asked to|asks? you to|asked to|asking you to|pretend(?:s|ing)? to|did you|have you|had to) $/;

const WHEN_EN = /\b(?:if|before|when|whenever|after|once|unless) you $/;
const GIVES_EN =
  /^(?:send|give|tell|share|provide|supply|forward|dm|pm|text|e-?mail|message|read|pass|hand|write|post|drop|leave|include|attach|state|name)\b/;

function isHarmlessEn(before: string, match: string, after: string): boolean {
  const near = before.replace(REASSURING_EN, ' ').split(NEXT_CLAUSE_EN).pop() ?? '';
  if (NOT_EN.test(near)) return true;
  if (GIVES_EN.test(match)) {
    if (OTHERS_ACT_EN.test(before)) return true;
    if (WHEN_EN.test(before) && !/^\S+ (?:me|us)\b/.test(match)) return true;
  }
  if (
    /^ (?:with|to) (?:any|some|other|friends|family|third|people|whom|them|him|her|no one|nobody)/.test(after)
  )
    return true;
  if (
    /^[ -](?:reset|change|manager|link|mail|e-?mail|field|page|prompt|box|hint|policy|requirements?|protected|strength|recovery|expire)/.test(
      after,
    )
  )
    return true;
  return OWN_PLACE_EN.test(match + after.split(PURPOSE_EN)[0]);
}

const PARTIAL_EN =
  /\b(?:last|final|first|ending|latter) (?:few |the )?(?:3|4|5|6|three|four|five|six|digits|numbers)|\bending (?:in|with)|\bpart of|\b(?:last|first) digits(?! on the back)|\b(?:type|kind|brand|name|expiry) (?:of|on)\b/;
const NOTHING = () => false;

// ── Chinese ─────────────────────────────────────────────────────────────────

const PASSWORD_ZH =
  '(?:登录|账号|账户|支付|交易|取款|查询|原|旧|当前|银行卡|信用卡|邮箱|您的|你的|的){0,3}(?:密码|口令|登录信息)';
const CODE_ZH =
  '(?:短信|手机|收到的|一次性|动态|安全|登录|您的|你的|的|6位|六位|4位|四位){0,3}(?:验证码|校验码|动态码|动态密码|一次性密码|认证码|授权码|短信码|pin ?码|otp)|短信(?:里|中|上)?的?那?(?:六|四|6|4)位(?:数字?|码)?|(?:收到|发来|发过来|短信里|短信中|手机上)的?(?:那个|那串|这个|几位|六位|6位|四位)?(?:数字|代码|号码|码)(?!头)';
const CARD_ZH =
  '(?:银行卡|信用卡|储蓄卡|借记卡|付款卡|支付卡|刷的卡|卡片|完整|全部|16位|十六位|您的|你的|的){0,4}(?<!会员|会员卡|礼品|礼品卡|储值|购物|积分|sim|门禁|优惠|学生|就诊|医保|电话|手机|贵宾|上网|饭)(?:卡号|卡片号码|卡的号码|卡号码|信用卡号码|银行卡号码|cvv2?|cvc2?|安全码)|(?:卡(?:片)?)?背(?:面|后)的?(?:后|末|最后)?的?(?:三|3)(?:位|码|个)(?:数字?)?|末三码|(?:银行卡|信用卡|储蓄卡|借记卡)的?(?:正反面?|正背面|正面|反面|双面|照片|图片)|(?:银行卡|信用卡|储蓄卡|借记卡)(?:正反面)?拍(?:一?[个张])?照片?';

const PLEASE =
  '(?:请|麻烦|烦请|劳烦|劳驾|能否|可否|能不能|可不可以|可以|能|方便|需要|需|要|帮忙|帮我|您|你|把|将|先|再|直接|给我|那|还)';
const GIVE_ZH = '(?:告诉|告知|提供|发送|发来|发|传|报|说|念|读|回复|转发|分享|留|写|私信|截图|打|贴|拍|给)';
const GAP_ZH =
  '(?:(?!点击|点选|重置|重设|修改|更改|变更|找回|忘|设置|设定|链接|页面|官网|app|给您|给你|任何|别人|他人|陌生|怎么|如何|方法|帮您|帮你)[^,;。!?\\n]){0,14}?';

function waysZh(secret: string, hint: RegExp, isHarmless: Way['isHarmless']): Way {
  return {
    hint,
    isHarmless: (before, match, after) =>
      isHarmlessZh(before, match, after) || isHarmless(before, match, after),
    asks: [
      new RegExp(
        `${PLEASE}${GAP_ZH}${GIVE_ZH}(?:一下|下|给|到|过来|来|出)?(?:我们?|客服|我这边|小编)?${GAP_ZH}(?:${secret})`,
        'g',
      ),
      new RegExp(`${GIVE_ZH}(?:一下|下|给|到|过来|来)?(?:我们?|客服|我这边)${GAP_ZH}(?:${secret})`, 'g'),
      new RegExp(`(?:把|将)${GAP_ZH}(?:${secret})[^。!?\\n]{0,10}?${GIVE_ZH}(?!您|你)`, 'g'),
      new RegExp(
        `(?:${secret})(?:一起|也|都|先|再)?(?:麻烦|请|您|你|可以|方便|能)?(?:您|你)?(?:是多少|是什么|是啥|是几|多少|呢|给我|发我|发给我|发一下|发来|发过来|报一下|报给我|告诉我|告诉一下|说一下|提供一下|提供给我|念一下|私信我|传给我|传一下|给一下|给下|有吗)`,
        'g',
      ),
      new RegExp(`请问(?:一下)?(?:您|你)?的?(?:${secret})(?:是)?[?呢]*$`, 'g'),
      new RegExp(
        `(?:收到|拿到|看到)${GAP_ZH}(?:${secret})(?:后|之后|以后|了|的话|,){0,2}(?:请|麻烦|再|就|可以|您|你|直接){0,3}(?:告诉我|报一下|报给我|发我|发给我|发一下|说一下|提供一下|念一下|回复我|给我|转发给我)`,
        'g',
      ),
      new RegExp(`(?:跟|和|与|向)(?:您|你)(?:核对|核实|确认|要)(?:一下|下)?${GAP_ZH}(?:${secret})`, 'g'),
      new RegExp(
        `(?:我们?|我这边|这边|客服)?(?:还|也|只)?(?:需要|要|得|想)(?:核对|核实|确认|验证|知道|查看|查|用到|用|有|跟您确认|和您核对|向您确认)?(?:一下|下)?(?:您|你)的?${GAP_ZH}(?:${secret})`,
        'g',
      ),
      new RegExp(
        `(?:在)?(?:这里|这边|此处|对话框|聊天|对话)(?:里|中|内|上)?(?:直接)?(?:输入|填写|填|写|打|发送|发|回复)${GAP_ZH}(?:${secret})`,
        'g',
      ),
      new RegExp(`^\\W{0,3}(?:那|先|再)?(?:报|说|念|发|传)(?:一下|下|我)(?:您|你)?的?(?:${secret})`, 'g'),
      new RegExp(`^\\W{0,3}(?:那|麻烦|请|还有)?(?:您|你)的?(?:${secret})\\W{0,2}\\?`, 'g'),
    ],
  };
}

const NOT_ZH =
  /不要|别(?!的|人家)|勿|不得|不会|不需|无需|不用|无须|不必|毋须|不能|不可(?!以)|不应|不该|不让|不会|禁止|避免|从不|绝不|从未|未曾|没有(?:人|任何)|谁都|谁也|凡是|任何|防止|谨防|小心|诈骗|骗子|冒充|泄露|透露|外泄|假如有人|如果有人|若有人/;
const REASSURING_ZH =
  /别(?:担心|着急|急|怕|客气|介意)|不(?:用|必|要)(?:担心|着急|急|客气|紧张)|能不能|可不可以|方不方便|要不要|不好意思|对不起|不客气/g;
const OWN_PLACE_ZH =
  /页面|官网|网站|网页|登录页|app|应用里|小程序|收银台|结账|结算|付款页|输入框|链接|http|设置里|设置中|个人中心|账户中心|自助|柜台|刷卡机|语音系统|按键/;
const OTHERS_ACT_ZH =
  /(?:系统|银行|我们?|平台|网站|短信|骗子|对方|有人)(?:这边|现在|马上|立即|稍后)?(?:会|已|已经|将|再|可以|能|重新|帮您|帮你|给您|给你|给|就|来|也){0,4}$/;

function isHarmlessZh(before: string, match: string, after: string): boolean {
  const near =
    before
      .replace(REASSURING_ZH, ' ')
      .split(/[;:]|但|不过|所以|那么|那就|,(?=请|麻烦|您|你|把)/)
      .pop() ?? '';
  if (
    NOT_ZH.test(near) ||
    NOT_ZH.test(match.replace(REASSURING_ZH, ' ')) ||
    /^(?:不会|都不|也不)/.test(after)
  )
    return true;
  if (/给您|给你|帮您|帮你|为您|向您|到您/.test(match) || OTHERS_ACT_ZH.test(before)) return true;
  if (
    /^(?:已|错误|不对|有误|过期|失效|会|将|登录|登陆|找回|重置|重设|修改|更改|保护|锁定|的(?:方法|方式|步骤|链接|页面|短信会)|页|框|短信(?:已|会))/.test(
      after,
    )
  )
    return true;
  return OWN_PLACE_ZH.test(before + match + after.split(/[。;]/)[0]);
}

const PARTIAL_ZH =
  /(?:后|末|最后|尾|前|头|开头)的?(?:四|4|六|6|几|两|2)(?:位|码|个)|尾号|末四码|末四位|后四位/;
const isPartialCardZh = (before: string, match: string, after: string) =>
  PARTIAL_ZH.test(match + after.slice(0, 12) + before.slice(-8)) && !/背|cvv|cvc|安全码|末三码/.test(match);

// ── What is asked for ───────────────────────────────────────────────────────

const SECRETS: readonly { readonly what: What; readonly ways: readonly Way[] }[] = [
  {
    what: 'code',
    ways: [
      waysEn(CODE_EN, /\bcodes?\b|\bpin\b|\botp\b|one[- ]time|\b(?:numbers?|digits)\b/, NOTHING),
      waysZh(CODE_ZH, /码|pin|otp|一次性|收到|发来|发过来|短信|手机上/, NOTHING),
    ],
  },
  {
    what: 'password',
    ways: [
      waysEn(PASSWORD_EN, /pass ?(?:word|code|phrase)|credentials|log-?in/, (before) =>
        /(?:one[- ]?time|verification) $/.test(before),
      ),
      waysZh(PASSWORD_ZH, /密码|口令|登录信息/, NOTHING),
    ],
  },
  {
    what: 'card',
    ways: [
      waysEn(
        CARD_EN,
        /\bcard|\bcv[vcn]|security (?:code|number)/,
        (before, match, after) =>
          PARTIAL_EN.test(`${before.slice(-30)}${match}${after.slice(0, 20)}`) &&
          !/full|whole|entire|complete|cv[vc]|security|back/.test(match),
      ),
      waysZh(CARD_ZH, /卡|cv[vc]|安全码|背面|背后|末三码/, isPartialCardZh),
    ],
  },
];
