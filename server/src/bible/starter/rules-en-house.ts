/** Departments and excuses: what goes on inside the house is no affair of the person who writes. */
import type { StarterRule } from './rule.ts';

const organisationChart: readonly StarterRule[] = [
  {
    key: 'not-my-department',
    topic: 'organisation-chart',
    title: 'Somebody else’s department',
    finds: [
      "(not|isn't|aren't) (really)? (my|our|this) (department|team|area|job|responsibility|desk)",
      "(that is|that's|this is|it is|it's|that would be) … (another|a different|the other) (department|team|office|branch)",
      '(another|a different|the other) (department|team|office|branch) (handles|deals with|looks after|takes care of|is responsible|has to|needs to|must)',
      '(handled|dealt with|done|decided|looked after|taken care of) by (another|a different|the other|a separate) (department|team|office|branch)',
      'this is something for (our|the) … (team|department)',
    ],
    sayInstead: [
      'I am asking {colleague.fullName}, who knows this best, and I stay with you until you have your answer.',
      'I will find that out for you myself; give me until {promise.due}.',
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
      '(contact|call|ask|email|e-mail|message|reach|reach out to|get in touch with|speak to|speak with|talk to|write to|go to|check with) (our|the) (…)? (team|department|helpdesk|help desk|call centre|call center|head office|hotline)',
      'get you in touch with (our|the) … (team|department)',
      '(contacting|getting in touch with|reaching out to|calling|speaking to) (our|the) … (team|department)',
    ],
    sayInstead: [
      'I am asking {colleague.fullName} to join us here, so that you need not tell it twice.',
      'I will bring in whoever knows this best and come back to you by {promise.due}.',
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
      'I have told {colleague.fullName} all of it, and you will hear from me by {promise.due}.',
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
      '{colleague.fullName} will write to you by {promise.due}, and I will ask you afterwards whether it helped.',
      'I will write to you myself by {promise.due}.',
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

const excuses: readonly StarterRule[] = [
  {
    key: 'we-are-busy',
    topic: 'excuse',
    title: 'We are so busy',
    finds: [
      "(we|we're|we've|I|I'm|I've|it is|it's|it was|things) (are|am|have|were|was)? (been)? (currently|all|just)? (very|really|extremely|so|quite|rather|too|incredibly)? (busy|swamped|overwhelmed|snowed under|understaffed|short-staffed|short of staff|hectic)",
      '(high|higher|heavy|heavier|increased|unusual|unprecedented|large|huge) (than (usual|normal))? (call|contact|message|order|chat|request)? (volume|volumes|demand|workload|number of (calls|messages|requests|chats|enquiries|inquiries|orders))',
      '(longer|higher) (wait|waiting|response|delivery|reply|queue)? (times|time|delays)? than (usual|normal|expected)',
      '(staff shortage|staff shortages|lack of staff|peak season|backlog)',
    ],
    sayInstead: [
      'You have waited longer than you should have, and I am sorry. I am here for you now.',
      'That was a long wait, and it is our fault. I have read everything you wrote.',
    ],
    replaces: 'sentence',
    reason:
      'How much we have to do is our affair. To the person who waited it explains nothing, and it tells them they are one of many.',
    level: 'warning',
    mustFire: [
      { text: 'Sorry, we are really busy today.' },
      { text: 'We are experiencing a high volume of messages.' },
      { text: 'Things have been quite hectic here.' },
      { text: 'Response times are longer than usual.' },
    ],
    mustNotFire: [
      { text: 'I can tell that you are busy, so here is the short answer.' },
      { text: 'If the line is busy, leave your number and I will call back within the hour.' },
      { text: 'Turn the volume higher with the button on the left.' },
    ],
  },
  {
    key: 'the-system',
    topic: 'excuse',
    title: 'The system did it',
    finds: [
      "(the|our|my) (…)? (system|computer|software|programme|program|tool|screen|server) (won't|will not|doesn't|does not|isn't|is not|can't|cannot|can not|didn't|did not|wouldn't|never) (let|letting|allow|allowing|permit|accept|support|recognise|recognize|show|work|working)",
      '(the|our|my) (system|systems|computer|computers|server|servers|network) (is|are|was|were|has been|went|keeps) (currently|just|very|so|really)? (down|slow|offline|playing up|acting up|crashing|frozen|freezing)',
      '(because of|due to|caused by) (a|an|our|the) (…)? (system|technical|server|software|computer|IT) (error|issue|issues|problem|problems|fault|failure|reasons)',
    ],
    sayInstead: [
      'Give me five minutes: I will do it another way and tell you when it is done.',
      'I am doing this one by hand, and you need not do anything meanwhile.',
    ],
    replaces: 'sentence',
    reason:
      'The system is ours. Whether it behaves is not the customer’s worry; what you do now is what counts.',
    except: ['(your|the customer) (system|computer|software|screen)'],
    level: 'suggestion',
    mustFire: [
      { text: "I'm afraid the system won't let me change that." },
      { text: 'Our computers are very slow this morning.' },
      { text: 'Your order was delayed due to a technical issue.' },
    ],
    mustNotFire: [
      { text: 'Does your screen show a message when the app closes?' },
      { text: 'The cooling system works again, and the car is ready at five.' },
      { text: 'Which system are you on, Windows or Mac?' },
    ],
  },
  {
    key: 'out-of-our-hands',
    topic: 'excuse',
    title: 'Out of our hands',
    finds: [
      '(out of|outside|outside of|beyond|not in) (our|my) (hands|control|power|influence)',
      "(there is|there's|there was)? nothing (else|more|further)? (that)? (I|we) (can|could) (do|change|say|offer)",
      "(I|we) (can't|cannot|can not|couldn't) do anything (about|for|here|more)",
      'unable to assist (you)? (any)? further',
      'due to contractual (agreements|obligations|reasons)',
    ],
    sayInstead: [
      'That one I cannot change. What I can do is {alternative}.',
      'I have asked what can be done about it: {alternative}. Would that help you?',
    ],
    replaces: 'sentence',
    reason:
      'A shrug ends the conversation, not the trouble. There is nearly always something we can do, if only to ask somebody or to stay with it.',
    except: ['what (I|we) can do is', 'nothing (I|we) (can|could) do better'],
    level: 'warning',
    mustFire: [
      { text: "I'm sorry, but that is out of our hands." },
      { text: 'There is nothing more we can do.' },
      { text: 'The delay is beyond our control.' },
    ],
    mustNotFire: [
      {
        text: 'The strike is outside our control; what I can do is send a second parcel by another way today.',
      },
      { text: 'Is there anything I can do about the date?' },
      { text: 'Keep the remote control out of the sun.' },
    ],
  },
  {
    key: 'the-carrier',
    topic: 'excuse',
    title: 'It was the carrier',
    finds: [
      '(the|our) (carrier|courier|driver|supplier|manufacturer|warehouse|bank|post|post office|delivery company|partner|vendor|airline) (is|was|are|were) (responsible|to blame|at fault|late|slow)',
      "(the|our) (carrier's|courier's|driver's|supplier's|manufacturer's|warehouse's|bank's|partner's|vendor's|airline's) (fault|mistake|error|responsibility|problem)",
      '(take|contact|call|ask) (it)? (up)? (with)? (the|your) (carrier|courier|driver|supplier|manufacturer|bank|post office|delivery company|vendor|airline)',
      '(is|are|was) (not|no longer) (our|my) (fault|mistake|problem|responsibility)',
      "(isn't|aren't|wasn't) (our|my) (fault|mistake|problem|responsibility)",
    ],
    sayInstead: [
      'You bought it from us, so it is mine to sort out: I am calling them now and will tell you by {promise.due} what they say.',
      'I am sorry that it has not reached you. I am following it up, and you need not call anybody.',
    ],
    replaces: 'sentence',
    reason:
      'They chose us, not our carrier. Whoever caused it, the one who was paid puts it right and does the asking.',
    except: [
      "(I|we|I'll|we'll) (will|have|am|are|shall)? (just|now|already)? (take|contact|contacted|call|called|ask|asked)",
    ],
    level: 'suggestion',
    mustFire: [
      { text: "It's the courier's fault, not ours." },
      { text: 'Please contact the carrier about the missing parcel.' },
      { text: 'That is not our responsibility once it has left the house.' },
    ],
    mustNotFire: [
      { text: 'I have called the carrier, and the parcel is in Bristol.' },
      { text: 'The driver is on the way and rings your bell before noon.' },
      { text: 'The carrier lost it, and as you bought it from us I am sending another today.' },
    ],
  },
  {
    key: 'a-colleague-did-it',
    topic: 'excuse',
    title: 'A colleague did it',
    finds: [
      "(my|a|the|your previous|our) (…)? (colleague|colleagues|co-worker|coworker|agent|trainee|intern|temp|predecessor) (must have|should have|shouldn't have|should not have|forgot|made a mistake|made an error|got it wrong|was wrong|gave you the wrong|told you wrong|misinformed)",
      '(whoever|the person who|the one who|the agent who) (told|helped|served|informed|advised) you (…)? (was|made|should|must|got)',
      '(nobody|no one|no-one) (told|informed|tells) me',
      "(I wasn't|I was not|we weren't|we were not) (told|informed|made aware|there|here|on shift|on duty)",
      "(it wasn't|it was not|that wasn't|that was not) me",
    ],
    sayInstead: [
      'What you were told was wrong, and I am sorry. This is how it really is:',
      'That was our mistake, and I am putting it right now.',
    ],
    replaces: 'sentence',
    reason:
      'We speak with one voice. To put it on somebody who is not here makes the house look divided, and mends nothing.',
    level: 'suggestion',
    mustFire: [
      { text: 'My colleague must have forgotten to send it.' },
      { text: 'Whoever told you that was wrong.' },
      { text: 'I was not informed about that.' },
    ],
    mustNotFire: [
      { text: 'My colleague Ruth Okafor knows this model best, and she is looking at it with me.' },
      { text: 'You were told something wrong, and I am sorry.' },
      { text: 'Who told you about the offer, so that I can thank them?' },
    ],
  },
  {
    key: 'only-an-agent',
    topic: 'excuse',
    title: 'Making oneself small',
    finds: [
      "(I am|I'm) (only|just|merely) (a|an|the) (agent|trainee|employee|messenger|operator|assistant|temp|student|intern|person who answers|customer service …)",
      "(I am|I'm) (only|just)? (quite|still|fairly|rather|pretty)? new (here|at this|to this|in this)",
      "(I|we) (don't|do not|didn't|did not) (make|write|set) the (rules|prices|decisions|policies|law)",
      'I only work here',
      "(I am|I'm) (only|just) doing my job",
      '(above|beyond) my (pay grade|paygrade|authority|level)',
    ],
    sayInstead: [
      'Let me find that out for you; I will be back in ten minutes with the answer.',
      'I would like to be sure of it, so I am asking {colleague.fullName} now.',
    ],
    replaces: 'sentence',
    reason:
      'To the customer you are the company. Not knowing is no disgrace: find out, and say when you are back.',
    level: 'warning',
    mustFire: [
      { text: "I'm just an agent, I can't decide that." },
      { text: "Sorry, I'm still new here." },
      { text: "I don't make the rules." },
    ],
    mustNotFire: [
      { text: 'If you are new here, I can show you round.' },
      { text: 'I am just asking about it.' },
      {
        text: 'We do not set the rent for the flat, your landlord does, but I can show you how others have asked.',
      },
    ],
  },
  {
    key: 'difficult-times',
    topic: 'excuse',
    title: 'Difficult times',
    finds: [
      '(unforeseen|unforeseeable|exceptional|extraordinary|unavoidable) (circumstances|events|reasons|delays)',
      '(during|in|given|due to|because of) (these|this|the|such) (difficult|unprecedented|challenging|uncertain|trying|current|strange|extraordinary) (times|time|situation|circumstances|climate|period)',
      '(due to|because of|for) (operational|organisational|organizational|internal|logistical|administrative) (reasons|issues|problems|constraints|changes)',
    ],
    sayInstead: [
      'I am sorry that it is late. It leaves us on {promise.due}, and I will write to you when it has.',
      'Here is what happened, and what I am doing about it:',
    ],
    replaces: 'sentence',
    reason:
      'It sounds like a reason and says nothing. Either tell what happened or leave it out, and say what comes next.',
    level: 'suggestion',
    mustFire: [
      { text: 'Due to unforeseen circumstances your order is late.' },
      { text: 'Please bear that in mind during these difficult times.' },
      { text: 'For operational reasons we close early.' },
    ],
    mustNotFire: [
      { text: 'The storm has closed the road, and the van comes tomorrow at nine.' },
      { text: 'I know that this has been a difficult time for you and your family.' },
    ],
  },
];

export const houseRules: readonly StarterRule[] = [...organisationChart, ...excuses];
