/** How customers ask for something, and what they have told of themselves, over folded text. */
import { folded } from './folded.ts';

export const WISHES_EN =
  /\b(?:can|could|would|will|won't|can't|may|might|shall) (?:you|u|ya|i|we|somebody|someone|anybody|anyone|it|this|that|they|the)\b|\bi(?:'d| would)? (?:really |just |also |still |only )?(?:like|love|want|need|prefer|wish|request|demand|expect|require|ask for|am asking|insist)\b|\bi(?:'m| am| was) (?:looking|hoping|asking|wondering|trying)\b|\b(?:please|pls|kindly)\b|\bis it (?:at all )?possible\b|\b(?:any|is there (?:a|any)) (?:chance|way|possibility)\b|\bdo you (?:have|offer|ship|deliver|sell|accept|do|take|provide|also|mind)\b|\b(?:are you|am i|are we) (?:able|allowed)\b|\b(?:how|what) about\b|(?:^\s*|[,.!?;] )(?:give|send|refund|cancel|change|deliver|replace|exchange|return|book|move|let|get|make|put|fix|swap|ship|bring|call|extend|upgrade|waive) (?:me|it|my|the|this|that|us|them|a|an)\b|\bi(?:'ve| have) (?:a )?request(?:ed)?\b/;
/** Manners, no wish. */
export const NO_WISH_EN =
  /\b(?:thank|apologi[sz]e)\b|^\W*(?:please |could you |can you |just )?(?:please )?(?:let me know|reply|answer(?: me)?|respond|get back to me|advise|help(?: me)?)(?: (?:please|asap|soon|now|with (?:this|that|it)|on (?:this|that|it)))*\W*$|\bi (?:want|need|would like|'d like) (?:to )?(?:say|tell you|add|mention)\b|\bplease (?:see|find|note|don't worry)\b|\bas i want\b/;
export const WISHES_ZH = folded(
  '能不能|可不可以|可否|能否|是否可以|是否能|(?:可以|能|行|能够)[^。!?]{0,30}(?:吗|么|嘛|不[?。!]|不$|没有?[?])|(?:我|我们|俺)(?:还|也|就|只|现在|今天)?(?:想要?|要|希望|需要|打算|要求|申请)(?!知道您|谢|感谢|是|不)|想要|(?:请|麻烦|劳烦|拜托)(?!问)(?:您|你|你们|帮|给|把|为|再|先|尽快|马上|替)|帮我|帮忙|帮个忙|给我|替我|为我|行不行|好不好|成不成|有没有(?:可能|办法|机会)|有办法|要求|申请|退(?:款|货|钱|费)吧|提供[^,;:?!。]{1,16}(?:吗|么|嘛)|(?:告诉|发|推荐|介绍|找|查|订|换|取消|改|送|寄|安排)[^,;:?!。]{0,24}(?:一下|吧)[!。]*$|有(?:没有)?[^,;:?!。]{1,12}(?:吗|么|嘛|没有?)[?]?$',
);
export const NO_WISH_ZH = folded(
  '^[^,;:?!。]{0,6}(?:谢谢|感谢|多谢)|^(?:请|麻烦您?|拜托)(?:回复|尽快回复|告知|答复)(?:一下|我)?[。!]*$',
);

export const ORDER =
  /(?:order|booking|reservation|ticket|case|reference|ref|invoice|tracking|parcel|customer|account)(?: (?:number|no|nr|id|code|ref))?\.?(?: (?:is|was|=))?\s?[:#]?\s?(?=[a-z\d-]*\d)[a-z]{0,5}-?\d[a-z\d-]{2,24}\b|#\s?\d{3,15}\b|\b[a-z]{1,4}-?\d{2,4}-?\d{3,12}\b|(?:订单|单号|编号|运单|快递单|发票号?|预订号|案号)(?:编?号码?|号)?(?:是|为|:)?\s?#?[a-z]{0,5}-?\d[a-z\d-]{2,24}/;
export const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/u;
export const PHONE =
  /(?:phone|mobile|cell|tel|number|call me (?:on|at)|reach me (?:on|at)|手机|电话|联系方式|号码|打给我|打)(?: number)?[^\d+\n]{0,12}\+?\(?\d[\d ()./-]{6,20}\d|(?<![\d#-])\+\d{1,3}[ \d()./-]{7,18}\d|(?<![\d-])1[3-9]\d{9}(?![\d-])|(?<![\d-])09\d{2}[ -]?\d{3}[ -]?\d{3}(?![\d-])/;
export const NAMES_SELF =
  /\b[Mm]y name(?:'s|’s| is) \p{L}{2,}|\b[Ii](?:'m|’m| am) called \p{L}{2,}|\b[Tt]his is \p{Lu}[\p{L}'’-]+ \p{Lu}[\p{L}'’-]+|\bI(?:'m|’m| am) \p{Lu}[\p{L}'’-]+ \p{Lu}[\p{L}'’-]+|我(?:的名字)?(?:叫|姓)\s?\p{Script=Han}|我的?名字是|敝姓|免贵姓|本人姓/u;
