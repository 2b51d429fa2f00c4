/** Telling people that they were told, and telling them off. */
import type { StarterRule } from './rule.ts';

const asISaid: readonly StarterRule[] = [
  {
    key: 'as-i-said',
    topic: 'as-i-said',
    title: 'As I said',
    finds: [
      "as (I|we|I've|we've) (have)? (already|just|previously|have)? (said|mentioned|told you|explained|stated|wrote|written|shared|pointed out|noted)(,)?",
      'as (already|previously|earlier) (said|mentioned|told|explained|stated|noted|discussed|advised|communicated)(,)?',
      '^as (stated|mentioned|explained|advised|noted|discussed)(,)?',
      'like (I|we) (already|just)? (said|told you|mentioned|explained)(,)?',
      '(as)? per my (last|previous|earlier) (message|email|e-mail|reply|note)(,)?',
      'according to the information (…)? (provided|given|sent) to you',
    ],
    sayInstead: ['Let me put it better:', 'I did not make that clear enough. What I mean is:'],
    reason: 'It blames the reader for not having taken it in. If it did not arrive, say it in another way.',
    level: 'warning',
    mustFire: [
      { text: 'As I already said, it ships on Monday.' },
      { text: 'As previously mentioned, we need the receipt.' },
      { text: 'Like I told you, the shop is closed.' },
    ],
    mustNotFire: [
      { text: 'Is it as good as we said it would be?' },
      { text: 'It weighs as much as I told the courier.' },
      { text: 'You told me it was for Friday, so I chose the faster way.' },
    ],
    except: [
      '(told|said|promised|wrote|mentioned|explained) (you)? (that)? (I|we) would',
      '(told|said to|explained to|mentioned to) (my|our|him|her|them)',
      '(is|was|are|were) as (I|we) said',
      '(good|much|well|soon|far|long|early|late|big|small) as (I|we)',
    ],
  },
  {
    key: 'i-told-you',
    topic: 'as-i-said',
    title: 'I have told you already',
    finds: [
      'I (have)? (already)? told you (that|this|so|yesterday|before|already|last|earlier|twice)',
      '^ (and|but|so|once)? again(,)? (I|we|it|the|this|that|you)',
      "(I have|I've|we have|we've|I|we) already (told|explained|answered|said|informed|sent|given|gave|mentioned|replied|responded)",
      '(I|we) (did|just) (tell|told|explain|explained|say|said|answer|answered|mention|mentioned) (you|it|this|that|so)?',
      'how (many times|often) (do|must|should|shall|have|did) (I|we)',
      '(you were|you have been|you have already been|you had been) (already|clearly|repeatedly)? (told|informed|advised|warned) (about|of|that|this|it|before|twice|in|on|by|when)?',
      '(once again|again) (I|we) (must|have to|can only)',
      '(I|we) (can|could) only repeat',
    ],
    sayInstead: ['Let me put it another way:', 'Here it is once more, and please ask me anything about it:'],
    replaces: 'sentence',
    reason:
      'Nobody asks twice to annoy you. Being reminded of it feels like school; a second, clearer answer feels like help.',
    except: [
      '(sorry|apolog*|thank*)',
      '(I|we) would',
      '(told|sent) you (…)? wrong',
      'told (…)? (colleague|colleagues|team|him|her|them)',
      '(sent|given|gave|explained|told) (it|this|that|everything|all) (to)? (my|our|him|her|them)',
      '(sent|gave|given) you',
      'already sent',
      '(what|who|when|where|were|if) you (were|have been) (told|informed|advised)',
      '(told|informed|advised) (…)? (wrong|wrongly|incorrect|incorrectly|badly|nothing)',
    ],
    level: 'suggestion',
    mustFire: [
      { text: 'I have already told you that it is sold out.' },
      { text: 'You were informed about the fee.' },
      { text: 'How many times do I have to explain it?' },
    ],
    mustNotFire: [
      { text: 'I have already told my colleague the whole story, so you need not.' },
      { text: 'I have already sent you a new one; it arrives tomorrow.' },
      { text: 'Were you told when the driver would come?' },
    ],
  },
  {
    key: 'had-you-read',
    topic: 'as-i-said',
    title: 'It is written there',
    finds: [
      'if you (had|would have|have)? (actually|only|just)? (read|looked|checked|listened|followed|paid attention) (…)? (you would|you will|you should|properly|carefully|again)',
      '(please)? (re-read|reread|read (it|this|that|my message|the message|my answer|the e-mail|the email|the description) (again|carefully|properly))',
      "(it is|it's|that is|that's|this is|was|were) (clearly|plainly|explicitly|obviously) (stated|written|explained|mentioned|visible|marked|shown|listed|described)",
      'it (clearly|plainly|explicitly) (says|states|shows)',
      '(says|is written|is stated) (right|clearly) (there|on|in)',
    ],
    sayInstead: ['Let me show you where it is:', 'It is easy to miss, so here it is:'],
    replaces: 'sentence',
    reason:
      'If somebody did not see it, it was not plain enough. Show it to them, and tell those who write our pages.',
    level: 'suggestion',
    mustFire: [
      { text: 'If you had read the description, you would know.' },
      { text: 'It is clearly stated on the page.' },
      { text: 'Please read my message again.' },
    ],
    mustNotFire: [
      { text: 'Have you read the part about the warranty, or shall I sum it up?' },
      { text: 'I have read your message again, and I see what I missed.' },
      { text: 'The price was not clearly shown, and that is our mistake.' },
    ],
  },
];

const blame: readonly StarterRule[] = [
  {
    key: 'you-should-have',
    topic: 'blame',
    title: 'You should have',
    finds: [
      "you (really|probably)? (should have|should've|ought to have|could have|could've|needed to have) (…)? (told|said|checked|read|contacted|called|informed|asked|written|noticed|ordered|let us|kept|looked|paid|chosen|selected|known|thought|booked|cancelled|canceled|returned|done|come)",
      "you (shouldn't have|should not have|shouldn't've) (…)? (done|opened|ordered|used|thrown|removed|changed|clicked|deleted|washed|touched|tried)",
      "(why|how come) (did not|didn't|have not|haven't) you",
      "(why|how come) (didn't|did|haven't|have) you (not|only|wait|open|order|throw|pay|delete)",
      '(next time|in future|in the future) (please)? (you)? (should|must|need to|make sure|remember|check|read|tell)',
    ],
    sayInstead: [
      'Let us see how we put it right from here.',
      'Thank you for telling me now. Here is what I do next:',
    ],
    replaces: 'sentence',
    reason: 'It looks back and finds somebody guilty. What happened cannot be changed; look ahead together.',
    except: [
      "could (have|'ve) (chosen|gone|bought)",
      'should have been',
      'should (not have|have not)? had to',
      'should (have|not have) (had to|been)',
      'next time (I|we)',
    ],
    level: 'warning',
    mustFire: [
      { text: 'You should have told us before it was sent.' },
      { text: "Why didn't you check the size first?" },
      { text: 'Next time please read the label.' },
    ],
    mustNotFire: [
      { text: 'You should have received an e-mail from me just now.' },
      { text: 'You should not have had to ask twice, and I am sorry.' },
      { text: 'Next time I will call you before it is sent.' },
    ],
  },
  {
    key: 'your-mistake',
    topic: 'blame',
    title: 'It was your mistake',
    finds: [
      'you (simply|obviously|apparently|clearly|just)? (failed|forgot|neglected|refused|omitted) to',
      "you (didn't|did not|haven't|have not|never) (actually|even|correctly|properly)? (provide|provided|follow|followed|enter|entered|fill|filled|include|included|complete|completed|pay|paid|tell|told|answer|answered|respond|responded|reply|replied|inform|informed|submit|submitted)",
      'you (have|had)? (entered|gave|given|provided|typed|chose|chosen|selected|wrote|written|used|ordered|put|picked|sent) (us|in|down)? (the|a|an) (wrong|incorrect|invalid|false)',
      '(your|user|customer|own) (own)? (error|fault|mistake)',
      "(because|since|as) you (did not|didn't|have not|haven't|forgot|failed)",
    ],
    sayInstead: [
      'There seems to be a slip in the details. What should they be?',
      'One thing is still missing for me to send it:',
    ],
    replaces: 'sentence',
    reason:
      'Even when it is true, it helps nobody and hurts. Leave the person out of it: speak of the thing that is missing.',
    except: [
      "(not|no|never|isn't|wasn't|nor|rather than) (your|a|an|any|of your|at all your)? (own)? (error|fault|mistake)",
      "(if|when|in case|unless|whether) you (did not|didn't|have not|haven't|never|forgot|entered|gave|chose|selected|ordered|used)",
      'mistake, not yours',
    ],
    level: 'suggestion',
    mustFire: [
      { text: 'You failed to include the receipt.' },
      { text: 'You entered the wrong address, so it came back.' },
      { text: 'That was your own mistake.' },
    ],
    mustNotFire: [
      { text: 'It is not your mistake at all.' },
      { text: 'If you chose the wrong size, I will change it before it ships.' },
      { text: 'You never have to pay for a repair in the first year.' },
    ],
  },
  {
    key: 'you-claim',
    topic: 'blame',
    title: 'You claim that',
    finds: [
      'you (claim|claimed|allege|alleged|are claiming|are alleging) (that|to|it|the|you|we)?',
      '(the|your) (alleged|so-called|supposed) (damage|defect|delay|problem|error|issue|fault|loss|call|message)',
      'according to you',
      'are you (really|quite|absolutely|100%)? (sure|certain) (that)? you',
      'you must (have|be) (…)? (mistaken|wrong|confused|misread|misunderstood|dreaming|overlooked|missed|lost|deleted)',
      "(that is|that's|this is) (impossible|not possible|simply not true|not true|unlikely)",
      "(that|this) (cannot|can't|can not) be (true|right|the case)",
    ],
    sayInstead: [
      'Thank you for telling me. So that I see what you see: what is on the screen now?',
      'I believe you. Let me find out what happened.',
    ],
    replaces: 'sentence',
    reason:
      'Doubt is the costliest thing we can send, since nearly everybody tells the truth. Believe first, then look.',
    except: ['(insurance|file|make|made|your|a) claim', 'sorry'],
    level: 'suggestion',
    mustFire: [
      { text: 'You claim that it arrived broken.' },
      { text: 'Are you sure you plugged it in?' },
      { text: 'You must have deleted it by accident.' },
    ],
    mustNotFire: [
      { text: 'You can claim the refund until the end of May.' },
      { text: 'Are you sure about Tuesday, or would Wednesday suit you better?' },
      { text: 'You must have been very disappointed.' },
    ],
  },
  {
    key: 'calm-down',
    topic: 'blame',
    title: 'Calm down',
    finds: [
      '(you need to|you have to|you must|you should|please just|just) be (a little|a bit|more)? patient',
      "^ (please)? (just|do|you need to|you should|you must|I must ask you to|let us|let's)? (calm down|chill out|settle down|be reasonable)",
      '(need|try|have|ask you) to (calm down|chill out|settle down|be reasonable)',
      '(calm down|calm yourself) (please)? $',
      '^ (please)? (just|do)? (stay calm|keep calm|be patient)',
      '^ (please)? (just)? relax $',
      "(no need|no reason|don't need|do not need|not necessary|needn't|need not) (to|for you to)? (be|get|become|being) (so)? (rude|upset|angry|aggressive|emotional|annoyed|worked up|impatient)",
      '(no need|no reason) to (shout|yell|swear|raise your voice)',
      "(don't|do not|stop) (be|get|being|getting) (so)? (rude|upset|angry|aggressive|emotional|annoyed|worked up|impatient)",
      '(watch your|mind your|lower your|appreciate your|accept your|like your) (tone|language|attitude|voice)',
      'your (tone|language|attitude) (is|was) (…)? (rude|unacceptable|inappropriate|offensive|uncalled for)',
      "(you are|you're) (overreacting|exaggerating|being (rude|unreasonable|difficult|impatient|aggressive))",
    ],
    sayInstead: [
      'You are right to be upset. Let me see at once what I can do.',
      'I hear you, and I am on it now.',
    ],
    replaces: 'sentence',
    reason:
      'It has never calmed anybody. People come down by themselves once they see that somebody has understood and is doing something.',
    except: [
      '(I|we) (like|love|really like|appreciate) your',
      '(skin|muscle|muscles|dog|baby|market)',
      '(choose|change|set|pick|select) your language',
      'your language (settings|setting|version|is|of|choice)',
      'in your language',
    ],
    level: 'warning',
    mustFire: [
      { text: 'Please calm down.' },
      { text: 'There is no need to get angry with me.' },
      { text: "I don't appreciate your tone." },
    ],
    mustNotFire: [
      { text: 'The cream helps the skin to calm down until the morning.' },
      { text: 'I can write to you in your language, if you prefer.' },
      { text: 'You have every reason to be angry.' },
    ],
  },
  {
    key: 'you-misunderstood',
    topic: 'blame',
    title: 'You misunderstood',
    finds: [
      "(you|you've|you have) (have)? (obviously|clearly|probably|simply|perhaps|maybe|just)? (misunderstood|misread|misheard|misinterpreted|confused|mixed up|got (it|that|this) wrong)",
      "(you are|you're|you seem|you seem to be) (wrong|mistaken|confused|incorrect|misinformed)",
      "(you don't|you do not|you didn't|you did not) (seem to)? (understand|listen|get (it|that|the point))",
      "(that is|that's|this is) (not|n't) what (I|we) (said|wrote|told you|promised)",
    ],
    sayInstead: ['I did not put that clearly. What I meant is:', 'Let me say it in a better way:'],
    replaces: 'sentence',
    reason:
      'If it was misunderstood, it was said badly. Take that on yourself: it costs nothing and saves the other’s face.',
    except: ['if (I|we|you)', '(no wonder|sorry that|see why)'],
    level: 'suggestion',
    mustFire: [
      { text: 'You have misunderstood the offer.' },
      { text: 'I think you are mistaken.' },
      { text: "That's not what I said." },
    ],
    mustNotFire: [
      { text: 'If I have misunderstood you, please correct me.' },
      { text: 'You are not mistaken, the price did change.' },
      { text: 'No wonder you misunderstood it: our page is confusing.' },
    ],
  },
  {
    key: 'your-responsibility',
    topic: 'blame',
    title: 'That is your responsibility',
    finds: [
      "(it is|it's|that is|that's|this is) (still|entirely|solely|really)? (your|the customer's|the user's|the buyer's) (own|sole)? (responsibility|problem|risk|job|duty)",
      "(you are|you're|the customer is|the buyer is) (solely|fully|entirely|also|still)? responsible for",
      'at your own (risk|expense|cost)',
      'it is up to you to',
    ],
    sayInstead: [
      'Here is how I can make it easier for you: {alternative}.',
      'We do it together, and the first step is mine.',
    ],
    replaces: 'sentence',
    reason: 'It pushes the person away just when they ask for a hand. Say what you can take over.',
    level: 'suggestion',
    mustFire: [
      { text: 'It is your responsibility to check the parcel.' },
      { text: 'You are responsible for the return costs.' },
      { text: 'You do that at your own risk.' },
    ],
    mustNotFire: [
      { text: 'Who is responsible for the garden in your house?' },
      { text: 'It is your choice: blue or green, and both are here today.' },
      { text: 'You are not responsible for that, we are.' },
    ],
  },
];

export const blameRules: readonly StarterRule[] = [...asISaid, ...blame];
