/** How a concrete alternative sounds in English, over one folded sentence. */

/** Somebody does something: the alternative begins here. */
export const OFFERS_EN = new RegExp(
  [
    "\\b(?:i|we|you|they|he|she|somebody|someone|(?:my|our|a|the) (?:colleague|courier|driver|team|shop|technician|engineer|manager|neighbou?r|branch|partner)(?: [\\w'-]{2,15}){0,4})(?:'ll|'d| can(?!'t|not| not| never| no | only)| could(?!n't| not| have)| may(?! not)| might(?! not)| will(?! not| never)| would(?!n't| not| have)| shall(?! not)|'re (?:very |more than )?(?:welcome|free|able)| are (?:very |more than )?(?:welcome|free|able)|'m (?:very |more than )?(?:happy|able|glad)| am (?:very |more than )?(?:happy|able|glad)|'re (?:very |more than )?(?:happy|glad)| are (?:very |more than )?(?:happy|glad)|'ve (?:set|put|booked|reserved|kept|found|arranged|ordered)| have (?:set|put|booked|reserved|kept|found|arranged|ordered))\\b",
    "\\bwould you (?:like|prefer|be happy|be open|rather|mind|want)\\b|\\b(?:shall|may|can|could|should) (?:i|we)\\b|\\blet me\\b|\\blet us\\b|\\blet's\\b|\\bhow about\\b|\\bwhat about\\b|\\bwhy (?:not|don't (?:i|we|you))\\b|\\b(?:i|we)(?: do|'ve got| have got| also)? have\\b|\\bthere(?:'s| is| are| would be)\\b|\\balternatively\\b|\\binstead\\b|\\bfeel free to\\b|\\bwould [\\w':.]{1,12}(?: [\\w':.]{1,12}){0,4} (?:work|suit|do|be)\\b|\\bi(?:'d| would)? (?:suggest|propose|recommend)|\\bwe(?:'d| would)? (?:suggest|propose|recommend)|\\b(?:what|all|the (?:best|one thing)|everything) (?:i|we) can (?:do|offer)\\b[^.?!]{0,30}\\bis\\b",
    '(?:^|[,;:–—(]|\\bor|\\band|\\bthen|\\bbut)\\s*(?:or |and |then |please |just |simply |alternatively,? ?|instead,? ?|either |to |we |i |\\d[.)] ?|- ?|• ?){0,4}(?:come|pick|collect|have|take|get|return|bring|drop|swap|exchange|replace|refund|send|ship|deliver|book|reserve|move|rebook|reschedule|meet|call you|ring you|order|buy|borrow|lend|repair|fix|use|choose|try|keep|hold|leave|put|pay|give|offer|upgrade|add|extend|serve|bake|make|set|arrange|change|credit|visit|see|stay|eat|dine|ride|post|fetch|gift|wrap|split|waive|reimburse|do)(?:ing)?\\b',
  ].join('|'),
  'g',
);
/** Where the time or place may stand before: "Friday at nine would work". */
export const AVAILABLE_EN =
  /(?:is|are|'s|would be|works?|would (?:work|be)|will be|can be|could be) (?:also |still |perfectly |already )?(?:possible|free|available|open|in stock|fine|ready|waiting|yours|doable|an option|delivered|sent|collected|picked up|ready)\b|\bwould work\b|\b(?:has|have|had|stocks?|sells?|carries) (?:it|them|one|some|the same|exactly|that|this)\b|\b(?:deliver|shipp?|collect|pick-?up|refund|exchange)\w* (?:is|are) possible\b/g;

/** Before an offer: it is none. */
export const NO_OFFER_BEFORE_EN =
  /\b(?:nothing|nowhere|anything|something|everything|all|no way|not|n't|never|wish|doubt|whether|unless|hardly|how|what|where|when|who|which|why|if|as soon as|once|until|so that|in case|because|than|before|after|hope|hoping|(?<!afraid )that|thing|things|best|most|least|as far as|sure)\b(?: (?:that|it|is|was|else|more|much|really|also))? ?$/;

/** In an offer: it leads nowhere, or back to the customer. */
export const VAGUE_EN =
  /\b(?:anything|something|someone|somewhere|somebody) else\b|\bother (?:questions?|ways|matters|things)\b|\bnever\b|\bnothing\b|\b(?:try|check|come|call|write|get) (?:it |us |this |in |back )?again\b|\btry (?:later|again|back|anew)\b|\bsome (?:other )?(?:day|time)\b|\bsometime\b|\bone (?:fine )?day\b|\blater(?! (?:today|this|in|on|than|tonight))|\banother (?:department|team|company|time|colleague|agent|day)\b|\b(?:contact|reach out|speak (?:to|with)|talk (?:to|with)|refer|turn to|consult|get in touch|be in touch|in contact|email|e-mail|write to|chat with|ask)\b(?! (?:me\b|you\b|them to|him to|her to|our courier|the courier|the driver|my colleague to))|\b(?:call|ring|phone) (?:us|our|the|customer|support|them|this|in)\b|\b(?:website|web ?site|web ?page|homepage|faqs?|help (?:page|cent(?:er|re)|article)|support page|app store|self-service|contact form|terms and conditions|our terms|policy|policies)\b|\bclose (?:this|the|your) (?:ticket|case|chat|conversation|request)\b|\b(?:wait|be patient|bear with|keep an eye|stay tuned|take a look|have a look|let (?:me|us|you) know|understand|apologi[sz]e|assure|imagine|appreciate|believe|hope|see why|only say|thank|wish you|forward this|(?:your|to our) (?:\w{2,12} )?(?:feedback|comments|interest)|pass (?:this|it|that|your) on|share your|make a note|take note)\b|\b(?:help|assist) (?:you|with)\b(?: (?:with|in|on|any|out|further|today|now|this|that|there))|\b(?:hear|receive|get) (?:from us|an? (?:answer|reply|e-?mail|confirmation|update|notification|survey|message|response)|our (?:answer|reply|e-?mail|response))\b|\bhave (?:a (?:great|nice|good|lovely|wonderful)|any|to\b)|\b(?:have|had) (?:been|told|said|explained|already|received|your)\b|\bif (?:we|i) (?:had|could|were)\b|\b(?:nice|great|good|lovely) (?:day|evening|weekend|afternoon|morning)\b/;

const COLOUR =
  'red|blue|green|black|white|grey|gray|yellow|pink|orange|purple|brown|silver|gold|navy|beige|cream|ivory';
const SPOT =
  "(?:door|doorstep|front door|home|house|flat|address|office|shop|shops|store|stores|branch|branches|counter|warehouse|room|lobby|garden|gazebo|fireplace|terrace|reception|neighbou?r'?s?|locker|pick-?up point|parcel (?:shop|point)|post office|station|airport|workshop|street|road|lane|avenue|square|hotel|restaurant|market|caf[eé]|showroom|kitchen|patio|balcony|pool|bar|lounge|gate|platform|terminal|town|city|village|desk)";
/** A place in the folded text; names of places are looked for in the text as written. */
export const PLACE_EN = `\\b(?:at|to|in|from|into|on|by|near|outside|behind|opposite|next to|beside|round|around) (?:the|your|our|my|a|any|any of our|one of our|his|her|their|its)(?: (?!online|web|app|help|service|support|first|chat|same)[\\w'-]{2,14}){0,4} (?<!online |web |app |help |service |support )${SPOT}\\b(?! (?:policy|page|rules|hours))`;
export const NAMED_PLACE =
  /\b(?:at|near|opposite|behind|beside)(?: the| our| your)? (?!(?:I|You|We|They|He|She|It|If|The|This|That|Please|Twitter|Facebook|Instagram|WhatsApp|Google|Apple|DM|PM|URL|Customer|Service|Support|Help|Feedback|Internet|Christmas|Easter)\b)\p{Lu}[\p{L}'’-]{1,20}|\b(?:shop|store|branch|restaurant|hotel|workshop|counter|place|colleague|market|office)s?(?: in| on| at| near)? (?!(?:I|You|We|They|If)\b)\p{Lu}[\p{L}'’-]{1,20}|\b(?:in|on|from|to|by|at|of)(?: [\p{L}'’-]{1,20}){1,3} (?:Street|St|Road|Rd|Lane|Avenue|Ave|Square|Place|Park|Station|Bridge|Market|Hill|Gate|Row|Mews|Arcade|Centre|Center)\b/u;
/** Where the body goes, a name behind "in" or "to" is a place too: "collect it in Leeds". */
export const BODILY_PLACE =
  /\b(?:pick|collect|come|visit|drop|meet|deliver|bring|stay|eat|dine|fetch|try|see|courier|driver|shop|store|ship|send)(?: [\p{L}'’-]{1,20}){0,6} (?:in|to|from) (?!(?:I|You|We|They|He|She|It|If|The|This|That|English|Chinese|Settings|Support|Customer|Service|Help|Feedback|Mail|Apple|Google|Twitter|DM|PM)\b)\p{Lu}[\p{L}'’-]{2,20}/u;
const THING_EN = `\\b(?:an?|your|the|full|partial|free|new|another|this|one|our|some|of|in)(?: [\\w'-]{2,14}){0,4} (?:refund|replacement|vouchers?|exchange|discount|store credit|gift cards?|credit note|coupon|upgrade|loan(?:er)?|sample|spare|express delivery|delivery slot|return label|(?:travel|store|account) (?:funds?|credits?)|bouquet|credit|in?stal?lments?)\\b|\\b(?:travel funds|full refund|free (?:shipping|delivery|return)|half price|store credit|express (?:delivery|shipping)|(?:partial|full) credit|money back)\\b|\\b(?:the|a|an|one|it|them|same)(?: [\\w'-]{2,14}){0,4} in (?:${COLOUR}|(?:a )?size \\w{1,4})\\b|\\bthe (?:same|similar|previous|next|larger|smaller|bigger|${COLOUR})(?: [\\w'-]{2,14}){0,4} (?:one|model|version|size|colou?r|dress|lamp|vase|shirt|shoes)\\b|\\bthe (?:${COLOUR}) (?:one|[\\w'-]{3,14})\\b|[£$€¥] ?\\d{1,5}|\\b\\d{1,5}(?: ?%| percent| pounds| euros?| dollars| usd| points)`;

/** The page where it is done, which is left out as a link: "you can cancel it here: …". To read, to write to or to vote at, it is none. */
const PAGE_EN =
  "\\b(?:you|we|i) can (?!learn|read|find|see\\b|check|look|visit|view|send|submit|share|leave|vote|contact|reach|get (?:help|support|in touch)|report|ask|chat|follow us)[a-z'-]+(?: [\\w'-]+){0,12}? (?:here|at|on|via|from|through|with|using|in)\\W{0,3}\\ufffc{8,}";

/** What makes an offer concrete beside a time: a place, a named thing. */
export const ANCHORS_EN = [
  '\\b(?:right (?:now|away)|straight away|immediately|at once|now)\\b',
  PLACE_EN,
  THING_EN,
  PAGE_EN,
].map((source) => new RegExp(source, 'g'));
