/** Not looking: asking again for what is on the screen, half a name, and no ear for somebody’s hurry. */
import type { StarterRule } from './rule.ts';

const askingAgain: readonly StarterRule[] = [
  {
    key: 'order-number-again',
    topic: 'asking-again',
    title: 'The order number again',
    finds: [
      "(what is|what's|which is|may I have|may I know|can you tell me|could you tell me|can I have|could I have|can I get|could we have|I need|we need|I'll need|we'll need) (…)? (order|booking|reservation|invoice|transaction|tracking|reference|confirmation|ticket) (number|no|id|reference|code)",
      '(send|give|tell|share|provide|include|attach|confirm|quote|enter|state|DM|message) (me|us)? (with)? (your|the|a) (…)? (order|booking|reservation|invoice|transaction|tracking|reference|confirmation|ticket) (number|no|id|reference|code)',
      '(which|what) (order|booking|reservation) (is|was|are you|do you|did you)',
      'do you have (your|the|an) (order|booking|reservation|invoice|tracking) (number|no|id|reference)',
      'with your (order|transaction|booking) (number|id) and',
    ],
    sayInstead: [
      'Your order is in front of me.',
      'I have your order here; there is nothing for you to look up.',
    ],
    replaces: 'sentence',
    reason: 'It is on your screen. Asking again tells them that nobody reads what they write.',
    when: ['order-known'],
    except: ["(need not|don't need|do not need|needn't|no need)"],
    level: 'suggestion',
    mustFire: [
      { text: 'Could I have your order number, please?' },
      { text: 'Please send us the booking reference.' },
      { text: 'Which order is it about?' },
    ],
    mustNotFire: [
      { text: 'Could I have your order number, please?', given: [] },
      { text: 'Your order number is 4711, and it stays the same.' },
      { text: 'You need not send me the order number, I have it.' },
    ],
  },
  {
    key: 'email-again',
    topic: 'asking-again',
    title: 'The e-mail address again',
    finds: [
      "(what is|what's|may I have|may I know|can you tell me|could you tell me|can I have|could I have|can I get|could we have|I need|we need|I'll need|we'll need) (your|the|an) (…)? (e-mail|email)",
      '(send|give|tell|share|provide|include|confirm|enter|DM|message) (me|us)? (with)? your (…)? (e-mail|email)',
      '(which|what) (e-mail|email) (address)? (is|was|did|do|are|have)',
    ],
    sayInstead: ['I will write to you at the address that we have.', 'Your address is here already.'],
    replaces: 'sentence',
    reason: 'They have given it already. Use it, or say where you will write, so that they can correct you.',
    when: ['email-known'],
    except: [
      "(need not|don't need|do not need|needn't|no need|without (revealing|sharing|posting))",
      'still (right|correct|the same|up to date)',
    ],
    level: 'suggestion',
    mustFire: [
      { text: 'May I have your e-mail address?' },
      { text: 'Please DM us your email.' },
      { text: 'Which email did you use?' },
    ],
    mustNotFire: [
      { text: 'May I have your e-mail address?', given: [] },
      { text: 'I will send it to the e-mail address that we have.' },
      { text: 'Is your e-mail address still the same?' },
    ],
  },
  {
    key: 'phone-again',
    topic: 'asking-again',
    title: 'The telephone number again',
    finds: [
      "(what is|what's|may I have|may I know|can you tell me|could you tell me|can I have|could I have|can I get|could we have|I need|we need|I'll need|we'll need) (your|the|a) (…)? (phone|telephone|mobile|cell|contact|callback) (number)?",
      '(send|give|tell|share|provide|include|confirm|leave|enter|DM|message) (me|us)? (with)? your (…)? (phone|telephone|mobile|cell|contact|callback) number',
      '(which|what) (number|phone number) (can|could|may|should|shall|do) (I|we) (call|reach|ring)',
      '(where|how) (can|may|could) (I|we) (call|reach) you',
    ],
    sayInstead: ['I will call you at the number that we have.', 'Your number is here; when may I call?'],
    replaces: 'sentence',
    reason: 'The number is there. What we do not know is when a call is welcome, so ask that.',
    when: ['phone-known'],
    except: [
      "(need not|don't need|do not need|needn't|no need)",
      'still (right|correct|the same|up to date)',
    ],
    level: 'suggestion',
    mustFire: [
      { text: 'What is your phone number?' },
      { text: 'Please leave us your mobile number.' },
      { text: 'Which number can I call?' },
    ],
    mustNotFire: [
      { text: 'What is your phone number?', given: [] },
      { text: 'I will call you at the number that we have.' },
      { text: 'Does your phone number still end in 42?' },
    ],
  },
  {
    key: 'name-again',
    topic: 'asking-again',
    title: 'The name again',
    finds: [
      "(what is|what's|what was|may I have|may I know|can you tell me|could you tell me|can I have|could I have|may I ask|could you tell me|may I know|can I get) your (full|first|last|given|family)? name",
      '(send|give|tell|share|provide|confirm|enter) (me|us)? (with)? your (full|first|last|given|family)? name',
      '(who|whom) (am I|do I have the pleasure) (…)? (speaking|talking|chatting|writing|of)',
    ],
    sayInstead: [
      'Thank you, {customer.name|I have your name already}.',
      '{customer.name|Thank you}, I am on it.',
    ],
    replaces: 'sentence',
    reason: 'They told us their name, and a name is the first thing people expect to be remembered.',
    when: ['name-known'],
    level: 'suggestion',
    mustFire: [
      { text: 'May I have your name, please?' },
      { text: 'Who am I speaking with?' },
      { text: 'Please confirm your full name.' },
    ],
    mustNotFire: [
      { text: 'May I have your name, please?', given: [] },
      { text: 'How is your name pronounced, so that I say it right?' },
      { text: 'I have written it down under your name.' },
    ],
  },
  {
    key: 'describe-it-again',
    topic: 'asking-again',
    title: 'Tell me the trouble again',
    finds: [
      '(please|could you|can you|would you|will you|to) (please)? (describe|explain|tell|repeat|summarise|summarize) … (again|once more|from the (start|beginning))',
      "(what|what exactly) (is|'s|was|seems to be|appears to be) (the|your) (problem|issue|trouble|matter|concern|complaint)",
      "(what's|what seems) (to be)? the (problem|issue|matter)",
      '(could|can|would|will) you (please)? (clarify|describe|explain|repeat) (the|your|what) (problem|issue|trouble|matter|concern|happened|complaint|question)',
      'how (can|may) (I|we) help (you)? (today)? $',
    ],
    sayInstead: [
      'I have read what happened ({failure.what|it is all here}), and you need not explain it again. What do you need first?',
      'I know the story. Let me begin at once.',
    ],
    replaces: 'sentence',
    reason:
      'To tell a bad story twice is to live it twice. It is written down: read it first, then ask only for what is not there.',
    when: ['open-failure'],
    except: ['(need not|do not need|no need|without having|not have to)'],
    level: 'suggestion',
    mustFire: [
      { text: 'Could you describe the problem again?' },
      { text: 'What seems to be the issue?' },
      { text: 'Please tell me what happened from the beginning.' },
    ],
    mustNotFire: [
      { text: 'Could you describe the problem again?', given: [] },
      { text: 'You need not explain it again.' },
      { text: 'Let me say again what I have understood, and please correct me.' },
    ],
  },
];

const firstNameOnly: readonly StarterRule[] = [
  {
    key: 'first-name-only',
    topic: 'first-name-only',
    title: 'Half a name',
    finds: ["(I am|I'm|my name is|my name's|this is) {agent.given}", '{agent.given} (here|speaking|again)'],
    sayInstead: ['I am {agent.fullName}', '{agent.fullName} here'],
    reason:
      'A first name belongs to nobody in particular. With the full one you are a person who can be asked for again.',
    except: ["{agent.given}'s", '{agent.fullName}', '{agent.given} {agent.family}'],
    level: 'warning',
    mustFire: [
      { text: 'Hello, I am Megan. What can I do for you?' },
      { text: 'Hi, Megan here.' },
      { text: 'My name is Megan from the lamp shop.' },
    ],
    mustNotFire: [
      { text: 'Hello, I am Megan Kajitani. What can I do for you?' },
      { text: 'Is your daughter called Megan, too?' },
      { text: 'Megan Kajitani here. I am on it.' },
    ],
  },
  {
    key: 'ask-for-half-a-name',
    topic: 'first-name-only',
    title: 'To be asked for by half a name',
    finds: ['ask for {agent.given}', '(mention|quote) (my name)? {agent.given}'],
    sayInstead: ['ask for {agent.fullName}'],
    reason:
      'There may be three people of that name here next year. With the full name they reach you, and nobody else.',
    except: ['{agent.fullName}'],
    level: 'warning',
    mustFire: [
      { text: 'If anything is left, ask for Megan.' },
      { text: 'Simply come back and ask for megan, please.' },
    ],
    mustNotFire: [
      { text: 'If anything is left, ask for Megan Kajitani.' },
      { text: 'Did you ask for Meganium, the tall one?' },
    ],
  },
  {
    key: 'first-name-signature',
    topic: 'first-name-only',
    title: 'Signed with half a name',
    finds: [
      '^ {agent.given} $',
      '(regards|wishes|greetings|thanks|thank you|cheers|sincerely|yours|from|best|bye|goodbye|care)(,)? {agent.given} $',
      '(–|—|-|~|/) {agent.given} $',
      '^ {agent.given} (from|of|at) … $',
      '{agent.given} (and|&) (the|our|your) … team $',
    ],
    sayInstead: ['{agent.fullName}'],
    reason: 'The last line is what people keep. Sign it so that they can find you again.',
    where: 'end',
    except: [
      '{agent.fullName}',
      '{customer.name}',
      '(ask|asking) for {agent.given}',
      "(I am|I'm|my name is|this is|called|named|name) {agent.given}",
    ],
    level: 'suggestion',
    mustFire: [
      { text: 'It is on its way.\nMegan' },
      { text: 'Thank you for writing.\nBest wishes, Megan' },
      { text: 'All done. – Megan' },
    ],
    mustNotFire: [
      { text: 'It is on its way.\nMegan Kajitani' },
      { text: 'Megan, the parcel is here. I am sending it on now.' },
      { text: 'I have written the card as you wished: for Megan.' },
      { text: 'Is your daughter called Megan?' },
    ],
  },
  {
    key: 'signed-by-a-team',
    topic: 'first-name-only',
    title: 'Signed by a team',
    finds: [
      '^ (best|kind|warm|your|yours|the|regards|sincerely|from|thanks)? (regards|wishes|from)? (the|your|our)? … (support|service|care|success|help|customer) (team|desk|department|crew) $',
      '^ (the|your|our) (…)? (team|support|customer service|customer support|customer care) $',
      '^ (customer (service|support|care)|support|the management|no-reply|do not reply) $',
    ],
    sayInstead: ['{agent.fullName}', 'Goodbye from {agent.fullName}.'],
    replaces: 'sentence',
    reason: 'Nobody can thank a team, ask for it or trust it. One person wrote this, and has a name.',
    where: 'end',
    except: ['{agent.fullName}'],
    level: 'warning',
    mustFire: [
      { text: 'It is on its way.\nYour Support Team' },
      { text: 'Thank you.\nKind regards, the customer service team' },
      { text: 'Have a good evening.\nCustomer Support' },
    ],
    mustNotFire: [
      { text: 'It is on its way.\nMegan Kajitani, support team' },
      { text: 'Which team do you play for, and what number shall I print on it?' },
      { text: 'Nobody here but me reads this, and I am not a team.' },
    ],
  },
];

const hurryIgnored: readonly StarterRule[] = [
  {
    key: 'small-talk-in-a-hurry',
    topic: 'hurry-ignored',
    title: 'Small talk in a hurry',
    finds: [
      "how (are you|are things|is your day|'s your day|has your day been|was your (day|weekend|holiday))",
      "(hope|trust) (that)? (you are|you're|you|this message|this|all|everything) (…)? (well|finds you|good day|great day|day|weekend|safe)",
      "how's (it going|everything|your day|the weather)",
      "(lovely|nice|beautiful|terrible|awful|great) (weather|day|morning|evening) (today|isn't it|we are having|here|there)",
    ],
    sayInstead: ['I am on it.', 'I am looking at it now; two minutes.'],
    replaces: 'sentence',
    reason:
      'Somebody with three minutes does not want to spend one of them on us. To be quick is the courtesy now.',
    when: ['hurry'],
    level: 'warning',
    mustFire: [
      { text: 'Hello! How are you today?' },
      { text: 'I hope this message finds you well.' },
      { text: "How's your day going?" },
    ],
    mustNotFire: [
      { text: 'Hello! How are you today?', given: [] },
      { text: 'How are you getting there, by train or by car?' },
      { text: 'I am on it, and you have it in two minutes.' },
    ],
    except: [
      '(tomorrow|on (monday|tuesday|wednesday|thursday|friday|saturday|sunday))',
      'how are you (getting|going to|travelling|traveling|paying|using|planning|coming)',
    ],
  },
  {
    key: 'long-windup',
    topic: 'hurry-ignored',
    title: 'A long run-up',
    finds: [
      '(before|first) (I|we) (begin|start|get started|continue|proceed|go on|go any further)',
      '^ (first of all|to begin with|first and foremost)',
      "(let me|allow me to|I would like to|I'd like to) (start by|begin by|begin with|start with|introduce|take this opportunity|take a moment)",
      "(I|we) (would|'d)? (also)? (like|want) to (take this opportunity|take a moment|thank you for (your|being|choosing))",
      'please allow me (to|some|a)',
    ],
    sayInstead: ['In short:', 'Done:'],
    replaces: 'sentence',
    reason: 'The answer belongs in the first line. Whoever is in a hurry stops reading before the second.',
    when: ['hurry'],
    level: 'suggestion',
    mustFire: [
      { text: 'Before we begin, may I ask how you found us?' },
      { text: 'First of all, thank you for being with us for so long.' },
      { text: 'Allow me to introduce myself.' },
    ],
    mustNotFire: [
      { text: 'First of all, thank you for being with us for so long.', given: [] },
      { text: 'Press the first button, and it opens.' },
      { text: 'It is done; you need do nothing more.' },
    ],
  },
  {
    key: 'selling-in-a-hurry',
    topic: 'hurry-ignored',
    title: 'Selling in a hurry',
    finds: [
      '(by the way|while you are here|while I have you|while we are at it|before you go)',
      'did you know (that)?',
      '(you may|you might|you may also|you might also|perhaps you would) (be interested|like|love|enjoy|want to (try|see|know))',
      'have you (ever)? (considered|thought about|heard of|heard about|seen our|tried our)',
      '(special|exclusive|limited) (offer|deal|promotion|discount)',
      '(newsletter|loyalty programme|loyalty program|rewards programme|rewards program)',
    ],
    sayInstead: ['It is done.', 'That is all; you need do nothing more.'],
    replaces: 'sentence',
    reason:
      'Whoever only wants it fixed hears an offer as a delay. Fix it now; another day is another chance.',
    when: ['hurry'],
    except: ['(unsubscribe|unsubscribed|taken you off|off the)', '(heard of|heard about) (it|that|this)'],
    level: 'suggestion',
    mustFire: [
      { text: 'By the way, have you seen our new lamps?' },
      { text: 'You might also be interested in our plus plan.' },
      { text: 'There is a special offer this week.' },
    ],
    mustNotFire: [
      { text: 'There is a special offer this week.', given: [] },
      { text: 'I have taken you off the newsletter.' },
      { text: 'It is done, and the money is on its way.' },
    ],
  },
  {
    key: 'take-your-time',
    topic: 'hurry-ignored',
    title: 'No rush',
    finds: [
      '(take your time|no rush|no hurry|no pressure|there is no need to rush)',
      '(whenever|at a time when) (it|that) (suits|is convenient|works) (for)? (you|best)?',
      '(at|in) your (own)? (leisure|convenience|earliest convenience|own time|own pace)',
      '(please)? (check back|come back|try again) (later|tomorrow|next week|in a few)',
    ],
    sayInstead: [
      'I am doing it now; you have it by {time}.',
      'By when do you need it? Let me find the shorter way.',
    ],
    replaces: 'sentence',
    reason:
      'They have told us that it burns. Show that you heard it: with an earlier time, or a shorter way.',
    when: ['hurry'],
    level: 'suggestion',
    mustFire: [
      { text: 'Take your time.' },
      { text: 'Call whenever it suits you.' },
      { text: 'Please check back later.' },
    ],
    mustNotFire: [
      { text: 'Take your time.', given: [] },
      { text: 'I am doing it now; give me two minutes.' },
      { text: 'It takes two minutes.' },
    ],
  },
  {
    key: 'survey-in-a-hurry',
    topic: 'hurry-ignored',
    title: 'A form in a hurry',
    finds: [
      '(survey|questionnaire|feedback form)',
      '(a few|some|a couple of|several|#) (short|quick|brief|more)? questions (…)? (first|before|to answer|to verify)',
      '(fill in|fill out|complete) (the|this|our|a) (…)? (form|questionnaire|survey)',
      '(read|go|look|work) through (the|this|these|our|all) (…)? (article|guide|page|steps|faq|list|manual|documentation)',
    ],
    sayInstead: ['I am doing that for you now.', 'One thing only: what do you need first?'],
    replaces: 'sentence',
    reason:
      'Every form hands the work to the one who has no time. Do it yourself, and ask at most one thing.',
    when: ['hurry'],
    except: [
      "(I will|I'll|I have|I've|let me) (already|now|just)? (fill|filled|complete|completed|read|go|gone)",
      'need not',
    ],
    level: 'suggestion',
    mustFire: [
      { text: 'Please fill out the form on our page.' },
      { text: 'I have a few questions before we can go on.' },
      { text: 'Please take part in our survey.' },
    ],
    mustNotFire: [
      { text: 'Please fill out the form on our page.', given: [] },
      { text: 'I have filled in the form for you.' },
      { text: 'You need not fill in a form.' },
    ],
  },
];

export const attentionRules: readonly StarterRule[] = [...askingAgain, ...firstNameOnly, ...hurryIgnored];
