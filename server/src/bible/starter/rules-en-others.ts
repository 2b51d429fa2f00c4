/** Policy as a reason, and other customers: there is only the person who writes. */
import type { StarterRule } from './rule.ts';

const policies: readonly StarterRule[] = [
  {
    key: 'our-policy',
    topic: 'policy',
    title: 'Policy as a reason',
    finds: [
      "(it is|it's|that is|that's|this is) (just|simply|only)? (our|company|the|a company|store|house|standard|shop) (…)? (policy|procedure|rule|rules)",
      "(our|the|company|store) (…)? (policy|policies|rules|procedures|guidelines) (is clear|are clear|is strict|are strict|is that|is to|are to|is not|says|say|states|state|requires|require|does not|doesn't|do not|don't|won't|will not|only)",
      '(due to|because of|per|as per|according to|under|based on|in line with|in accordance with) (our|the|company|store) (…)? (policy|policies|rules|guidelines|procedures|regulations)',
      'against (our|the|company|store) (…)? (policy|policies|rules|guidelines)',
      '(policy|rules) (prevents|prevent|forbids|forbid) (me|us)',
    ],
    sayInstead: [
      'Here is what I can do for you: {alternative}.',
      'Let me see how we get you there all the same. What I can do is {alternative}.',
    ],
    replaces: 'sentence',
    reason:
      'A policy is a note to ourselves. Tell the real reason if there is one, and what you can do instead.',
    except: [
      '(your|their) (…)? policy',
      '(policy|policies) of (your|the|their)',
      'insurance policy',
      'privacy policy',
    ],
    level: 'warning',
    mustFire: [
      { text: "I'm sorry, but that's our policy." },
      { text: 'Our policy is to wait for seven days.' },
      { text: 'According to our return policy you had thirty days.' },
      { text: 'That would be against company policy.' },
    ],
    mustNotFire: [
      { text: 'Your insurance policy covers the windscreen.' },
      { text: 'Here is our privacy policy, and the part about your data is short.' },
      { text: 'You have a year to send it back.' },
    ],
  },
  {
    key: 'the-small-print',
    topic: 'policy',
    title: 'The small print',
    finds: [
      '(per|as per|according to|under|in|see|read|as stated in|in line with|based on) (our|the) (…)? (terms|terms and conditions|terms of service|terms of use|t&c|conditions|small print|fine print|contract|agreement)',
      '(terms|terms and conditions|contract|agreement) (clearly)? (state|states|say|says|specify|specifies|stipulate|stipulates)',
      '(you|this is|it is|that is|you have) (already)? (accepted|agreed to|agreed|signed|stated and agreed) (to)? (our|the|these|this|when|during|at|in)',
    ],
    sayInstead: [
      'Let me say plainly what that means for you:',
      'Here is what I can do for you: {alternative}.',
    ],
    replaces: 'sentence',
    reason:
      'Whoever quotes the contract has stopped helping and begun to win. Say what you can do, and explain in plain words.',
    except: ['violat*', 'before you (accept|agree|sign)'],
    level: 'suggestion',
    mustFire: [
      { text: 'As per our terms and conditions, opened goods cannot be returned.' },
      { text: 'You agreed to this when you ordered.' },
      { text: 'The contract clearly states twelve months.' },
    ],
    mustNotFire: [
      { text: 'Please read it in peace before you sign, and ask me anything.' },
      { text: 'The weather conditions say that we had better wait a day.' },
      { text: 'In plain terms: you pay nothing.' },
    ],
  },
  {
    key: 'not-allowed',
    topic: 'policy',
    title: 'I am not allowed to',
    finds: [
      "(I am|I'm|we are|we're) (not|unfortunately not|sadly not|never) (allowed|authorised|authorized|permitted|supposed|entitled) to",
      "(I|we) (don't|do not) have (the|any|enough)? (authority|authorisation|authorization|permission|permissions|clearance|rights) (to|for)",
      "(my|the) (manager|supervisor|boss) (won't|will not|does not|doesn't|would not|wouldn't|has to|must|needs to) (let|allow|approve|permit|agree|decide)",
    ],
    sayInstead: [
      'I am asking {colleague.fullName} for a yes, and I will be back in ten minutes.',
      'What I can do here and now is {alternative}.',
    ],
    replaces: 'sentence',
    reason:
      'Nobody wants to hear what you may not do. Go and get the yes, or offer what is in your own hands.',
    except: [
      'but (I will|I am|I do|we will|we do)',
      '(addressed|belongs|belonging|known) (only)? to',
      'I (will|am going to) do it (anyway|all the same)',
      '(password|passwords|code|codes|card number|privacy|somebody else*|someone else*|personal data)',
    ],
    level: 'warning',
    mustFire: [
      { text: "I'm not allowed to give discounts." },
      { text: "Sorry, I don't have the authority to decide that." },
      { text: "My manager won't approve it." },
    ],
    mustNotFire: [
      { text: 'For your own safety we are not allowed to ask for your password.' },
      { text: 'Am I allowed to call you by your first name?' },
      { text: 'I have asked my manager, and the answer is yes.' },
    ],
  },
  {
    key: 'no-exceptions',
    topic: 'policy',
    title: 'No exceptions',
    finds: [
      "(can't|cannot|can not|don't|do not|unable to|couldn't|won't|never|not able to) (make|grant|allow|do) (an|any|you an)? (exception|exceptions)",
      '(no|without) exceptions',
      '(if|once) (I|we) (did|do|made|make|start|started) (it|that|this|an exception|making exceptions)? (for you|for one|for everyone|for everybody)',
      'rules are rules',
    ],
    sayInstead: [
      'Let me see what is possible for you. What would help most?',
      'Not in that way, but I can do this: {alternative}.',
    ],
    replaces: 'sentence',
    reason:
      'It says that a rule matters more than the person. Unusual wishes often have a way that is just as good; look for it together.',
    except: ['exceptions (to|in) your'],
    level: 'warning',
    mustFire: [
      { text: 'We are unable to make exceptions, sorry.' },
      { text: 'If we did that for you, everybody would want it.' },
      { text: 'Rules are rules, I am afraid.' },
    ],
    mustNotFire: [
      { text: 'I have made an exception for you, and the fee is gone.' },
      { text: 'With the exception of Sunday we are here every day.' },
    ],
  },
];

const otherCustomers: readonly StarterRule[] = [
  {
    key: 'others-are-waiting',
    topic: 'other-customers',
    title: 'Others are waiting',
    finds: [
      '(other|many|more|several|so many|lots of|a lot of|too many|#) (other)? (customers|people|users|clients|guests|callers|chats|conversations|calls) (…)? (waiting|in the queue|in line|ahead of you|before you|at the same time|to look after|to help|to serve|to deal with)',
      "(I|we|I'm|we're|I am|we are) (have|also|currently|just|helping|serving|got|am|are)? (helping|serving|handling|chatting with|talking to|have)? (several|many|other|so many|too many|a lot of|#) (other)? (customers|people|clients|guests|callers|chats|conversations)",
      '(ahead of|before) you in (the|our)? (queue|line)',
      "(you are|you're) not (the|our) only (one|customer|client)",
    ],
    sayInstead: ['I am here for you now.', 'You have waited too long. I am sorry, and I am with you now.'],
    replaces: 'sentence',
    reason:
      'Right now there is only the person in front of you. The others are our task, and to tell them so makes them feel like a number.',
    except: ['^ how many', '(helped|bought|liked|chose)'],
    level: 'warning',
    mustFire: [
      { text: 'Please wait, there are many other customers in the queue.' },
      { text: "I'm helping several people at the same time." },
      { text: 'You are not the only one, you know.' },
    ],
    mustNotFire: [
      { text: 'How many people will be at the table?' },
      { text: 'It seats six people and folds away.' },
      { text: 'You are next, and I am with you in two minutes.' },
    ],
  },
  {
    key: 'heard-it-before',
    topic: 'other-customers',
    title: 'Asked eighty times today',
    finds: [
      '(lots of|many|so many|all|most) (people|customers|users) (ask|asked|tell|told) (me|us)',
      '(I|we) (get|hear|see|have|answer|am asked|are asked|get asked) (this|that|it|the same) (question|complaint|problem|one)? (a lot|all the time|every day|all day|often|so often|constantly|many times|# times)',
      "(I have|I've|we have|we've) (been asked|heard|answered|explained|seen|had) (this|that|it) (question)? (so many|many|a hundred|a dozen|#|several|countless) times",
      "(I'm|I am|we're|we are|been) asked (this|that|the same) (question)? (a lot|all the time|every day|# times|all day)",
      '(everybody|everyone|half the town) (asks|says|tells me|complains|wants) (this|that|the same|it)',
      '(frequently|commonly) asked question',
    ],
    sayInstead: ['A fair question. The answer is:', 'Let me answer that for you:'],
    replaces: 'sentence',
    reason:
      'For you it may be the eightieth time today. For the person who asks it is the first, and it deserves a fresh answer.',
    level: 'warning',
    mustFire: [
      { text: "I've been asked this so many times today." },
      { text: 'We get this question a lot.' },
      { text: 'Everybody asks that.' },
    ],
    mustNotFire: [
      { text: 'You have asked this before, and I am sorry that you never got an answer.' },
      { text: 'I have seen the film three times.' },
      { text: 'How often do you travel?' },
    ],
  },
  {
    key: 'nobody-else-complained',
    topic: 'other-customers',
    title: 'Nobody else has complained',
    finds: [
      "other (customers|people|users) (don't|do not|didn't|did not|have not|haven't) (have|had|complain|complained|seem to have)",
      '(nobody|no one|no-one|no other customer|none of our (other)? customers) (else)? (has|had|have)? (ever|yet|so far)? (complain*|mentioned|reported|noticed|(had|has) (this|that|the|such a|a) (problem|issue|trouble|complaint|question))',
      "(you are|you're) the (first|only) (one|person|customer|client)? (to|who|that) (complain*|report*|mention*|notice*|say|says|have|has|had)",
      '(never|not) (had|heard|received|seen) (of)? (this|that|a|any|such a|such) (…)? (complaint|complaints|complain*) before',
      '(everybody|everyone|all our customers|other customers|our other customers) (else)? (is|are|was|were|seem|seems) (very|quite|perfectly)? (happy|fine|satisfied|pleased)',
      'works (fine|perfectly)? for (everybody|everyone|all our customers|other customers|most people)',
    ],
    sayInstead: [
      'Thank you for telling me. Please show me what you see, and I will look into it at once.',
      'That should not have happened to you. Tell me what you need most.',
    ],
    replaces: 'sentence',
    reason:
      'It says: the trouble is you. One person who speaks up usually stands for many who have left in silence.',
    except: ['thank*'],
    level: 'warning',
    mustFire: [
      { text: 'Nobody else has complained about that.' },
      { text: 'You are the first person to mention it.' },
      { text: 'It works fine for everybody else.' },
    ],
    mustNotFire: [
      { text: 'Thank you for being the first to mention it; I am having it mended now.' },
      { text: 'Nobody else can read your messages.' },
      { text: 'You are the only one who can open it, since the key is yours.' },
    ],
  },
  {
    key: 'the-same-for-everybody',
    topic: 'other-customers',
    title: 'The same for everybody',
    finds: [
      '(the same|like that|this way|applies|apply) (for|to|with) (everybody|everyone|all customers|all our customers|every customer|all users)',
      "(not|n't|be|un)? (fair|unfair) (to|towards|on|for) (the|our|all|all the|all our)? other (customers|people|guests|users|clients|members)",
      '(everybody|everyone|every customer|all customers|all users|other customers) (else)? (has to|have to|must|needs to|need to) (wait|pay|queue|do|follow|accept)',
    ],
    sayInstead: ['Let me see what is possible for you.', 'What would make this right for you?'],
    replaces: 'sentence',
    reason: 'Fairness to people who are not here is no comfort to the one who is. Look at this one case.',
    except: ['(table|room|party|family|household)'],
    level: 'suggestion',
    mustFire: [
      { text: 'I am sorry, the price is the same for everybody.' },
      { text: "That wouldn't be fair to our other customers." },
      { text: 'Everybody has to wait three days.' },
    ],
    mustNotFire: [
      { text: 'Shall I order the same for everyone at your table?' },
      { text: 'You have to pay nothing at all.' },
    ],
  },
  {
    key: 'others-have-it-too',
    topic: 'other-customers',
    title: 'Others have it too',
    finds: [
      '(other|many|several|some|a few|lots of|a lot of|most|a number of) (of our)? (other)? (users|customers|people|clients|guests|members) (as well|too|also|are|have|had|who|report|reported|with) (…)? (same|similar|this)',
      '(same|similar) (issue|problem|error|question|complaint|trouble) (…)? (other|many|several|some|a few|a lot of) (users|customers|people|clients|members)',
      "(this is|this seems to be|it is|it's|that is|that's) (a|an) (widespread|known|common) (issue|problem|bug|error)",
    ],
    sayInstead: [
      'We know the cause, and it is being mended. For you I can do this now: {alternative}.',
      'I know what this is. I will write to you the moment it works again.',
    ],
    replaces: 'sentence',
    reason:
      'That many have the same trouble makes theirs no smaller; it only makes us look worse. Say what happens for this one person.',
    level: 'suggestion',
    mustFire: [
      { text: 'Many other customers have the same problem.' },
      { text: 'This is a known issue.' },
      { text: 'We have seen a similar issue with other users as well.' },
    ],
    mustNotFire: [
      { text: 'Do other people in your house use the same account?' },
      { text: 'I know the cause, and it works again from noon.' },
    ],
  },
];

export const othersRules: readonly StarterRule[] = [...policies, ...otherCustomers];
