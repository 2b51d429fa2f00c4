/** Promises that name neither a time nor a person. */
import type { StarterRule } from './rule.ts';

export const promiseRules: readonly StarterRule[] = [
  {
    key: 'as-soon-as-possible',
    topic: 'vague-promise',
    title: 'As soon as possible',
    finds: [
      'as (soon|quickly|fast) as (possible|we can|I can|they can|humanly possible)',
      '(asap|a.s.a.p)',
      "as soon as (they are|they're|somebody is|someone is|one of us is) (available|free|ready)",
      'at (our|my|the|their) (earliest|soonest) (possible)? (convenience|opportunity|time)',
      'as soon as (time|capacity|circumstances) (allow|allows|permit|permits)',
    ],
    sayInstead: ['by {time}'],
    reason:
      'To the one who waits, it means “when we feel like it”. A time can be planned with, even a late one; then be early.',
    except: [
      'you (should|must|have to|had better|might|may want to|can) … (as soon as possible|asap)',
      'as (soon|quickly|fast) as you (can|like)',
      '(please|kindly|could you|can you|would you) (contact|call|write|reply|tell|let|return|send|come|answer|get|change|unplug|switch) … (as soon as possible|asap)',
      'you (need|want|would like|hope) … (as soon as possible|asap)',
    ],
    level: 'warning',
    mustFire: [
      { text: 'I will get back to you as soon as possible.' },
      { text: 'We will answer at our earliest convenience.' },
      { text: 'Somebody will look at it ASAP.' },
    ],
    mustNotFire: [
      { text: 'Please call the bank as soon as possible to have the card locked.' },
      { text: 'As soon as the parcel is scanned, you get a message.' },
      { text: 'I understand that you need it as soon as possible.' },
    ],
  },
  {
    key: 'soon',
    topic: 'vague-promise',
    title: 'Soon',
    finds: [
      "(I'll|we'll|they'll|he'll|she'll|I will|we will|they will|somebody will|someone will|team will|colleague will|specialist will|agent will) … (soon|shortly|before long|in due course|promptly|momentarily|in the near future|at some point)",
      "(you'll|you will|you should) (hear|receive|get|have|see) … (soon|shortly|before long|in due course|promptly|in the near future)",
      '(it|this|that|order|parcel|package|refund|money|issue|problem|reply|answer|feature) (will|should|is going to) (…)? (be|arrive|work|reach|come|follow|ship|get) (…)? (soon|shortly|before long|in due course|promptly)',
      '(it|this|that|order|parcel|package|refund|reply|answer) (ships|arrives|leaves|comes|follows|works) (again)? (soon|shortly|before long|in due course)',
      '(able to|going to) (…)? (soon|shortly|before long|in due course)',
      '(working on|looking at|dealing with|attending to) (it|this|that|your …) (soon|shortly|promptly)',
      'in a timely (manner|fashion)',
      '^ (…)? (back|coming|more|details) (soon|shortly)',
      '(any|some) (moment|minute|day|time) (now|soon)',
    ],
    sayInstead: ['You will hear from me by {time}.', 'I will be back by {time}, with or without an answer.'],
    replaces: 'sentence',
    reason: '“Soon” is ten minutes for the one and a week for the other. Name a time that you can keep.',
    except: [
      '(be|is|are) (spring|summer|autumn|winter|christmas|easter|over) soon',
      'as soon as',
      'too soon',
      '(see|speak|talk|meet|hear) (to|with|from)? you (again)? soon',
      '(soon|shortly) (after|before)',
      'get well soon',
    ],
    level: 'warning',
    mustFire: [
      { text: 'We will be in touch shortly.' },
      { text: 'It should be fixed soon.' },
      { text: "I'll get back to you in due course." },
    ],
    mustNotFire: [
      { text: 'The sooner you call the bank, the better.' },
      { text: 'You wrote shortly after midnight, and nobody was here.' },
      { text: 'I will call you today at four.' },
    ],
  },
  {
    key: 'bear-with-me',
    topic: 'vague-promise',
    title: 'Bear with me',
    finds: [
      'bear with (me|us)',
      '^ (please)? (hold on|hang on|hang in there|hang tight|stand by|please hold|please wait)',
      '(just|give me|one|wait for|hold for) (a|one|another)? (moment|second|sec|minute|bit|while)(,)? (please)? $',
      'in a (few|couple of) (minutes|moments|hours|days|weeks)? $',
      "(we'll|I'll|I will|we will) … (back|know|update|reply|answer|message) … in a (moment|bit|while|few)",
      '(your|thanks for|thank you for) … (patience|bearing with)(,)? while (we|I)',
    ],
    sayInstead: [
      'Give me two minutes, please; I am asking about it right now.',
      'I will be back in five minutes, with or without an answer.',
    ],
    replaces: 'sentence',
    reason:
      'A wait without an end feels twice as long. Say how many minutes, and come back even if you know nothing new.',
    except: [
      '# (minute|minutes|hour|hours|seconds)',
      '(account|card|bank) in a few days',
      '(please)? wait # (days|hours|minutes)',
    ],
    level: 'suggestion',
    mustFire: [
      { text: 'Please bear with me.' },
      { text: 'Just a moment, please.' },
      { text: 'Hang on, I am checking.' },
    ],
    mustNotFire: [
      { text: 'Please give me two minutes.' },
      { text: 'The bear with the red scarf is in stock.' },
      { text: 'It takes only a moment to set up once you have the key.' },
      { text: 'I will ask you in a while whether it still holds.' },
      { text: 'That money should not be with us for a minute.' },
    ],
  },
  {
    key: 'do-our-best',
    topic: 'vague-promise',
    title: 'We will do our best',
    finds: [
      '(do|does|doing|try|trying) (my|our|their|his|her) (very|level)? (best|utmost|hardest)',
      '(everything|all|anything|whatever) (that)? (is)? (in|within) (my|our) power',
      '(everything|all|whatever) (that)? (we|I) (possibly|reasonably)? can (to|for|so)?',
      'working (very|really|extremely|so|tirelessly|around the clock)? (hard|tirelessly|diligently|around the clock)',
      '(tirelessly|diligently) working',
      'leave no stone unturned',
    ],
    sayInstead: [
      'The first thing I do now is ask {colleague.fullName}, and I will tell you by {time} what we can do.',
      'Here is what I do next:',
    ],
    replaces: 'sentence',
    reason:
      'Effort cannot be seen from outside. Tell the next step and its time, and the effort shows by itself.',
    except: ['do your best', '(what|all) (I|we) can do (…)? is'],
    level: 'suggestion',
    mustFire: [
      { text: 'We will do our best to help.' },
      { text: 'I promise to do everything I can.' },
      { text: 'We are working hard on it.' },
    ],
    mustNotFire: [
      { text: 'What I can do is send it to your office tomorrow.' },
      { text: 'The clasp works best with a drop of oil.' },
      { text: 'The ground is frozen and hard to dig.' },
    ],
  },
  {
    key: 'look-into-it',
    topic: 'vague-promise',
    title: 'I will look into it',
    finds: [
      "(we are|we're|I am|I'm|are) (currently|still|already|actively)? working on (it|this|that|the problem|the issue|a fix|a solution)",
      "(I'll|we'll|will|can|could|to|let me|let us|are|am|I'm|we're) (now|currently|happily|gladly|actively)? (look|looking|take a look|take a closer look|check|checking) (further|closer|more)? (into|in on|on|at) (it|this|that|the matter|the issue|your …)",
      "(I'll|we'll|we will|I will) (check|investigate|review|follow up|take a look|take a closer look|have a look|look into it) (further|internally|this|it)? $",
    ],
    sayInstead: [
      'I am looking at it now and will tell you by {time} what I found.',
      'Give me until {time}; I will write to you even if I have found nothing by then.',
    ],
    replaces: 'sentence',
    reason:
      'It promises work, not an answer. Add by when they hear from you, and they can stop waiting beside the screen.',
    except: [
      '(so|so that|that) (we|I|they|you) can',
      '(please|could you) (share|send)',
      '(now|today|tonight|tomorrow|right away|at once|this minute)',
      '(by|until|till|before|within|in|at) (#|noon|midday|monday|tuesday|wednesday|thursday|friday|saturday|sunday|the end of)',
      '# (minute|minutes|hour|hours)',
      'by {agent.fullName}',
    ],
    level: 'suggestion',
    mustFire: [
      { text: 'I will look into it.' },
      { text: 'We would be happy to look into that.' },
      { text: "Share a screenshot and we'll take a closer look." },
    ],
    mustNotFire: [
      { text: 'I will look into it now and write to you by four.' },
      { text: 'I have looked into it: the lamp left Hull this morning.' },
      { text: 'Please look into the box once more; the screws are under the lid.' },
    ],
  },
  {
    key: 'keep-you-posted',
    topic: 'vague-promise',
    title: 'We will keep you posted',
    finds: [
      '(keep|keeping) you (posted|updated|informed|in the loop|up to date)',
      "(I'll|we'll|I will|we will|will then|I can|we can) (let you know|get back to you|come back to you|be in touch|inform you|update you|reach out to you|circle back)",
      '(when|once|as soon as|if) (I|we) (know|hear|have) (more|anything|something|news)',
    ],
    sayInstead: [
      'You will hear from me by {time}, even if I have no answer by then.',
      'I will write to you on {time}.',
    ],
    replaces: 'sentence',
    reason: 'A promise without a time cannot be kept, only forgotten. Say when.',
    except: [
      '(now|today|tonight|tomorrow|this (morning|afternoon|evening|week)|next week)',
      '(by|until|till|before|within|in|at|on|after) (#|noon|midday|midnight|lunch|monday|tuesday|wednesday|thursday|friday|saturday|sunday|the #)',
      '# (minute|minutes|hour|hours|day|days)',
      'by (the)? (end|beginning|middle) of',
    ],
    level: 'suggestion',
    mustFire: [
      { text: "We'll keep you posted." },
      { text: 'I will get back to you.' },
      { text: 'I will let you know when I have news.' },
    ],
    mustNotFire: [
      { text: 'I will get back to you by Friday at noon.' },
      { text: 'I will let you know within two hours.' },
      { text: 'I am back, and here is what I found.' },
    ],
  },
  {
    key: 'keep-us-posted',
    topic: 'vague-promise',
    title: 'Keep us posted',
    finds: [
      '(keep|kept) (us|me) (posted|updated|informed|in the loop)',
      '(let|update|tell) (us|me) (know)? (how (it|that|this|things) (goes|went|works|turns out|is going)|the (outcome|result|results)|with the result)',
      'let (us|me) know (if|whether) (this|that|it|they|these|those|the issue|the problem|the option|you find it|granting …) (…)? (help|helps|work|works|worked|resolves|resolved|persists|brings|changes|happens|helpful)',
    ],
    sayInstead: [
      'I will ask you by {time} whether it worked.',
      'Please try it while I am here; I wait for you.',
    ],
    replaces: 'sentence',
    reason:
      'The follow-up is ours. If nobody reports back, we take silence for success and never learn what still does not work.',
    level: 'suggestion',
    mustFire: [
      { text: 'Keep us posted!' },
      { text: 'Please try it and let us know how it goes.' },
      { text: 'Let us know if that helps.' },
    ],
    mustNotFire: [
      { text: 'I will ask you tomorrow how it went.' },
      { text: 'Let me know which colour you would like.' },
      { text: 'I keep a lookout for your parcel and write when it is here.' },
    ],
  },
  {
    key: 'hopefully',
    topic: 'vague-promise',
    title: 'Hopefully',
    finds: [
      '(hopefully|fingers crossed|with any luck|with a bit of luck|god willing|touch wood)',
      '(hope|hoping) (that)? (it|this|that|they|the issue|the problem) (gets|will|is|can|does|get)',
      '(should|ought to) (hopefully|probably|normally|usually|generally|eventually) (be|arrive|work|have|get|come|reach)',
      "(can't|cannot|can not|won't) (make|give) (you)? (any|a) (promise|promises|guarantee|guarantees)",
    ],
    sayInstead: [
      'I do not know yet, and I will tell you by {time}.',
      'I will find out and write to you by {time}.',
    ],
    replaces: 'sentence',
    reason:
      'Hope is the customer’s part; knowing is ours. If you cannot know, promise the one thing you can: to come back with it.',
    level: 'suggestion',
    mustFire: [
      { text: 'Hopefully it arrives this week.' },
      { text: "Fingers crossed we'll be able to have it!" },
      { text: "We can't make any promises." },
    ],
    mustNotFire: [
      { text: 'What do you hope for next month?' },
      { text: 'I do not know yet, and I will tell you by noon.' },
      { text: 'It should be there on Friday by ten.' },
    ],
  },
];
