/** Apologies for nothing in particular, and asking for marks after a failure. */
import type { StarterRule } from './rule.ts';

const emptyApology: readonly StarterRule[] = [
  {
    key: 'any-inconvenience',
    topic: 'empty-apology',
    title: 'Any inconvenience',
    finds: [
      '(sorry|apolog*|regret) (…)? (inconvenience|inconveniences)',
      '(any|possible|potential) (…)? (inconvenience|inconveniences|discomfort)',
      '(sorry|apolog*) for any (…)? (trouble|frustration|confusion|delay|problems|issues|misunderstanding|distress|upset)',
      'inconvenience (this|it|that) (may|might|has|could)',
    ],
    sayInstead: [
      'I am sorry: {failure.what|you have waited, and nothing came}.',
      'I am sorry. You have lost time over this, and I want to make up for it.',
    ],
    replaces: 'sentence',
    reason: '“Any inconvenience” says that we neither know nor ask what it was. Name it, or ask.',
    level: 'warning',
    mustFire: [
      { text: 'We apologise for any inconvenience this may have caused.' },
      { text: 'Sorry for the inconvenience.' },
      { text: 'Apologies for any trouble or frustration!' },
    ],
    mustNotFire: [
      { text: 'I am sorry that you stood in the rain for an hour.' },
      { text: 'Would Tuesday be inconvenient for you?' },
      { text: 'Is there any trouble with the new one?' },
    ],
  },
  {
    key: 'sorry-about-that',
    topic: 'empty-apology',
    title: 'Sorry about that',
    finds: [
      '^ (…)? (sorry|apolog*) (about|for) (that|this) $',
      '(sorry|apolog*) (about|for) the (trouble|confusion|frustration|hassle|bother|issue|issues|problem|problems)',
    ],
    sayInstead: [
      'I am sorry: {failure.what|you have lost time over this, and it is our fault}.',
      'I am sorry that you had to write to us about it at all.',
    ],
    replaces: 'sentence',
    reason:
      'It fits a spilt glass and a lost wedding ring alike. Two words more – for what – and it becomes an apology.',
    level: 'suggestion',
    mustFire: [
      { text: 'Sorry about that!' },
      { text: 'We are sorry for the trouble.' },
      { text: 'Hi Anna, sorry for this.' },
    ],
    mustNotFire: [
      { text: 'I am sorry about the broken lamp; a new one leaves today.' },
      { text: 'I am sorry for the two hours that you stood in the cold.' },
    ],
  },
  {
    key: 'sorry-if',
    topic: 'empty-apology',
    title: 'Sorry if',
    finds: [
      '(sorry|apolog*) if',
      '(sorry|apolog*) (that)? you (feel|felt|think|thought|see|saw|took|perceived) (that|this|it|so|like|we|offended|upset|unhappy|misled)',
      '(sorry|apolog*) for (how|the way) you (feel|felt)',
      '(sorry|apolog*) (…)? (may|might) have (caused|felt|been|upset|offended)',
      '(sorry|apolog*) you are (upset|disappointed|unhappy|dissatisfied|not satisfied)',
    ],
    sayInstead: ['I am sorry. We let you down.', 'I am sorry that this happened to you.'],
    replaces: 'sentence',
    reason:
      'With “if” the apology waits for proof, and with “you feel” it puts the fault in the person. Leave both out.',
    level: 'warning',
    mustFire: [
      { text: 'Sorry if that was not clear.' },
      { text: 'I am sorry that you feel that way.' },
      { text: 'We apologise if our driver was rude.' },
    ],
    mustNotFire: [
      { text: 'I am sorry. If it helps, I can come by this evening.' },
      { text: 'I am sorry that you found nobody at the door.' },
      { text: 'I would feel the same, and I am sorry.' },
    ],
    except: [
      "(sorry|apolog*) if (I am|I'm|I) (ask*|writ*|repeat*)",
      'found (nobody|no one|nothing|it|the|your|a)',
    ],
  },
  {
    key: 'sorry-but',
    topic: 'empty-apology',
    title: 'Sorry, but',
    finds: [
      'sorry(,)? (but|however|though)',
      '(apologise|apologize|apologies)(,)? (but|however)',
      'sorry (about|for) (that|this|it|the …)(,)? but (you|we|I|it|that|this|the)',
    ],
    sayInstead: ['I am sorry. What I can do is {alternative}.', 'I am sorry. Let me see what is possible.'],
    replaces: 'sentence',
    reason:
      '“But” takes back what stands before it. Finish the apology, then begin a new sentence with what you can do.',
    level: 'suggestion',
    mustFire: [
      { text: "I'm sorry, but we close at five." },
      { text: 'Sorry, but you can not do that.' },
      { text: 'We apologise, however the fee stays.' },
    ],
    mustNotFire: [
      { text: 'I am sorry. What I can do is send it today.' },
      { text: 'I am sorry that nobody told you, and I am calling you now.' },
    ],
  },
  {
    key: 'sorry-to-hear',
    topic: 'empty-apology',
    title: 'Sorry to hear',
    finds: [
      '(sorry|sad|upset|disappointed) to (hear|see|know|learn|read) (that|this|about|of|you|your|it|there|the|what)?',
      '(hate|hated) to (hear|see) (that|this)',
      '(not|never) what we (like|want|love) to hear',
    ],
    sayInstead: [
      'I am sorry: {failure.what|you relied on us, and we let you down}.',
      'That was our mistake, and I am sorry.',
    ],
    replaces: 'sentence',
    reason:
      'It is what one says about somebody else’s bad luck. Where we have failed, it is ours: say “I am sorry”, and for what.',
    when: ['open-failure'],
    except: ['(loss|illness|accident|passed away|hospital|unwell)'],
    level: 'suggestion',
    mustFire: [
      { text: 'I am sorry to hear that.' },
      { text: "We're sorry to hear about your missing order." },
      { text: 'Sad to see this.' },
    ],
    mustNotFire: [
      { text: 'I am sorry to hear of your loss.' },
      { text: 'I am sorry that your order is missing. I am tracing it now.' },
      { text: 'I am sorry to hear that.', given: [] },
    ],
  },
  {
    key: 'sincere-apologies',
    topic: 'empty-apology',
    title: 'Our sincerest apologies',
    finds: [
      '(please)? accept (my|our) (…)? (apology|apologies|regrets)',
      '(my|our) (most)? (sincere|sincerest|deepest|humblest|heartfelt|humble|profound) (apology|apologies|regrets|regret)',
      '(sincerely|deeply|profoundly|humbly|truly|wholeheartedly) (apologise|apologize|regret)',
      '(I|we) (deeply|very much|sincerely)? regret (to inform|that we|any|the)',
    ],
    sayInstead: ['I am sorry.', 'I am sorry: {failure.what|we let you down}.'],
    replaces: 'sentence',
    reason:
      'The grander the words, the less they weigh. One person who says “I am sorry”, and for what, is believed.',
    level: 'suggestion',
    mustFire: [
      { text: 'Please accept our sincerest apologies.' },
      { text: 'We regret to inform you that it is sold out.' },
      { text: 'We sincerely apologise for the delay.' },
    ],
    mustNotFire: [
      { text: 'I am sorry that we were late.' },
      { text: 'I would not want you to regret it, so let me show you both.' },
    ],
  },
];

const genericSatisfaction: readonly StarterRule[] = [
  {
    key: 'are-you-satisfied',
    topic: 'generic-satisfaction',
    title: 'Are you satisfied?',
    finds: [
      '(are|were) you (…)? (satisfied|happy|pleased|content) with (our|the|my|this|your) (…)? (service|help|support|answer|outcome|result|solution|experience|stay|visit|meal|evening|purchase)',
      '(are|were) you (…)? (satisfied|happy|pleased|content) (now|today|tonight)? $',
      'how (satisfied|happy|would you rate|did we do|did I do|are we doing|am I doing)',
      'how likely (are|is|would) (…)? recommend',
      'how was (our|my|your) (…)? (service|help|support|experience|visit|stay|conversation|chat)',
      '(rate|rating) (your|our|my|this|us|me|the) (…)? (experience|service|conversation|chat|support|visit|help|today)',
      '(scale|score) (of|from) # to #',
      '(hope|trust) (that)? you (are|were|feel) (…)? (satisfied|happy|pleased)',
    ],
    sayInstead: [
      'Is {failure.what|what we got wrong} really settled for you now?',
      'What is still missing for you?',
    ],
    replaces: 'sentence',
    reason:
      'We failed them, and now they are to give us marks. Ask about the thing itself, and only because you will act on it.',
    when: ['open-failure'],
    level: 'warning',
    mustFire: [
      { text: 'Were you satisfied with our service tonight?' },
      { text: 'How would you rate this conversation?' },
      { text: 'We hope that you are happy with the outcome.' },
    ],
    mustNotFire: [
      { text: 'Were you satisfied with our service tonight?', given: [] },
      { text: 'What is still missing for you?' },
      { text: 'You are not happy with it, and I see why.' },
    ],
    except: ['happy (for (me|us)|to (wait|have|take|try|keep))', 'you are not'],
  },
  {
    key: 'survey-after-failure',
    topic: 'generic-satisfaction',
    title: 'A survey after a failure',
    finds: [
      '(survey|questionnaire|feedback form|star rating|five stars|5 stars)',
      '(leave|write|give|post) (us|me)? (a|an|your|some) (…)? (review|rating|feedback)',
      'share your (feedback|opinion|thoughts) with us',
      '(recommend|refer) us to',
      "(we'd|I'd|would) (love|like|appreciate) (to hear)? your (feedback|opinion|thoughts|review|rating)",
    ],
    sayInstead: [
      'You need not fill in anything. If something is still wrong, one word to me is enough.',
      'Please tell me, not a form: what should we do differently?',
    ],
    replaces: 'sentence',
    reason:
      'A form asks them to work for us once more. Whoever has been failed should be asked by a person, about this one matter.',
    when: ['open-failure'],
    except: ['(need not|no) (…)? (survey|form|questionnaire)'],
    level: 'suggestion',
    mustFire: [
      { text: 'You will receive a short survey in a moment.' },
      { text: 'Please leave us a review!' },
      { text: 'We would love to hear your feedback.' },
    ],
    mustNotFire: [
      { text: 'Please leave us a review!', given: [] },
      { text: 'I have read your review, and you are right in every point.' },
      { text: 'There is no survey at the end; simply tell me.' },
    ],
  },
  {
    key: 'anything-else',
    topic: 'generic-satisfaction',
    title: 'Anything else I can help with?',
    finds: [
      '(anything|something|nothing) (else|more|further) (that)? (I|we) (can|could|may) (do|help|assist)',
      'anything (else|more|further) (with which|I could|today)',
      "(if|let (us|me) know if) (there is|there's|you have|you need) anything (else|more|further)",
      '(have|got) any (other|more|further|additional) (questions|concerns|queries|requests)',
    ],
    sayInstead: [
      'Is {failure.what|what we got wrong} really settled for you now?',
      'I will ask you on {time} whether it has stayed that way.',
    ],
    replaces: 'sentence',
    reason:
      'While one thing is still broken, it is too early to ask for the next. Ask whether this one is truly mended.',
    when: ['open-failure'],
    level: 'suggestion',
    mustFire: [
      { text: 'Is there anything else I can help you with today?' },
      { text: 'Let us know if you have any other questions!' },
      { text: "If there's anything else, just write." },
    ],
    mustNotFire: [
      { text: 'Is there anything else I can help you with today?', given: [] },
      { text: 'I will not do anything else until this is settled.' },
    ],
  },
  {
    key: 'hope-this-helps',
    topic: 'generic-satisfaction',
    title: 'Hope this helps',
    finds: [
      '(hope|hopefully|trust) (that)? (this|that|it|these|those) (…)? (helps|help|clarifies|clarify|clears|answers|answer|solves|resolves|works|work|helped|was helpful|is helpful)',
      '(hope|trust) (that)? (I|we) (have|was|were|could) (…)? (help|helped|assist|assisted|answered|clarified|of help|of assistance|of service)',
    ],
    sayInstead: [
      'Does that answer it, or is something still missing?',
      'Please try it while I am here; I wait for you.',
    ],
    replaces: 'sentence',
    reason: 'Hoping leaves the checking to them and closes the door. Ask, and stay until you know.',
    level: 'suggestion',
    mustFire: [
      { text: 'Hope this helps!' },
      { text: 'I hope that answers your question.' },
      { text: 'We hope we were able to help.' },
    ],
    mustNotFire: [
      { text: 'Did that help, or is it still dark?' },
      { text: 'I hope to have the answer by noon.' },
    ],
  },
];

export const apologyRules: readonly StarterRule[] = [...emptyApology, ...genericSatisfaction];
