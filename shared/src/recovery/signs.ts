/**
 * Words and acts of a conversation that look as if something went wrong: complaints of the customer, apologies, refunds and
 * gifts of ours. A false alarm costs somebody's attention, so quotes, "if" and "not broken" are left out, and thanks are thanks.
 */
import type { Entry } from '../model.ts';
import { ownWords } from '../reader/skip.ts';

export const SIGN_KINDS = ['complaint', 'apology', 'refund', 'goodwill'] as const;
/** `seq` is the entry's; `text` the sentence that says it, as it was written. */
export type Sign = {
  readonly kind: (typeof SIGN_KINDS)[number];
  readonly seq: number;
  readonly text: string;
};

/** What looks like a failure in these entries, in their order; empty where it does not. One sign an entry at most. */
export function failureSigns(entries: readonly Entry[]): Sign[] {
  return entries.flatMap((entry) => signOf(entry) ?? []);
}

/** Whether a customer says, after the mending, that it did not hold: "it still does not work". */
export function looksUnsolved(text: string): boolean {
  return sentencesIn(text).some(
    ({ folded }) => !isSupposed(folded) && UNSOLVED.some((it) => it.test(folded)),
  );
}

/** Whether a customer names something that went wrong, by the same marks as a complaint in a conversation. */
export function namesTrouble(text: string): boolean {
  return sentencesIn(text).some(({ folded }) => complains(folded));
}

function signOf(entry: Entry): Sign | null {
  if (entry.kind === 'goodwill-given') return { kind: 'goodwill', seq: entry.seq, text: entry.what };
  if (entry.kind !== 'message' && entry.kind !== 'hello' && entry.kind !== 'farewell') return null;
  const kinds = entry.author.kind === 'visitor' ? VISITORS : entry.author.kind === 'agent' ? AGENTS : [];
  for (const sentence of sentencesIn(entry.text)) {
    const kind = kinds.find(({ says }) => says(sentence.folded))?.kind;
    if (kind) return { kind, seq: entry.seq, text: sentence.text };
  }
  return null;
}

type Kind = { readonly kind: Sign['kind']; readonly says: (sentence: string) => boolean };
const VISITORS: readonly Kind[] = [{ kind: 'complaint', says: complains }];
const AGENTS: readonly Kind[] = [
  { kind: 'apology', says: apologises },
  { kind: 'refund', says: givesBack },
];

function complains(sentence: string): boolean {
  if (isSupposed(sentence)) return false;
  const said = DENIED.reduce((words, denial) => words.replace(denial, ' '), sentence);
  return COMPLAINTS.some((complaint) => complaint.test(said));
}

function apologises(sentence: string): boolean {
  const said = SMALL_SORRY.reduce((words, small) => words.replace(small, ' '), sentence);
  return APOLOGIES.some((apology) => apology.test(said));
}

function givesBack(sentence: string): boolean {
  return !isSupposed(sentence) && REFUNDS.some((refund) => refund.test(sentence));
}

/** What might be, or what is asked in general, has not gone wrong. */
function isSupposed(sentence: string): boolean {
  return SUPPOSED.some((supposed) => supposed.test(sentence));
}

type Sentence = { readonly text: string; readonly folded: string };

/** The writer's own sentences: small letters, straight apostrophes, simplified characters for those that the patterns know. */
function sentencesIn(text: string): Sentence[] {
  return ownWords(text)
    .split(/(?<=[!?。！？…\n])|(?<=\.)(?=\s|$)/u)
    .map((own) => ({ text: own.replaceAll('\ufffc', '').trim(), folded: fold(own) }))
    .filter((sentence) => sentence.text !== '');
}

function fold(words: string): string {
  const straight = words.toLowerCase().replace(/[’‘]/g, "'");
  return straight.replace(/[\u4e00-\u9fff]/g, (sign) => SIMPLIFIED.get(sign) ?? sign).trim();
}

/** Traditional and simplified in pairs: the characters of the patterns below, and no more. */
const PAIRS =
  '亂乱來来係系個个們们償偿兩两別别剛刚問问單单嗎吗圍围壓压壞坏實实寫写將将對对帶带幫帮從从復复惡恶惱恼憤愤應应換换擔担擾扰數数斷断時时暫暂會会東东極极樣样機机氣气決决沒没滿满為为無无煩烦爛烂爲为現现當当發发確确碼码種种筆笔給给經经繫系聯联聽听臺台舊旧萬万處处號号補补裝装複复規规訂订記记設设訴诉評评話话認认誤误說说請请譜谱變变讓让負负貨货責责買买費费賠赔質质轉转這这連连運运遲迟選选還还邊边錢钱錯错鍾钟開开關关離离電电靈灵項项須须題题額额顏颜馬马騙骗髒脏麼么點点黴霉';
const SIMPLIFIED = new Map(
  (PAIRS.match(/../gu) ?? []).map((pair) => [pair.slice(0, 1), pair.slice(1)] as const),
);

const SUPPOSED: readonly RegExp[] = [
  /\b(?:if|unless|in case|what happens|suppose|supposing|should (?:it|they|the|my)|hypothetically|would it|could it|will it)\b/,
  /\b(?:policy|policies|guarantee|in general|usually|normally|worried|afraid|hope)\b/,
  /如果|要是|万一|假如|倘若|假设|的话|会不会|会.{0,6}吗|怕|担心|政策|规定|是否/,
];

/** "Not broken", "no complaints", "I was late": none of these went wrong. Taken out before complaints are looked for. */
const DENIED: readonly RegExp[] = [
  /\b(?:not|never|nothing|no longer|isn't|wasn't|aren't|weren't|no|without|don't be|hardly|neither)\s+(?:(?:is|was|at all|really|too|so|very|any|anything|been|a|the|yet|even)\s+){0,2}(?:broken|damaged|cracked|late|wrong|missing|faulty|lost|disappointed|disappointing|angry|rude|unhappy|upset|complaints?|delay(?:ed|s)?|problems?|issues?|bad|terrible)\b/g,
  /\b(?:i|we)(?:'m|'re| am| are| was| were|'ll be| will be| came| arrived)\s+(?:\w+\s+){0,3}late\b/g,
  /\b(?:too late|better late|late (?:in|at|on|night|evening|afternoon|reply|answer|response|fee)|sooner or later)\b/g,
  /\b(?:don't|do not) (?:(?:want|mean) to )?(?:be|sound|seem|get)? ?(?:angry|disappointed|rude)\b/g,
  /没有?(?:坏|破|碎|错|裂|烂|迟到|失望|生气|不满|投诉|问题|什么问题)|[今明昨每当]晚到|有没有|我(?:们)?(?:自己|刚|刚才|刚刚)?(?:发|写|打|搞|弄|拿|点|选|看|记)错|不(?:是|会|要|用)?(?:失望|生气)|别生气|从不|从来不|不错|没错|坏了吗/g,
];

const COMPLAINTS: readonly RegExp[] = [
  /\b(?:broken|damaged|cracked|smashed|shattered|crushed|leaking|faulty|defective|wilted|mou?ldy|rotten|torn|ruined|dead on arrival)\b/,
  /\b(?:hasn't|haven't|has not|have not|did not|didn't|never|still not|not yet|has never|have never)\s+(?:\w+\s+){0,2}?(?:arrived?|come|came|delivered|received?|shown up|turned up|got (?:my|the|it)|been (?:sent|delivered|refunded|answered))\b/,
  /\bstill (?:waiting|haven't|have not|hasn't|has not|no (?:sign|answer|reply|refund|parcel|order|delivery|response))\b/,
  /\b(?:arrived|came|delivered|delivery (?:is|was)|parcel (?:is|was)|order (?:is|was)|package (?:is|was)|turned up|showed up)\b[^,;]{0,30}\blate\b/,
  /\b(?:minutes?|hours?|days?|weeks?|months?)\s+(?:too\s+)?late\b|\b(?:is|was|are|were|been) (?:delayed|overdue)\b/,
  /\b(?:is|are|was|were|went|gone) missing\b|\byou (?:have )?lost\b|\b(?:got|been|was) lost\b/,
  /\b(?:sent|got|received|delivered|gave|brought|charged|shipped|packed|given)\b[^,;]{0,20}\bwrong\b|\bwrong (?:item|colou?r|size|order|address|flowers?|product|model|one|amount|bouquet|person|name)\b/,
  /\b(?:charged|billed|paid|debited|taken)\b[^,;]{0,20}\b(?:twice|double|two times|again)\b|\bovercharged\b|\bdouble[- ]charged\b/,
  /\b(?:doesn't|does not|didn't|did not|don't|won't|isn't|is not|not|never|stopped) (?:\w+ )?work(?:s|ed|ing)?\b/,
  /\b(?:won't|wouldn't|not) (?:let(?:ting)? me|open|load|start|play|charge|turn (?:on|off)|switch (?:on|off)|connect|respond)\b/,
  /\b(?:crash(?:es|ed|ing)|freezing|frozen|stuck (?:at|on)|glitch(?:es|y)?|hacked|locked out|error (?:code|message)|(?:an|this|the same) error|keeps? (?:failing|stopping|breaking))\b/,
  /\b(?:have|having|had|got|there is|there's|encountered|experiencing) (?:\w+ ){0,2}?(?:a|an|some|the|this|big|huge) (?:\w+ )?(?:problem|issue|trouble)s?\b(?! (?:to|for) you)|\b(?:is|something|gone|went) (?:\w+ )?wrong with\b/,
  /\b(?:transfer|payment|top[- ]?up|transaction|withdrawal|order|refund|delivery)\b[^,;?]{0,24}\b(?:failed|declined|refused|rejected|reverted|cancel(?:l)?ed by you)\b/,
  /\b(?:isn't|is not|not|aren't|doesn't|does not|hasn't|has not|don't) (?:\w+ )?(?:show(?:ing|n)? up|showing|gone through|going through|updated|updating)\b|\bdid(?:n't| not) go through\b/,
  /\b(?:is|was|got|gets|being|been) (?:being |just |always )?(?:declined|denied|rejected|returned|stolen)\b/,
  /\b(?:can't|cannot|couldn't|could not|unable to|not able to) (?:\w+ ){0,4}?(?:to work|use (?:my|it)|log ?in|sign in|make (?:a |any )?\w+|complete)\b/,
  /\b(?:didn't|did not|haven't|have not|never) (?:get|got|gotten) (?:all|any|my|the (?:money|cash|right))\b|\b(?:less|more) (?:cash|money) than\b|\bmore than once\b/,
  /\b(?:swallowed|ate|kept) my\b|\b(?:extra|wrong|unknown|strange|weird) (?:charge|fee|amount|payment|transaction)s?\b|\bmissing (?:money|cash|parts?|items?)\b/,
  /\b(?:rude|unfriendly|hung up on me|ignored me|ignoring me|lied to|insulted)\b/,
  /\b(?:disappoint(?:ed|ing)|unacceptable|terrible|awful|horrible|horrendous|disgusting|worst|appalling|ridiculous|fed up|furious|outraged|frustrat(?:ed|ing)|shocking|a joke|pathetic|useless|let (?:me|us) down|waste of (?:my )?(?:time|money)|not (?:good enough|happy|satisfied|acceptable)|dissatisfied)\b/,
  /\b(?:i|we) (?:want|wish|would like|have|'d like|need|must) to (?:complain|make a complaint)\b|\bmy complaint\b/,
  /\b(?:nobody|no one|noone|none of you)\s+(?:\w+\s+){0,2}?(?:answer|answers|answered|answering|replied|replies|called|calls|came|helps?|helped|cares)\b/,
  /\b(?:want|need|demand|give me|get|like) (?:my money back|a (?:full )?refund)\b/,
  /(?:东西|花|货|包裹|商品|机器|屏幕|瓶子?|杯子?|盒子?|手机|都|全|已经|就|也|是|又|摔|压|弄|寄来|收到|打开|送来)[^，。]{0,8}(?:坏|破|碎|裂|烂|扁|脏|枯|蔫)了|坏掉|压坏|摔坏|漏水|枯萎|发霉|变质|瑕疵|质量有问题/,
  /(?:还|一直|都|到现在|至今|迟迟|也|从来|根本)(?:还)?(?:没有?|不|未)(?:人)?(?:收到|送到|到货|发货|寄到|寄来|送来|到|来|回复|回应|处理|退款|解决|修好|联系|接电话)|没有?收到(?:货|东西|包裹|花|订单|退款|钱)|未收到/,
  /迟到了|(?:晚|迟|拖|耽误)了.{0,4}(?:天|小时|星期|周|分钟|个月)|晚到|延误|等了.{0,5}(?:天|小时|星期|周|个月)/,
  /(?:发|寄|送|拿|装|配|写|搞|弄)错了?|错发|漏发|少发|漏寄|少寄|描述不符|色差|(?:尺码|颜色|型号|数量|金额|地址)(?:不对|错)|不是我(?:订|要|买|点)的/,
  /重复(?:扣|收)|多扣|乱扣|多收|(?:扣|收)了(?:我)?(?:两|2|三|3)(?:次|遍|笔)/,
  /用不了|不能用|没法用|无法使用|打不开|连不上|没反应|失灵|死机|黑屏|出故障|有故障/,
  /投诉|差评|失望|气死|生气|恼火|愤怒|太差|很差|极差|糟糕|糟透|离谱|受不了|忍无可忍|不满|骗人|欺骗|被骗|恶劣|不耐烦|没人(?:理|管|接|回|处理)|不负责任|说话不算/,
  /(?:我要|要求|给我|必须|想要|我想|申请)(?:全额)?(?:退款|退货|退钱|赔偿|赔钱)/,
];

/** Politeness about nothing that went wrong. Taken out before apologies are looked for. */
const SMALL_SORRY: readonly RegExp[] = [
  /\b(?:sorry|apologi[sz]e|apologies)\b[^.!?]{0,12}\b(?:wait|waiting|delay in (?:my )?(?:reply|answer|response|answering|replying|getting back)|late (?:reply|response|answer)|delayed (?:reply|response)|slow (?:reply|response)|typo|to bother|to ask|to (?:keep|have kept) you|to interrupt)\b/g,
  /\bsorry,? (?:could|can|may|would|i (?:didn't|did not|don't|do not|missed|misread|meant)|we (?:don't|do not|only|can't|cannot)|but|what|which)\b/g,
  /\bsorry to hear (?:that )?(?:you(?:'re| are) (?:leaving|ill|sick|unwell)|about your loss)\b/g,
  // Nothing was found: an answer, not a mistake.
  /(?:抱歉|对不起|不好意思)[^。！？]{0,14}(?:没有?(?:能)?(?:查|找|搜|符合|完全|相关|这样|这个|这家|这种|这项|您|满足|可以)|[查找搜]不到|未[能查找]|周[边围]|暂时|暂无)/g,
  /(?:不好意思|抱歉|对不起)[，,]?(?:请问|打扰|我没|没看到|没听清|问一下|再问|确认|麻烦|我们(?:没有|不)|稍等|久等|让您久等)/g,
  /(?:让您|叫您|您)?久等了?[，,]?(?:真是|很|非常|实在)?(?:抱歉|不好意思|对不起)/g,
];

const APOLOGIES: readonly RegExp[] = [
  /\bsorry (?:that|about|for|we|our|this|your|you (?:had|have|were|got|did)|to hear)\b/,
  /\b(?:so|very|really|truly|deeply|terribly|awfully|extremely|sincerely) sorry\b/,
  /\bapologi[sz]e(?:s)? (?:that|about|for|on behalf|sincerely)\b|\b(?:our|my|sincere) (?:sincere |deepest )?apolog(?:y|ies)\b/,
  /(?:抱歉|对不起|歉意|道歉|不好意思)[^。]{0,16}(?:给您|造成|带来|让您|害您|没能|没有做|出了|出现|晚了|坏了|破了|错|失误|疏忽|我们的|我的)|(?:给您|造成|带来|让您|害您|出了|失误|疏忽|我们的错)[^。]{0,16}(?:抱歉|对不起|歉意|道歉|不好意思)/,
  /(?:非常|真的|实在|十分|深感|万分|真是)(?:很|太)?(?:抱歉|对不起)|向您(?:道歉|致歉)/,
];

const REFUNDS: readonly RegExp[] = [
  /\b(?:i|we)(?:'ve| have|'ll| will|'m| am|'re| are| just|'d like to)?\b[^.?!]{0,24}\b(?:refund(?:ed|ing)?|reimburs(?:e|ed|ing)|money back|credit(?:ed)? (?:you|your)|waiv(?:e|ed)|compensat(?:e|ed|ing)|redeliver(?:ed)?|re-?sen[dt]|sen[dt] (?:you )?(?:a )?(?:new|another|replacement)|replac(?:e|ed) (?:it|them|the|your))\b/,
  /\byour (?:full )?refund (?:is|has|was|will)\b|\b(?:it|that) (?:has been|was|is) refunded\b/,
  /(?:已|已经|给您|为您|帮您|马上|立刻|会|将)[^，。？吗]{0,8}(?:退款|退钱|退还|退回|补发|重发|补寄|重新(?:发|寄|送|做)|换一?(?:个|束|件|台|份|新)|赔偿|补偿|免单|免运费)/,
];

/** For `looksUnsolved`. */
const UNSOLVED: readonly RegExp[] = [
  /\bstill (?:not|no|broken|wrong|missing|waiting|the same|happening|failing|leaking|nothing|late|damaged|stuck|an? (?:problem|issue))\b/,
  /\bstill (?:\w+ )?(?:does|do|did|is|are|has|have|was|can|will|wo|ca)(?:n't| not|not)\b/,
  /\b(?:does|do|did|has|have|is|was|will|wo|ca|can)(?:n't| not|not) (?:\w+ )?(?:work|worked|working|help|helped|fix|fixed|solved?|resolved?|hold|change|changed)\b/,
  /\bnot (?:yet )?(?:fixed|solved|resolved|working|better|repaired|sorted|done)\b|\bno better\b/,
  /\b(?:broke|broken|happened|happens|happening|stopped|failed|fails|leaking|leaks|wrong|late|came) again\b|\bagain (?:broken|wrong|late|the same)\b/,
  /\b(?:the )?same (?:problem|issue|thing|error|fault|mistake|story)(?: again| as before|\b)|\b(?:problem|issue|error|fault)(?: is|'s| came| has come) back\b/,
  /\bstill haven't\b|\bstill hasn't\b/,
  /(?:还是|仍然|依然|仍旧|依旧|仍)(?:不行|不好|不能|不对|坏|没|打不开|用不了|连不上|有问题|错|老样子|一样|这样|不会|在漏|漏)(?!问题)/,
  /还(?:没有?(?:好|解决|修|弄好|收到|到货|处理|恢复|退|送|来)|不行|在漏|用不了|打不开|有问题)/,
  /没有?(?:解决|修好|弄好|好转|改善|效果)|没好(?!好)|没用|不管用|(?:又|再次)(?:坏|不行|出(?:问题|故障|错)|错|断|漏|迟到|晚)|老样子|跟(?:之前|以前|原来)一样/,
];
