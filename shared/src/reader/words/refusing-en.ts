/** How a refusal sounds in English, as regular expressions over one folded sentence. Every repeat is bounded. */

const HERE =
  '(?:we|i|none of us|(?:our|the|my|this|their) (?:\\w{2,15} )?(?:systems?|shop|stores?|teams?|warehouse|managers?|couriers?|drivers?|suppliers?|manufacturer|site|website|software|computer|company|polic(?:y|ies)|terms|rules?|kitchen|hotel|restaurant|colleagues?|boss|branch|office|bank|insurance|carrier|airline|law|contract|warranty|guarantee|offer|plan))';
const ADVERB =
  '(?:(?:,|just|really|simply|currently|still|also|actually|unfortunately|sadly|regrettably|now|therefore|honestly|normally|usually|generally|do|either|both|personally|at the moment|at this (?:time|moment|point)|right now|at present|in this case|yet|ever|even|always|however|is|are|that|possibly|any longer|directly|physically|legally|technically) ?,? ?){0,4}';
const CANNOT = "(?:can'?t|cannot|can not|can never|can no longer)";
const UNABLE =
  '(?:un(?:able|available)|not (?:currently |yet |really )?(?:able|allowed|permitted|in a position|authori[sz]ed|going to be able|prepared|willing|supposed|meant) to|forbidden|prevented from|prohibited|not going to (?:refund|return|exchange|replace|accept|take|pay|give|offer|do that|make|send|ship|deliver))';
const AM = "(?:'m|'re|'s| am| are| is| have been| has been)";
const GRANT =
  'refund|return|exchange|replace|cancel|ship|deliver|send|accept|take|give|offer|provide|sell|do|make|let|allow|permit|extend|waive|cover|pay|honou?r|compensate|reimburse|credit|process|approve|grant|fix|repair|support|assist|issue|book|hold|reserve|transfer|combine|match|discuss|disclose|release|guarantee|bring|move|install|serve|remove|amend|alter|change|update|swap|upgrade';
const REASSURING =
  '(?:take (?:long|more than|much|a minute|any longer|up)|keep you|make you|let (?:you|that|this|it) (?:down|happen|wait|go)|send you (?:any )?(?:more|another|further)|(?:do|make) (?:that|it|this|the same) (?:mistake )?again|make (?:the same|any) (?:mistakes?|difference|trouble)|give up|give (?:your|away|out)|disclose your|sell your|pay (?:any )?extra|release your|pay a|change (?:anything|your|the price)|cancel (?:your|anything)|discuss (?:it|this|that|your))';
const DO_NOT =
  'offer|accept|allow|ship|deliver|provide|sell|support|refund|exchange|permit|carry|stock|cover|do (?:that|this|it\\b(?! (?:lightly|again))|refunds|returns|exchanges|deliver|home)|give (?:refunds|discounts|out|cash|money)|make (?:any )?exceptions?|take (?:returns|cards?|cash|back|orders?|bookings?|reservations?|requests?|cheques?|it back|them back)|handle|deal with|repair|service|cater|serve|do (?:\\w{3,12} )?[a-z]{3,}ing\\b(?<!thing)|price[- ]?match|issue|let|process|compensate|reimburse|install|operate|work (?:on|with)|open on|have (?:that|(?:it|this|them|those|these|the [\\w-]{2,12}|any [\\w-]{2,12})(?: (?:one|ones|model|size|colou?r|version))? (?:in (?:stock|blue|red|green|black|white|your|that|this|a)|left|any ?more|available|yet|right now|at the moment|here|today)|the [\\w-]{2,12} (?:one|ones|model|size|colou?r|version)|this feature|this option|the (?:option|ability|features?|rights?|streaming|means|power|authority|capacity|possibility|legal)|a way|any way|an option|any (?:left|more|in stock|available|tables?|rooms?|availability|plans|control)|it in|such|permission|authority|control|streaming)';
const NOT_POSSIBLE =
  "(?:n't| not) (?:currently |yet |really |always |at all |even |actually )?(?:be )?(?:possible(?! to (?:be too|say|thank|put|overstate|express))|available|an option|allowed|permitted|feasible|doable|refundable|returnable|exchangeable|negotiable|eligible|entitled|covered by|within our|in our power|in stock|something (?:that )?(?:we|i)(?:'re| are| can| could| do| offer| support| would)|(?:supported|offered|administered|provided|sold|made|handled|managed) by us|our (?:department|responsibility|job|problem))";

/** One by one: as one expression they would take the engine far longer to make ready. */
const each = (...sources: string[]) => sources.map((source) => new RegExp(source, 'g'));

/** Something that every English refusal holds: most drafts are done after this one look. */
export const HINT_EN =
  /n't\b|\bcant\b|\bwont\b|\bcannot\b|\bnot\b|\bno\b|\bnon-?refund|\bnever\b|\bnobody\b|\bunable\b|\bimpossible\b|\bdeclin|\brefus|\brejected\b|\bdenied\b|\bagainst\b|\bnothing\b|\bunavailable\b|\bsold out\b|\bfully booked\b|\bout of\b|\bhands are tied\b|\bforbid|\bprevent|\bprohibit|\bnone of us\b|\bturn (?:you|it|this|that)\b|\bdoubt\b|\btoo late\b|\bexpired\b|\bwe (?:can )?only\b|\bcan only be\b|\bnope\b|\bnah\b|\bpass on\b|\bnone\b|\b(?:ran|run) out\b|\bneither\b|\bexcludes?\b|\brules? out\b|\b(?:ended|passed)\b/;

/** The writer's side says no. */
export const REFUSES_EN = each(
  `\\b${HERE} ${ADVERB}${CANNOT} `,
  `\\b${HERE} ${ADVERB}${CANNOT}(?=[.,;:!]|$)`,
  `\\b${HERE}${AM} (?:${ADVERB})${UNABLE}\\b`,
  `\\b(?:we|i) (?:are|am)n't (?:${ADVERB})(?:able|allowed|permitted|in a position|authori[sz]ed|prepared|willing|going to be able)\\b`,
  `\\b${HERE}(?: will not| won'?t|'ll not| shan't| will never) ${ADVERB}(?:be able to|be possible|be (?:refund|replac|exchang|ship|deliver|send|accept|giv|offer)ing|go (?:any )?(?:lower|beyond|below)|(?!${REASSURING})(?:${GRANT})\\b)`,
  `\\b${HERE} ${ADVERB}(?:don'?t|do not|doesn'?t|does not|no longer|never) ${ADVERB}(?:${DO_NOT})\\b`,
  `\\b${HERE} ${ADVERB}(?:forbids?|prevents?|prohibits?|rules? out|excludes?) (?:us|me|you|that|this|it|refund|return)`,
  "\\b(?:we|i)(?:'ll| will| do| would|'d)?(?: unfortunately| regrettably| sadly)? (?:have|had|need|must)(?: unfortunately| regrettably)?(?: to)? (?:decline|refuse|reject|say no|turn (?:you|this|that|it|your \\w+) down|disappoint you)",
  "\\b(?:we|i)(?:'ve| have)?(?: unfortunately| regrettably| sadly| also)? (?:declined|refused|rejected|decline|refuse|reject) (?:your|to|the|this|that|it)\\b",
  '\\b(?:nobody|no one|none of us|no colleague|no driver|no courier)(?: here| of us)? (?:can|is able to|is allowed to|will be able to)\\b(?! (?:replace|blame|beat|resist|deny|say|tell|know|forget) )',
  "\\b(?:we|i)(?:'ve| have)(?: got)? no (?:way|options?|control|rooms?|tables?|space|availability|plans to|choice but|capacity|authority|power|drivers?|slots?|stock|spare)\\b",
  "(?:afraid|unfortunately|sadly),? (?:that )?(?:we|i) couldn't\\b(?! (?:find|reach|see|hear))",
);

/** Nobody says it, it just is not to be. */
export const IMPERSONAL_EN = each(
  `(?<!\\b(?:you|they|he|she)(?:'re|'s| are| is| were| was)?)${NOT_POSSIBLE}\\b`,
  "\\byou(?:'re| are) (?:unfortunately |sadly )?not (?:eligible|entitled|allowed|permitted|covered)|\\byou (?:don't|do not) qualify\\b|\\byou aren't (?:eligible|entitled|allowed|permitted|covered)",
  "\\b(?:it|this|that|which|sunday|delivery)(?:'s| is| would be| will be)(?: simply| just| sadly| unfortunately| quite)? (?:impossible|out of the question|unavailable|against (?:our|the|company)|beyond (?:our|my) (?:control|power)|a no\\b|off the table)",
  "\\b(?:there(?:'s| is) |i see )?no way (?:to|for us|for me|we|i|around)\\b|\\bthere(?:'s| is| are) no (?:options?|refunds?|exceptions?|tables?|rooms?|availability|possibility|chance)\\b",
  '\\bnothing (?:more |else |further )?(?:that )?(?:i|we) can (?:do|offer|change|say)\\b|\\bnot (?:much|a lot|anything|something)(?: more| else)?(?: that)? (?:i|we) can (?:do|offer|change)\\b',
  '\\b(?:my|our) hands are tied\\b|^(?:sorry,? )?no can do\\b|\\bagainst (?:our|the|company) (?:policy|policies|rules?|terms)\\b|\\bnon-?refundable\\b|\\bno (?:refunds|exceptions|returns)\\b|\\bno longer (?:possible|available|offered|supported|sold|in stock|made|valid)\\b',
  "\\b(?:i'm|i am|we're|we are) afraid (?:not\\b|(?:that's|it's|the answer is) (?:a )?no\\b|no\\b)|\\b(?:unfortunately|sadly|regrettably|sorry,? (?:but )?|certainly|absolutely|definitely),? (?:not|no)(?=[.,;!]|$)|\\bthe answer is (?:a )?(?:\\w{1,12} )?no\\b|^(?:but )?no, (?:sorry|i'm sorry|we|i'm afraid|unfortunately)",
  "\\b(?:your|the|this) (?:\\w{2,15} )?(?:request|claim|refund|return|application|complaint|appeal)(?: has been| was| is| will be|'s been) (?:declined|denied|refused|rejected|turned down)\\b",
  "\\b(?:we're|we are|i'm|i am|it's|it is|they're|they are|that's|this is|everything is|all \\w{2,12} are|sunday is|(?:the|that|this|your|our)(?: \\w{2,15}){1,3} (?:is|are)) (?:all |already |completely |currently |now |unfortunately |sadly )?(?:sold out|out of stock|fully booked|booked up|booked out)\\b",
  // The subject is left out.
  `(?:^|^sorry|^(?:so |very |really )?sorry,? but|^unfortunately|^sadly|^regrettably|afraid|^(?:and|but|so)),? ?(?:that )?(?:${CANNOT} (?!you\\b|i\\b|we\\b)|unable to |not able to |not possible|won't be (?:able|possible)|not allowed|not available|no refund|not an option|don't (?:offer|do|have|ship|sell|accept|allow)\\b)`,
  // What a customer may not do is a refusal; what they cannot manage ("you can't log in") is their trouble.
  `(?:^|(?:sorry|but|unfortunately|sadly|afraid|and|so|case|means)(?: that)?,? |, )you (?:unfortunately |sadly |also )?(?:can'?t|cannot|can not|may not|won't be able to|will not be able to|are unable to) (?:just |simply )?(?:return|exchange|cancel|get (?:a|your|the|any) (?:refund|money|discount|replacement|exchange)|have (?:a|it|that|this|both|your|the)|claim|swap|keep|bring|stay|do (?:that|this|it)|transfer|combine|change (?:it|this|that|your (?:order|booking|reservation|address|plan))|book|order|pay (?:by|with|in)|reschedule|extend|amend)\\b`,
);

/** No without "can't" and "won't": by the thing, by the rule, by a restriction, by half a sentence. */
export const ROUNDABOUT_EN = each(
  `\\b(?!(?:you|they|he|she|who|if)\\b)\\w{2,20} (?:${CANNOT}|won'?t|will not|may not|can only) (?:be|get) (?:refunded|returned|exchanged|cancell?ed|changed|altered|amended|moved|done|accepted|processed|replaced|shipped|delivered|transferred|extended|combined|reopened|undone|reversed|granted|approved|repaired|redeemed|credited|booked|honou?red|modified|edited|removed|given|offered|provided|made|arranged|used)\\b(?! (?:again|twice|against))`,
  "\\b(?:returns?|refunds?|exchanges?|cancellations?|changes?|cards?|cheques?|vouchers?|discounts?|requests?)(?: \\w{2,12}){0,4} (?:are|is)(?: not|n't) (?:accepted|granted|offered|given|made|processed|covered)",
  '\\bwe (?:can )?only (?:ship|deliver|accept|refund|exchange|take (?:cash|cards?)|offer (?:refunds|exchanges))\\b',
  "\\b(?:i|we) (?:really |just )?(?:don'?t|do not) (?:think|believe|expect)(?: that)? (?:(?:that|it|this|there)(?:'s| is|'ll be| will be| would be)(?: at all| really| even)? (?:possible|feasible|doable|allowed|an option|a way|anything|going to work)|(?:we|i) (?:can|could|will be able|would be able|are able|am able)\\b)|\\b(?:i|we) doubt(?: that| if| whether)? (?:(?:that|it|this)(?:'s| is|'ll be| will be) (?:possible|feasible|doable)|(?:we|i) (?:can|could|will be able))",
  "\\bthere(?: is|'s| are)?(?:n't| not|'s not) (?:anything|much|a lot|a thing|any way)(?: more| else)?(?: that)? (?:(?:i|we) can|to be done|for (?:me|us) to do)",
  '(?<!\\b(?:not|never|ever) )(?<!n.t )\\btoo late (?:to (?:change|cancel|return|exchange|refund|alter|amend|stop|do)|for (?:it|that|this)\\b)|\\b(?:offer|deal|voucher|coupon|sale|code|period|deadline|guarantee|warranty) (?:has |have )?(?:already )?(?:expired|ended|passed|run out)\\b',
  "(?:\\bthere(?:'s| is| will be| are)|,|\\bso,?|\\bsorry,?|\\bafraid,?|\\bget|\\boffer|\\bgive|^) ?\\bno (?:refunds?|discounts?|exchanges?|delivery|deliveries|compensation|replacement|exceptions?|returns?|credit)(?! (?:charge|fee|cost|costs|note)\\b)\\b",
  "^(?:(?:well|hm+|ah|sorry|i'm sorry|unfortunately|hello|hi)[,.]? )?(?:no|nope|nah)(?=[.!]*$)|^(?:nope|nah)\\b|^(?:sorry,? )?(?:but )?no(?=[.,;!]|$)(?! ?,? (?:problem|worries|trouble|need|that's|the |it's|i |this|rush|hurry|not at all))(?=.{0,3}(?:sorry|$))|\\b(?:sorry,? (?:but )?|, so )(?:no|not)(?=[.,;!]|$)|^(?:sorry,? )?not (?:today|possible|now|this time)(?=[.,;!]|$)",
  "\\byou (?:will not|won'?t|will never) (?:get|receive|have|be (?:given|getting|offered))(?: (?:a|an|any|your|the|another|more)){0,4} (?:\\w{2,10} )?(?:refund|money|discount|replacement|exchange|compensation|credit)",
  "\\b(?:that|this|it|which) (?:won'?t|will not|doesn'?t|does not|would not|wouldn'?t) (?:work|be possible|be doable)(?: for (?:us|me)| with us| on our (?:side|end))",
  "(?:'s| is|is)(?:n't| not) (?:my|our) (?:department|responsibility|job|problem|business|decision|area|policy)\\b|(?:'s| is)(?:n't| not) (?:up to (?:me|us)|how (?:it|this|we) works?|for (?:me|us) to (?:decide|say)|in my hands)|\\b(?:computer|system|manager|boss) says no\\b",
  "\\b(?:we|i)(?:'ll| will)? (?:have|need)? ?(?:to )?pass on (?:that|this|it)\\b|\\b(?:we|i) (?:could not|couldn'?t) (?:possibly|make an exception|do that|agree to)|\\bnone (?:is |are )?left\\b|\\b(?:we|i)(?:'ve| have)? (?:ran|run) out\\b",
  '\\bneither\\b[^.?!]{1,40}\\bnor\\b[^.?!]{0,30}\\b(?:possible|available|an option|can|offer)\\b|\\b(?:under no circumstances|at no time|never|in no case|by no means|on no account) (?:can|will|do|may|could) (?:we|i|you)\\b',
  `\\b(?:polic(?:y|ies)|rules?|terms|law|contract|regulations?) (?:forbids?|prohibits?|excludes?|rules? out|says? no|prevents?)(?: (?:us|me|that|this|it|you|all|any|refund|return|exchange|cancel|discount|chang|deliver)|[.,;!]|$)`,
  "\\bwe (?:just |sadly |unfortunately )?(?:don'?t|do not) (?:currently )?have (?:it|that|those|them|this|that one|this one)(?=[,.;!]|$| and\\b| but\\b| any ?more)",
  // A second verb without its subject: "we are closed on Sundays and can't deliver".
  `(?:,|\\band|\\bso|\\bor) (?:so |therefore |simply |just |sadly |unfortunately )?(?:${CANNOT}|won'?t) (?:${GRANT})\\b(?<=\\b(?:we|i)\\b[^.?!]{2,80})`,
);

/** Right after "can't": no refusal at all. */
export const HEARTFELT_EN = new RegExp(
  `^(?:${ADVERB})(?:only\\b|do enough|sleep|rest\\b|stop\\b|wait\\b(?! (?:any|that|until|till|for (?:the|your)))|thank|apologi[sz]e|stress|emphasi[sz]e|overstate|recommend|praise|imagine|believe|blame|agree more|be (?:more|happier|sorrier|sure|too)|help (?:but|feeling|noticing|it|wondering|thinking|smiling)|say (?:enough|how|sorry)|tell you how|tell you enough|begin to|put (?:it )?into words|express|complain|fault|beat|go wrong|argue|ask for more|remember|recall|think of|understand (?:why|how)|let you (?:\\w{2,10} )?(?:wait|leave|go|down|suffer|stand|pay twice)|have you (?:\\w{2,10} )?wait|leave (?:you|it|this|that)\\b|hide|deny|see (?:why not|any reason|a reason|you)|find|locate|trace|hear|spot|reproduce|make out|see\\b|read\\b|open\\b(?! (?:the|your|an?|this|that) (?:account|door|safe|case))|load\\b|reach|pull up|get (?:over|enough)|excuse|forgive|undo|change the past|take (?:any|the) credit|forget)`,
);

/** Right after "can't", "unable to": not known yet. A refusal only where nothing follows it up. */
export const IGNORANT_EN = new RegExp(
  `^(?:${ADVERB})(?:to )?(?:find|locate|see|tell|say|confirm|check|verify|look up|access|view|know|promise|guarantee|be (?:certain|sure)|give you an? (?:answer|exact|date|time|estimate)|answer)\\b`,
);
export const FOLLOWED_UP_EN =
  /\b(?:i|we)(?:'ll| will|'m going to| am going to|'re going to|'m| am) (?:\w{2,12} ){0,2}(?:find(?:ing)? out|ask|check|look|get back|come back|call|ring|let you know|update|investigat|write|confirm|keep you|raise|report|see\b|try)|\blet (?:me|us) (?:\w{2,12} ){0,2}(?:find|ask|check|look|see|confirm)|\b(?:could|can|would|will) you (?:\w{2,12} ){0,2}(?:tell|send|give|share|let|confirm|check|try|describe)|\bplease (?:\w{2,12} ){0,1}(?:send|share|give|provide|tell|confirm|let (?:me|us) know)/;

/** Directly before: a condition, a question or a double negation makes it none. */
export const SOFTENED_EN =
  /\b(?:if|unless|whether|in case|in the event|suppose|not that|n't mean(?: that)?|not mean(?: that)?|no reason(?: why)?|see why|nothing(?: that)?|where|whenever|how come|when|rather than|worried(?: that)?|feel like|as if|(?<!that's |that is |which is |explain |explains |reason |understand |'s |is )why|who|says|claims|claimed|thinks|thought|because you|since you|hear(?: that)?|(?:did|do) you know)(?: (?:for some reason|it turns out|it seems))? ?(?:that )?$/;
/** The same before a bare "not possible", whose subject stands in between. */
export const SOFTENED_BEFORE_NOT_EN =
  /\b(?:if|unless|whether|in case|when|because|since|why|where|who|says|claims|thought|should)\b[^,;:]{0,30}$/;
/** A sentence that begins so and ends with a question mark asks. */
export const ASKS_EN =
  /^(?:and |but |so |ok(?:ay)?,? |sorry,? |well,? )?(?:can|could|would|will|do|does|did|is|are|was|were|have|has|why|what|where|when|who|how|which|won|don|isn|aren|doesn|didn|couldn|wouldn|should|may|shall|am)(?:'t)?\b/;
