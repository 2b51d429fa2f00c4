/** Words that everybody uses and nobody says, and the house’s own jargon. */
import type { StarterRule } from './rule.ts';

const filler: readonly StarterRule[] = [
  {
    key: 'thanks-for-contacting',
    topic: 'filler',
    title: 'Thank you for contacting us',
    finds: [
      '(thanks|thank you|thx) (so much|very much)? for (contacting|reaching|messaging|choosing) (out)? (to us|us)?',
      '(thanks|thank you|thx) (so much|very much)? for (getting in touch|writing in|checking in) (with us|to us)? (about this)?',
      '(thanks|thank you) for your (message|e-mail|email|inquiry|enquiry|query|question|request|interest|tweet)',
      '(thanks|thank you|appreciate) (for)? the (tag|tweet|message|question)',
    ],
    sayInstead: ['I have read your message', 'good that you wrote'],
    reason:
      'Every machine begins like that, so it is read as one. Show with your first words that you have read theirs.',
    level: 'suggestion',
    mustFire: [
      { text: 'Thank you for contacting us.' },
      { text: 'Thanks for reaching out! What happened?' },
      { text: 'Thank you for your inquiry.' },
    ],
    mustNotFire: [
      { text: 'Thank you for sending the photographs; the crack is plain to see.' },
      { text: 'Thank you for your patience all week.' },
      { text: 'I have thanked the driver for contacting you.' },
    ],
  },
  {
    key: 'rest-assured',
    topic: 'filler',
    title: 'Rest assured',
    finds: [
      '(rest|be|please be|stay) assured',
      '(I|we) (can)? assure you',
      "(don't|do not|please don't) (you)? worry",
      '(trust me|believe me|trust us|believe us)',
      "(you are|you're) in (good|safe|the best) hands",
    ],
    sayInstead: ['Here is what I am doing about it:', 'You can rely on this: you have it by {time}.'],
    replaces: 'sentence',
    reason: 'Whoever has to be told to feel safe does not. Facts and times reassure; the word does not.',
    except: ['(what|who|which) (you)? (worr*)'],
    level: 'suggestion',
    mustFire: [
      { text: 'Rest assured we are working on it.' },
      { text: 'I assure you that it will not happen again.' },
      { text: "Don't worry, you're in good hands." },
    ],
    mustNotFire: [
      { text: 'What worries you most about it?' },
      { text: 'It is safe: the window is locked, and I have the key in my hand.' },
    ],
  },
  {
    key: 'do-not-hesitate',
    topic: 'filler',
    title: 'Do not hesitate',
    finds: [
      "(don't|do not|never|please don't|without) (hesitate|hesitating|hesitation)",
      '(feel|please feel) free to (contact|reach|get|ask|call|write|message|share|send|DM|let|tell|visit|give|browse|check)',
      '(just|only|always)? (a|one) (tweet|message|click|call|phone call|DM|text) away',
      "(we are|we're) (always|right|all)? (here|standing by|available) (to help|for you|to assist|if you need us|24/7|whenever you need)",
      '(give|just give) us a shout',
      '(tweet|reach|get|message|write) back (out)? (to us|@ us|at us)? (if|anytime|any time)',
    ],
    sayInstead: [
      'If anything is not as it should be, come back here and ask for {agent.fullName}.',
      'Write to me here whenever you like; I am {agent.fullName}.',
    ],
    replaces: 'sentence',
    reason:
      'It stands under every letter in the world. A name to ask for is an invitation that people believe.',
    level: 'suggestion',
    mustFire: [
      { text: "Please don't hesitate to contact us." },
      { text: 'Feel free to reach out any time.' },
      { text: "We're just a tweet away." },
    ],
    mustNotFire: [
      { text: 'If you hesitate between the two, take the smaller one.' },
      { text: 'The delivery is free, and so is the return.' },
      { text: 'The shop is one street away from the station.' },
    ],
  },
  {
    key: 'office-language',
    topic: 'filler',
    title: 'Office language',
    finds: [
      'kindly (…)? (note|be|provide|send|refer|confirm|check|wait|contact|click|reply|find|ensure|visit|share|follow|allow)',
      '(please)? be (advised|informed|aware|notified) that',
      '(I|we) (would like|wish|regret|want|am writing|are writing|are pleased|am pleased) to (inform|advise|notify) you',
      'this is to (inform|advise|notify|confirm)',
      '(pursuant to|with regard to|with regards to|in regards to|in reference to|with reference to|in respect of|aforementioned|above-mentioned|hereby|herewith|henceforth)',
      '(your|the) (query|inquiry|enquiry|request|concern|complaint|matter) (has been|is being|was|will be) (…)? (received|processed|registered|logged|forwarded|noted|handled|dealt with|attended)',
      '(please)? find (enclosed|attached|below)',
    ],
    sayInstead: ['Here is what happens next:', 'What I need from you is only this:'],
    replaces: 'sentence',
    reason:
      'Nobody speaks like that at a table. Say it as you would to a neighbour, and it will be read and believed.',
    level: 'suggestion',
    mustFire: [
      { text: 'Kindly provide the serial number.' },
      { text: 'Please be advised that we close at five.' },
      { text: 'Your request has been received.' },
    ],
    mustNotFire: [
      { text: 'She treated us kindly and stayed until it was done.' },
      { text: 'Please be careful with the glass.' },
      { text: 'I have read your request, and I am on it.' },
    ],
  },
  {
    key: 'i-understand-your-frustration',
    topic: 'filler',
    title: 'I understand your frustration',
    finds: [
      '(thank you|thanks) for your patience and (understanding|cooperation)',
      '(understand|understands|appreciate|hear|acknowledge|recognise|recognize|share) your (shared)? (frustration|frustrations|concern|concerns|disappointment|feelings|anger|position|situation|annoyance|point of view)',
      '(understand|know|see|imagine|appreciate) how (frustrating|upsetting|annoying|disappointing|important|inconvenient|you (feel|must feel))',
      "(understand|appreciate) (that)? (you are|you're|this is|this can be|it is|it can be) (…)? (frustrated|frustrating|upset|upsetting|annoyed|annoying|disappointed|disappointing)",
      '(thank you|thanks) for (your|the) (understanding|cooperation|co-operation|concern)',
      '(appreciate|appreciated) your (understanding|cooperation|co-operation|feedback|comments)',
      "appreciate where (you are|you're) coming from",
    ],
    sayInstead: [
      'I can see why this matters to you.',
      'I would be upset too. Here is what I do about it now:',
    ],
    replaces: 'sentence',
    reason:
      'The formula names a feeling and passes on. Say what you have understood of the matter itself, and act.',
    except: ['(to|better|help (me|us)) (better|fully)? understand'],
    level: 'suggestion',
    mustFire: [
      { text: 'I understand your frustration.' },
      { text: 'I can imagine how frustrating this is.' },
      { text: 'Thank you for your understanding.' },
    ],
    mustNotFire: [
      { text: 'You have waited three weeks, and tomorrow is the party: I understand.' },
      { text: 'If I have understood you rightly, the hinge is bent.' },
      { text: 'Thank you for telling me so plainly.' },
    ],
  },
  {
    key: 'you-matter-to-us',
    topic: 'filler',
    title: 'You are important to us',
    finds: [
      '(is|are) (very|extremely|really|so|always|incredibly|truly)? (important|valuable|dear) to (us|me)',
      '(I|we) (really|truly|greatly|highly|do)? (value|treasure|cherish) (you|your)',
      '(valued|loyal|esteemed|dear) (customer|customers|client|clients|guest|guests|member|members)',
      "(is|are|remain|remains|'s) (our|my|a) (top|number one|first|highest|utmost|main) (priority|priorities|concern)",
      '(I|we) (take|are taking|always take) … (seriously|to heart)',
      "(I|we) (are|am|'re) (fully|deeply|always|strongly)? committed to",
      '(is|are) committed to (helping|providing|serving|ensuring|delivering|making)',
    ],
    sayInstead: ['I am looking after this myself.', 'I stay with you until this is settled.'],
    replaces: 'sentence',
    reason: 'Whoever matters to us notices it. The sentence costs nothing, and people know it.',
    level: 'suggestion',
    mustFire: [
      { text: 'Your satisfaction is very important to us.' },
      { text: 'Dear valued customer, your parcel is late.' },
      { text: 'We take your privacy seriously.' },
    ],
    mustNotFire: [
      { text: 'Which of the two is more important to you?' },
      { text: 'The watch is valued at three hundred pounds.' },
      { text: 'I am looking after this myself.' },
    ],
  },
  {
    key: 'how-may-i-assist',
    topic: 'filler',
    title: 'How may I assist you',
    finds: [
      '(how|what) (may|can|could) (I|we) (assist|be of (assistance|service|help)|serve)',
      '(better|further|best) (assist|assistance)',
      '(assist|help|serve|support) (you)? (further|better|best|more effectively)',
      "(we|I|we'll|I'll|we will|I will) (will|shall)? (gladly)? assist (as)? $",
      '(be of|provide|offer|of) (…)? (further|any|better|great|best)? assistance',
    ],
    sayInstead: ['What can I do for you?', 'I will see to it.'],
    replaces: 'sentence',
    reason:
      '“Assist” is a word that only service desks use. “What can I do for you?” is shorter, and somebody is speaking.',
    except: ['(roadside|directory|disability|wheelchair|travel) assistance'],
    level: 'suggestion',
    mustFire: [
      { text: 'How may I assist you today?' },
      { text: 'I need your postcode so that I can better assist you.' },
      { text: 'Send it to us and we will assist.' },
    ],
    mustNotFire: [
      { text: 'What can I do for you?' },
      { text: 'Roadside assistance is included for three years.' },
      { text: 'The handle helps you lift it further.' },
    ],
  },
];

const ownWords: readonly StarterRule[] = [
  {
    key: 'ticket-language',
    topic: 'own-words',
    title: 'A person is not a case',
    finds: [
      '(your|this|the|a) (support)? (ticket|case|incident|caller|end user|end-user) (has been|is|was|will be|number|id|remains|stays)',
      '(the|our|my) (user|end user|end-user|client|subscriber|account holder|complainant)',
      '(ticket|case|incident) (number|id|#)',
      '(close|closed|closing|reopen|reopened|escalate|update) (your|the|this) (ticket|case|incident)',
    ],
    sayInstead: [
      'It is with me, {agent.fullName}, until it is done.',
      'I have written down what you told me, so that nobody need ask you again.',
    ],
    replaces: 'sentence',
    reason:
      'Tickets and cases are how we file things. The person wrote to us about a lamp, so speak of the lamp.',
    level: 'suggestion',
    except: [
      '(train|bus|concert|plane|flight|theatre|theater|season|parking|lottery) ticket',
      '(pillow|phone|glasses|violin|display|in|in any|in this|in that|in your|in the) case',
    ],
    mustFire: [
      { text: 'Your ticket has been closed.' },
      { text: 'Please quote the case number.' },
      { text: 'The end user has to confirm it.' },
    ],
    mustNotFire: [
      { text: 'Your train ticket is valid until midnight.' },
      { text: 'In this case the lamp is free.' },
      { text: 'The violin case is on its way.' },
    ],
  },
  {
    key: 'house-abbreviations',
    topic: 'own-words',
    title: 'House abbreviations',
    finds: [
      '(RMA|SKU|SLA|ETA|POC|TAT|KYC|CRM|PII|FCR|CSAT|SOP|DOA|COD|T&C|T&Cs|tbd|tba|fyi|n/a|eod|eob)',
      '(pls|plz|thx|ty|btw|imo|afaik)',
    ],
    sayInstead: ['Let me say that in plain words:', 'It arrives on {time}.'],
    replaces: 'sentence',
    reason: 'Short for us, a riddle for them. Write it out, as you would say it.',
    except: ['(stands for|short for|means|called)'],
    level: 'suggestion',
    mustFire: [
      { text: 'I need the SKU and the RMA.' },
      { text: 'The ETA is Friday.' },
      { text: 'Pls share the details here.' },
    ],
    mustNotFire: [
      { text: 'The letters SKU on the label stand for our article; SKU means nothing more than that.' },
      { text: 'Please share the details here.' },
      { text: 'Etta has packed it.' },
    ],
  },
];

export const plainRules: readonly StarterRule[] = [...filler, ...ownWords];
