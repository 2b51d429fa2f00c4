/** How people write who are in a hurry, over folded text. `PRESSED`: enough alone. `NEAR`: only with short turns, or with each other. */
import { folded } from './folded.ts';

export const PRESSED_EN = new RegExp(
  [
    "\\ba\\.?s\\.?a\\.?p\\b|\\burgent(?:ly)?\\b(?! (?:to|transfers?|payments?|deliver(?:y|ies))\\b)|\\bin (?:a|such a|quite a|a bit of a|a big|a real|a terrible) (?:hurry|rush)\\b|\\bhurry\\b|\\bemergency\\b|\\btime[- ]sensitive\\b|\\bmake it (?:quick|fast)\\b|\\bbe quick\\b|\\bquick(?:ly)?,? (?:please|pls)\\b|\\b(?:please|pls),? (?:be )?(?:quick|quickly|fast|faster)\\b|\\bspeed (?:it |this |things )?up\\b(?! (?:an?|the|my|your)\\b)|\\b(?:this|it|what|you)(?:'s|'re| is| are) (?:\\w+ )?taking (?:forever|ages|so long|too long|way too)|\\b(?:skip|cut|spare me|enough (?:of|with)|no more)(?: the| your)? (?:small talk|chit-?chat|pleasantries|excuses|chatter|waiting)|\\babout to (?:board|leave|go (?:in|out|to)|depart|take off)|\\bboarding (?:now|soon)\\b|\\b(?:this|it|that) (?:can'?t|cannot) wait\\b|^(?:again|hello|hi|hey|anyone|well)[^a-z]{0,3}\\?{2,}|\\bneed (?:it|this|that|them|an answer) (?:by|before|for|until) (?:tonight|today|noon|\\d|this|tomorrow|the end)|\\bget (?:on with it|to the point)\\b|\\bcome on\\b|\\brunning (?:late|out of time)\\b|\\bi'?(?:m| am) (?:already |so |very )?late\\b|\\bcan'?t wait (?:any|much|all|that|forever)\\b|\\btime is (?:running|short)\\b",
    "\\b(?:no|don'?t have|haven'?t got|not have)(?: \\w{2,5}){0,4} (?:time\\b(?! (?:to come|for me))|all day)",
    `\\b(?:need|must have|(?<!don't )want(?= (?:it|this|that|my|an?|the|you|someone|somebody)\\b)|has to|have to|fix|send|please|pls|answer|reply|refund|do|cancel|help|delete|freeze)(?: [\\w']{1,12}){0,6} (?:right now|right away|straight away|immediately|at once|this (?:minute|instant|second)|before (?:i|my) (?:leave|go|flight|train|meeting|board))|\\b(?:i|we) (?:really |just |do )?(?:need|want)(?: [\\w']{1,12}){0,6} now(?=[ ]*(?:$|[.!,]|please|pls|or|before))|(?:^|[.!,] ?)(?:please |just |pls )?(?:fix|send|refund|answer|reply to|cancel|help|call|tell)(?: [\\w']{1,12}){1,4} now(?=[ ]*(?:$|[.!,]|please|pls|or|before))|\\b(?:please|pls) now\\b|^now[!.]+$`,
    "\\b(?:leav(?:e|ing)|go(?:ing)?|depart|board(?:ing)?|start(?:s|ing)?|clos(?:es|ing)|flight|train|bus|meeting|taxi|plane|gate|birthday|party|wedding|interview|appointment|exam|event|call|guests|dinner)(?: [\\w']{1,12}){0,6} in (?:\\d{1,3}|an?|one|two|three|five|ten|fifteen|twenty|thirty|half an|a few|a couple of) ?(?:m\\b|min(?:ute)?s?\\b|hours?\\b|h\\b|$|[.!,])",
    "\\b(?:i|we)(?:'ve| have)?(?: only)?(?: got| have)? (?:only )?(?:\\d{1,2}|two|three|five|ten|a few|a couple of) (?:min(?:ute)?s?)\\b(?! ago)|\\bon my way (?:out|to the)\\b|\\b(?:flight|train|bus|meeting|plane) (?:is|leaves|starts|goes|departs) (?:in|at|soon|now|today|tonight|tomorrow)\\b",
    "\\b(?:second|third|fourth|fifth|sixth|\\d(?:nd|rd|th)|tenth|hundredth|umpteenth|nth) time(?: (?:now|already|today|this week))?(?: that)? (?:i|we)\\b|\\b(?:this is|that's|it's|now|for) (?:the|my) (?:second|third|fourth|fifth|sixth|\\d(?:nd|rd|th)|tenth|hundredth|umpteenth|nth) time\\b(?! (?:customer|here|buying|ordering|shopping|in|at|visit))|\\b(?:third|fourth|fifth|sixth|3rd|4th|5th|6th) (?:e-?mail|message|call|attempt|chat|request|complaint|try)\\b|\\b(?:asked|called|written|wrote|contacted|messaged|e-?mailed|told|said|rang|phoned)(?: [\\w']{1,12}){0,4} (?:twice|(?:two|three|four|five|six|several|many|multiple|\\d{1,2}) times|again and again|over and over)\\b|\\bhow many (?:more )?times (?:do i|must i|have i|am i|will i|should i|shall i)\\b",
    '\\bstill (?:waiting|nothing\\b|no (?:answer|reply|response|news))|\\bhow much longer\\b|\\bhow long (?:must i|am i (?:supposed|going|meant)|are you|is this going|have i|do you expect)\\b|\\b(?:been|keep) (?:waiting|on hold|holding) (?:for )?(?:(?:over|more than|almost|nearly|about) )?(?:ages|forever|an? (?:hour|week|day)|\\d{1,3} (?:min|hour|day|week)|(?:two|three|four|five|ten|twenty|thirty) (?:min|hour|day|week)|all day|so long|too long)',
    "\\bjust (?:fix|do|send|give|refund|cancel|get|answer|make|replace|deliver|sort|ship|solve|return|change) (?:it|this|that|me|my|the|him|her|them|us)\\b|\\bjust (?:want|need) (?:it|this|that|my|the)(?: [\\w'-]{1,15}){0,4} (?:fixed|done|back|sorted|working|sent|now|solved|refunded|cancelled|canceled|delivered|gone|resolved|changed|today)\\b|\\bjust (?:want|need) (?:a|an|my|the) (?:simple |quick |straight |clear )?(?:answer|refund|yes or no|money back|reply|solution|replacement)\\b|\\bjust (?:the|a|my) (?:refund|answer|money|replacement)\\b(?=[ ]?(?:please|pls|now|[.!]|$))|^(?:need|want) (?:it|this|that|them) now\\b|\\bjust (?:tell me (?:yes|if|now|the)|yes or no)\\b|\\byes or no\\b",
  ].join('|'),
);
export const NEAR_EN =
  /\b(?:now|today|quick|quickly|fast|faster|soon|immediately|waiting|already|again|tonight|hours?|minutes?)\b|[!?]{2}|\bwell\?|\bplease!/;
/** A knock on the door: somebody waits. */
export const KNOCKS_EN =
  /^\W*(?:hello|hi|hey|anyone|anybody|are you (?:still )?there|you there|any (?:news|update)s?|is (?:anyone|anybody|someone) (?:there|here)|so|well|and)(?: there| here)?\s*[?!]+\W*$|^[?!. ]+$|^\W*(?:hello){2,4}\W*$/;
export const CALM_EN =
  /\bno (?:hurry|rush)\b|\bnot (?:in a (?:hurry|rush)|urgent|in any (?:hurry|rush)|that urgent|hurry)|\b(?:isn'?t|not) (?:at all |that |very |really )?urgent\b|\btake your time\b|\bwhenever (?:you|suits|it)|\bwhen(?:ever)? you have (?:the |some |a )?(?:time|minute|moment)\b|\bdon'?t (?:hurry|rush)\b/;

const TIMES = '(?:[二三四五六七八九十几\\d]|两|好几|多少)';
export const PRESSED_ZH = folded(
  [
    '赶时间|赶着|赶(?:飞机|火车|车|高铁|航班|班机|不上|不及)|来不及|急用|急需|急死|急着|(?:很|太|挺|比较|真的|超|好|特别|非常|有点|有些|十分|万分)[着]?急|(?<![不别])着急(?!的话|吗|么)|急急|^急|十万火急|加急|紧急|火急|心急',
    `(?:马上|立刻|立即|现在)(?:就)?(?:登机|上飞机|上车|出门|出发|开会|下班|走了|要走|要出|要登|要开|要上|要用|给我|帮我|处理|解决|回复|办理|退|发货|答复|修|要结果)|(?<![凉痛爽愉])快点|快一点|快些|快一些|赶快|赶紧|(?:尽快|尽早)|快(?:说|回|处理|解决|退|办|给我|帮我)|能不能快|可以快|(?<!都)等不[了及]|没(?:有)?(?:什么|那么多|太多|多少)?时间(?:了|等|跟|和|啰|听|慢|$|[,.!。])|没空|没工夫`,
    `(?:还有|只有|就剩|剩下|就)(?:${TIMES}|\\d{1,2}){1,3}分钟|(?:${TIMES}|\\d{1,2}){1,3}(?:分钟|个小时|小时)(?:之?后|内)?(?:我)?(?:要|就要|就|得)(?:走|出发|出门|登机|开会|上车|起飞|用)`,
    `第${TIMES}{1,2}[次遍回](?:了|问|联系|找|来|打|跟|说|反|投|$|[,.!。])|(?:问|说|联系|打|找|催|反映|投诉|写)(?:了|过)?(?:你们?)?(?:${TIMES}){1,2}[次遍回]|(?:${TIMES}){1,2}[次遍回]了|又来问|又问|再问一[次遍]|说(?:了)?多少[次遍]`,
    '还在等|还要等(?:多久|到)|还得等|要等(?:多久|到什么时候|到何时)|等了(?:很久|好久|半天|太久|这么久|一个?(?:小时|上午|下午|星期|周|早上)|[^,.!?。]{1,5}(?:小时|分钟|天|个月|周|星期))|(?:怎么|为什么|为何)(?:还|都)(?:没|不)|又来了|又没|到底(?:管|给|有没有|什么时候|要|能|行|怎么|多久|还)|到现在(?:还|都)(?:没|不)|还没(?:好|处理好|弄好|解决|查到|修好)(?:吗|呢|嘛|啊|[?])|都?第几次|别(?:废话|啰嗦|绕|拖)|少废话',
    '(?:直接|只要|只想|就想|就要|只求)[^,;:?!。]{0,6}?(?:解决|修好|退款|退钱|退货|换货|换新|处理好|告诉我(?:行|能|可)|给我(?:退|换|修|办|答案|结果))|火速|速回|速度(?:点|!|$)|^速(?!度)|催(?:一下|促|了)|一句话',
  ].join('|'),
);
export const NEAR_ZH = folded('快|马上|立刻|现在|今天|又|再|急|等|还没|怎么还|多久|几点|[!?]{2}|呢[?]|人呢');
export const KNOCKS_ZH = folded(
  '^\\W*(?:喂|在吗|在不在|人呢|有人吗|有人在吗|还在吗|在么|哈喽|你好|您好|怎么样了|好了吗|好了没有?|查到了?[吗没]|说话啊?|回话|回复啊)[?!。,]*\\W*$',
);
export const CALM_ZH = folded(
  '不(?:着|用|太|是很|怎么|必)?急|不用(?:着急|赶|那么快)|别急|慢慢来|不赶时间|不赶|有空(?:的时候)?再|方便(?:的时候)?再|什么时候都(?:行|可以)',
);
