/** How a promise sounds, over one folded sentence. */
import { folded } from './folded.ts';
import { TIME_ZH } from './times.ts';

const ADVERB =
  '(?: (?:definitely|certainly|surely|then|also|gladly|personally|both|all|now|of course|just|probably|still|again|each)){0,4}';

/** Somebody here, or the thing that is owed, will. */
export const COMMITS_EN = new RegExp(
  [
    `\\b(?:i|we)(?:'ll| will| shall|'m going to| am going to|'re going to| are going to|(?: can)? promise(?: you)?(?: to| that (?:i|we)(?:'ll| will))?|(?: can)? guarantee(?: that)?(?: (?:i|we|you|it)(?:'ll| will))?)(?! not| never|n't| no)${ADVERB} (?!(?:be (?:open|closed|away|out\\b|here\\b|happy|glad|able|delighted|pleased|offline|in a meeting|on (?:holiday|leave|vacation)|seeing|thinking|there\\b)|close|open|start|miss|remember|need|require|see you|hope|love|wait|assume|celebrate|not|never|understand|know)\\b)[a-z]+`,
    `\\b(?:i|we)(?:'m|'re| am| are)${ADVERB} (?:call|phon|ring|send|shipp?|post|mail|e-mail|deliver|writ|refund|bring|dispatch|arrang|process|com)ing\\b(?! from)`,
    `\\b(?:my colleague|(?:our|the|your|a|my) (?:courier|driver|technician|engineer|manager|team|warehouse|shop|florist|plumber|mechanic|bank|baker|colleague|workshop))(?: [\\w'-]{1,15}){0,4}(?: will|'ll)(?! not| never)${ADVERB} (?!be (?:open|closed|away|on holiday)|open|close)[a-z]+`,
    `\\byou(?:'ll| will)(?! not| never)${ADVERB} (?:have|get|receive|hear|be (?:refunded|called|contacted|paid|credited|served|sent|given)|see|find|hold)\\b`,
    `\\b(?:it|that|this|they|everything|the|your|a|an|my|our|all)(?: [\\w'-]{1,15}){0,4}(?:'ll| will)(?! not| never)${ADVERB} (?:arrive|be (?:with you|at your|in your|there\\b|here\\b|delivered|sent|shipped|refunded|ready|done|fixed|repaired|sorted|credited|paid|back|posted|dispatched|collected|replaced|on its way|yours|completed|finished|resolved)|reach|ship|leave|come|go out|land|show up|work again)`,
    // Somebody by name, and what is owed and already on its way.
    "\\b(?!(?:you|who|they|it|that|which|this)\\b)[a-z\\u00c0-\\u024f'-]{2,15}(?: will|'ll) (?:\\w+ly )?(?:call|ring|phone|write to|e-?mail|contact|visit|meet|bring|send|see) you\\b",
    "\\b(?:it|they|your|the|this|that)(?: (?!(?:shop|store|sale|office|branch|train|bus|offer)\\b)[\\w'-]{1,15}){0,4} (?:ships?|arrives?|goes out|go out|leaves? (?:us|our|the|here)|(?:is|are) due)\\b|\\b(?:the|our|a) (?:courier|driver|technician|engineer|plumber)(?: comes| is coming| visits)\\b",
    '\\bexpect (?:my|our|a|an) (?:call|reply|answer|e-?mail|message|delivery|parcel|refund)|\\bconsider it (?:done|sent|fixed|sorted)|\\blet me (?:call|ring|write to|get back to|come back to) you\\b',
  ].join('|'),
  'g',
);
/** Between a promise and its time, or before the time: the time belongs to something else. */
export const OTHER_CLAUSE_EN =
  /\b(?:if|when|once|unless|until|till|because|since|in case|whenever|while|provided|that you|which you|you (?:ordered|bought|sent|wrote|asked|paid))\b/;
/** A time that is none to be kept. */
export const NO_DUE_EN =
  /^(?:until|till|from|since|for|every|as of|starting) |^in an? (?:min(?:ute)?|moment|second)$|^(?:the |this |in the |early |late )?(?:night|the morning)$/;
export const GREETING_BEFORE_EN =
  /\b(?:good|nice|great|lovely|pleasant|wonderful|happy|rest of (?:the|your)|every|each|last|enjoy (?:the|your)|a|beautiful|relaxing|of) $/;

const SUBJECT =
  '(?:我们?|我这边|这边|本店|小店|客服|同事|专员|快递员?|师傅|司机|仓库|公司|店里|技术人员|技师|工程师|经理|主管|财务|花艺师)';
const VERB =
  '(?:联系|联络|回电|来电|致电|打给|打电话|电话|回复|答复|回覆|通知|告诉|告知|发|寄|送|退|处理|解决|安排|修|办|给您|给你|为您(?!服务)|为你(?!服务)|帮您|帮你|到|补|跟进|上门|邮|出货|出发|配送|汇|打款|转账|查|确认|问|交|带|做好|完成|弄好|准备)';
/** A commitment; the time stands in it or right before it. */
export const COMMITS_ZH = folded(
  [
    `${SUBJECT}(?!(?:还|也|都)?可以|可能|能不能|是否|要不要|想|希望|觉得|看|不|没|已)(?:(?!可以|不|没|无法|已|[,;:?!。]).){0,24}?${VERB}`,
    '(?:您|你)(?:(?!不|没|无法|已|如果|[,;:?!。]).){0,10}?(?:会|将|就能|便能|就可以|一定能|能)(?:(?!不|没|无法|已|[,;:?!。]).){0,12}?(?:收到|拿到|接到|用上|看到|见到|领到)',
    '(?:包裹|订单|快递|货|商品|退款|款项|钱|新品|新的|花|蛋糕|票|合约|发票|补发的?|礼券|件|它|东西|灯)(?:(?!不|没|无法|已|[,;:?!。]).){0,16}?(?:会|将|就能|就会|能|一定|保证|预计)(?:(?!不|没|无法|已|[,;:?!。]).){0,16}?(?:到|送达|发出|寄出|入账|处理|完成|修好|上门|退回|送|出货)',
    // Nobody is named: the house speaks.
    '(?:会|将|一定|预计|最迟|最晚|之?内|前|今天|明天|后天)(?:(?!不|没|无法|已|您|你|[,;:?!。]).){0,8}?(?:(?:给|为|帮|替|跟|回复|联系|通知|答复|告诉|打给|回电给?|打电话给)(?:您|你)(?!服务)|发货|寄出|送达|送到|出货|处理好|修好|处理|退刷|退款给|入账)',
    '(?:保证|一定|承诺|负责)(?:(?!不|没|无法|已|[,;:?!。]).){0,24}?(?:到|送|发|寄|退|处理|解决|给您|回复|联系|修好|完成|做好)',
  ].join('|'),
  'g',
);
export const OTHER_CLAUSE_ZH = folded(
  '如果|要是|假如|若|只要|万一|的话|之前(?:您|你)|(?<!(?:周|星期|礼拜)[一二三四五六日天末]|[点号日午晚半])以前|您(?:之前|上次|昨天|已经)|营业|开门|关门|打烊|放假|休息|上班|在线|已经|已于|已在|(?:我们?|这边)(?:也|还|都)?可以|每天|每周|每个|高兴|下单|请|麻烦',
);
export const WHEN_ZH = folded(TIME_ZH, 'g');
/** Durations and parts of a day alone are no time to be kept. */
export const NO_DUE_ZH = folded('^(?:早上|上午|中午|下午|晚上|当天|当日|傍晚)$');
