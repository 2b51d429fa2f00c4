/** Departments, teams and forms: how the house is divided up is no affair of the person who writes. */
import type { StarterRule } from './rule.ts';

export const houseRules: readonly StarterRule[] = [
  {
    key: 'not-my-department',
    topic: 'organisation-chart',
    title: 'Somebody else’s department',
    finds: [
      'not (something|anything|a thing) (that)? (my|our|this) (department|team) (handles|does|deals with|takes care of|looks after)',
      "(not|isn't|aren't) (really)? (my|our|this) (department|team|area|job|responsibility|desk)",
      "(that is|that's|this is|it is|it's|that would be) … (another|a different|the other) (department|team)",
      '(another|a different|the other) (department|team|office|branch) (handles|deals with|looks after|takes care of|is responsible|has to|needs to|must)',
      '(handled|dealt with|done|decided|looked after|taken care of) by (another|a different|the other|a separate) (department|team|office|branch)',
      'this is something for (our|the) … (team|department)',
    ],
    sayInstead: [
      'I am asking {colleague.fullName}, who knows this best, and I stay with you until you have your answer.',
      'I will find that out for you myself; give me until {time}.',
    ],
    replaces: 'sentence',
    reason:
      'To the person who writes there is one company, and you are it. How we are divided up inside helps nobody; a name does.',
    level: 'warning',
    mustFire: [
      { text: 'Refunds are not my department, sorry.' },
      { text: "That's a question for another team, I'm afraid." },
      { text: 'Deliveries are handled by a different office.' },
    ],
    mustNotFire: [
      { text: 'Which department do you work in, so that the invoice names it?' },
      { text: 'I have asked {colleague.fullName} from our workshop to look at it with me.' },
      { text: 'You can choose a different branch to collect it from, for example the one in Leeds.' },
    ],
  },
  {
    key: 'sent-to-a-team',
    topic: 'organisation-chart',
    title: 'Sent on to a team',
    finds: [
      '(speak|talk|write) (to|with) (sales|billing|accounts|accounting|shipping|returns|logistics|marketing|tech support|technical support)',
      '(transfer|connect|forward|put|redirect) you (through)? to (the|our) (…)? (department|team|desk|helpdesk|sales|billing|accounts)',
      '(contact|call|ask|email|e-mail|message|reach|reach out to|get in touch with|speak to|speak with|talk to|write to|go to|check with) (our|the) (…)? (team|department|helpdesk|help desk|call centre|call center|head office|hotline)',
      'get you in touch with (our|the) … (team|department)',
      '(contacting|getting in touch with|reaching out to|calling|speaking to) (our|the) … (team|department)',
    ],
    sayInstead: [
      'I am asking {colleague.fullName} to join us here, so that you need not tell it twice.',
      'I will bring in whoever knows this best and come back to you by {time}.',
    ],
    replaces: 'sentence',
    reason:
      'Whoever is sent on has to find the way, wait and tell everything again. Fetch the colleague by name and stay.',
    except: [
      'if you (like|prefer|would rather)',
      "(I|we|I'll|we'll) (will|have|am|are|can)? (just|now)? (ask|asked|asking|contact|contacted|contacting|talk|speak|write|call)",
    ],
    level: 'suggestion',
    mustFire: [
      { text: 'Please contact our billing team about the second charge.' },
      { text: 'For this you would have to call the returns department.' },
      { text: 'We recommend getting in touch with our live support team.' },
    ],
    mustNotFire: [
      { text: 'I will contact our billing team myself and write to you by four.' },
      { text: 'Our team in York has packed it this morning.' },
      { text: 'Please call me on the number below whenever it suits you.' },
    ],
  },
  {
    key: 'passed-to-a-team',
    topic: 'organisation-chart',
    title: 'Passed on to nobody in particular',
    finds: [
      '(passed|forwarded|escalated|submitted|sent|handed|referred|routed) (this|it|that|your …)? (on|over|along|up)? to (our|the|a) … (team|department|office|specialists|experts|management|colleagues)',
      "(I'll|we'll|will) (be sure to)? (pass|forward|escalate|submit|send|hand|refer|route) (this|it|that|your …) (on|over|along|up)? to (our|the|a) … (team|department|office|specialists|experts|management|colleagues)",
      "(I'll|we'll|will) forward (this|it|that|your idea|your feedback) as … to (our|the) … (team|department)",
      '(escalate|escalated|escalating) (this|it|that|the matter|your …)',
      '(looped|loop) (our|the) … (team|experts|specialists) in',
      "(we'll|we will|I'll|I will) let (our|the) team know",
    ],
    sayInstead: [
      'I have told {colleague.fullName} all of it, and you will hear from me by {time}.',
      'I have asked {colleague.fullName}, and I keep it in my own hands until it is done.',
    ],
    replaces: 'sentence',
    reason:
      'A matter that goes to “the team” has no owner any more. Say who has it, and by when you come back yourself.',
    level: 'suggestion',
    mustFire: [
      { text: 'I have forwarded your request to the relevant department.' },
      { text: 'We will escalate this.' },
      { text: "We'll pass your feedback on to our product team." },
    ],
    mustNotFire: [
      { text: 'I have passed it on to Ruth Okafor, and I will ask her about it at noon.' },
      { text: 'I have sent the invoice to your accounts address.' },
    ],
  },
  {
    key: 'a-team-will-write',
    topic: 'organisation-chart',
    title: 'Somebody will be in touch',
    finds: [
      '(our|the|a|one of our) … (team|department|specialist|specialists|representative|agent|agents|advisor|advisors|colleague|expert|experts) will (then|also|gladly|be able to)? (contact|call|email|e-mail|reach out|get back|be in touch|get in touch|look into|review|respond|reply)',
      '(someone|somebody) (from|on|in|at) (our|the) … (will|can|should) (contact|call|email|e-mail|reach out|get back|be in touch|get in touch|assist|respond|reply)',
      '(someone|somebody) will (contact|call|email|e-mail|reach out|get back|be in touch|get in touch)',
      "they'll (reply|look into|get back|reach out|contact)",
    ],
    sayInstead: [
      '{colleague.fullName} will write to you by {time}, and I will ask you afterwards whether it helped.',
      'I will write to you myself by {time}.',
    ],
    replaces: 'sentence',
    reason:
      '“Somebody” cannot be asked for, and nobody waits gladly for a stranger. Name the person and the time.',
    level: 'suggestion',
    mustFire: [
      { text: 'A specialist will contact you about the repair.' },
      { text: 'Somebody from our warehouse will get back to you.' },
      { text: 'Our technical team will look into it.' },
    ],
    mustNotFire: [
      { text: 'Ruth Okafor will call you at three, and I will ask you tomorrow how it went.' },
      { text: 'I will call you myself at three.' },
      { text: 'Our team works on Saturdays too.' },
    ],
  },
  {
    key: 'file-a-ticket',
    topic: 'organisation-chart',
    title: 'The customer does our paperwork',
    finds: [
      '(create|submit|open|raise|file|make|log|lodge) (a|an|another|a new|your) (…)? (ticket|case)',
      '(submit|file|lodge) (a|an|another|a new|your) (…)? (request|report|form|complaint)',
      '(fill|fill in|fill out|complete) (in|out)? (our|the|this|that|a) (…)? form',
    ],
    sayInstead: [
      'I will write it down for you; tell me only what I cannot see from here.',
      'I have noted it all under your name, so you need not fill in anything.',
    ],
    replaces: 'sentence',
    reason: 'They have come to a person and have told it once. Forms are our tools, so we fill them in.',
    except: [
      "(I have|I've|we have|we've|I will|I'll|we will|we'll|let me|I can|I) (already|just|now|gladly)? (create|created|submit|submitted|open|opened|raise|raised|file|filed|make|made|log|logged|fill|filled|complete|completed)",
      'help (you)? (to)? (open|create|submit|file|raise)',
      'need not',
    ],
    level: 'suggestion',
    mustFire: [
      { text: 'Please create a support ticket so that we can help.' },
      { text: 'You have to fill out the return form first.' },
      { text: 'Please submit a new request through the link below.' },
    ],
    mustNotFire: [
      { text: 'I have opened a case for you, and it is with me.' },
      { text: 'You need not fill in a form: your word is enough.' },
      { text: 'Did you keep the train ticket?' },
    ],
  },
  {
    key: 'go-and-read',
    topic: 'organisation-chart',
    title: 'Sent off to read',
    finds: [
      '(visit|consult|browse|go to|check) (our|the) (help site|help page|help pages|help centre|help center|website|web site|homepage|support page)',
      '(see|check|check out|refer to|consult|read|have a look at|take a look at) (our|the|this|that) (following)? (faq|faqs|article|knowledge base|support page|guide|help page|help pages|help centre|help center)',
      '(steps|instructions|tips) (outlined|listed|mentioned|provided|described|found) (in|on|here|below) (this|the|our)? (article|page|guide)?',
      "(it is|it's|that is|that's|you can find (it|that|this|them|everything)|you will find (it|that|this|them)|you'll find (it|that|this|them)) (all)? (on|in) (our|the) (website|web site|homepage|faq|faqs|help centre|help center|help pages)",
      'please refer to',
      'read (our|the|this|that) (faq|faqs|article|guide|manual|help page)',
    ],
    sayInstead: ['Let me tell you here, step by step. First:', 'Here is the part that matters for you:'],
    replaces: 'sentence',
    reason:
      'They asked a person because reading did not help, or because they have no time for it. Give the one answer they need; a link may follow it.',
    except: [
      '(did|have) you (follow|read|tried|try|seen|see|had)',
      '(together|with you|for you)',
      'in short',
      'if you (like|want|prefer|would like) to (read|know|see) more',
    ],
    level: 'suggestion',
    mustFire: [
      { text: 'For technical help, please visit our help site.' },
      { text: 'Please try the steps outlined in this article.' },
      { text: 'You can find everything on our website.' },
    ],
    mustNotFire: [
      { text: 'Let us go through the steps in the guide together.' },
      { text: 'In short: hold the button for ten seconds; our help page has a picture of it.' },
      { text: 'I see that our website shows the wrong price, and I am having it changed.' },
    ],
  },
];
