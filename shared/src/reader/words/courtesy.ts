/** Words of hello and goodbye, over folded text. */
import { folded } from './folded.ts';

export const GREETS_EN =
  /\b(?:hello|hi|hey|hiya|good (?:morning|afternoon|evening|day)|morning|greetings|welcome(?: back)?|dear|nice to (?:meet|see|hear)|lovely to (?:meet|see|hear)|how are you)\b/;
export const GREETS_ZH = folded(
  '[您你]好|早上好|上午好|中午好|下午好|晚上好|早安|午安|晚安|早啊|嗨|哈[喽啰罗]|欢迎|大家好|很高兴(?:为您|认识|见到|遇到)|幸会|好久不见',
);

export const THANKS_EN =
  /\b(?:thanks|thank you|thank(?:ful)?|grateful|appreciate[ds]?|much obliged|many thanks|cheers|(?:was|is|been) (?:a|my) pleasure)\b/;
export const THANKS_ZH = folded('谢|感激|感恩|承蒙|劳您|多亏您');

export const NEXT_STEP_EN =
  /\byou(?:'ll| will| should)(?: \w{2,12})? (?:get|receive|have|find|hear|see|be)\b|\b(?:i|we)(?:'ll| will| shall|'m going to|'re going to| am going to| are going to|'m sending|'m posting| stay| remain|'m here|'re here| am here| are here|'m always| am always)\b|\b(?:your|the|my|it|that|they|this|our)(?: [\w'-]{1,15}){0,4} (?:arrives?|ships?|leaves|comes|reaches|lands|is due|is on (?:its|the) way|are on (?:their|the) way|will|takes|'ll)\b|\bit'(?:ll|s on its way)|\bif (?:anything|there(?:'s| is| are)|you(?:'d| would)? (?:need|have|ever|want|like|run|notice|see|think|get)|something|it (?:does|is|should|comes|happens|hasn|isn|doesn)|that (?:does|is|should)|not\b)|\bshould (?:anything|you|it|there)\b|\b(?:write|reply|answer|talk|call|come back|reach out|speak|get back|turn) to (?:me|us|this)\b|\b(?:let|reach|call|message|find|ask for|tell|ping) (?:me|us)\b|\bjust (?:reply|write|answer|call|ask)\b|\bsee you (?:on|at|in|tomorrow|next|again on|then)\b|\bnext (?:step|thing)\b|\bwhenever you\b|\bmy (?:direct )?(?:line|number|e-?mail)\b|\bkeep (?:you|an eye)\b|\bstays? your contact\b/;
export const NEXT_STEP_ZH = folded(
  '[您你](?:会|将|就会|就能|很快就?会?|明天|稍后)[^,;:?!。]{0,12}?(?:收到|看到|拿到|接到|用上)|(?:我们?|我这边|同事|这边|仓库|快递)(?:明天|后天|今天|下周|会|将|来|随时|还会|一直|都|就|也会|这就|马上|继续)|如果?您?还?有(?!幸)|若有|有(?:任何|什么|其他|别的)?(?:问题|需要|需求|疑问|情况|事)[^。!?]{0,12}?(?:联系|找|告诉|写|留言|回复|来信|说|提)|随时|(?:包裹|订单|退款|货|快递|款项|商品|新的?|补发|礼券|发票)[^。!?]{0,12}?(?:到|送达|到账|发出|寄出|上门|入账)|接下来|下一步|预计|届时|到时候?|直接回复|回复(?:这|此|我)|(?:还是|仍然|依然)(?:由|是)我',
);

/** After a Chinese family name: how one is addressed. */
export const TITLES_ZH =
  '(?:女士|先生|小姐|太太|夫人|老师|教授|医生|经理|总|董|阿姨|大哥|大姐|哥|姐|同学|叔叔|伯伯|律师|博士|老板)';
export const TITLES_EN = '(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam|doctor|herr|frau)';
/** Family names of two characters; all others have one. */
export const LONG_FAMILY_NAMES =
  /^(?:欧阳|司马|上官|诸葛|东方|夏侯|皇甫|尉迟|公孙|慕容|令狐|司徒|司空|端木|南宫|轩辕|长孙|宇文|张简|范姜|呼延|独孤|百里|东郭|西门)/;
