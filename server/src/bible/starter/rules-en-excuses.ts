/** Reasons that are ours and help nobody: how busy we are, the system, the carrier, a colleague. */
import type { StarterRule } from './rule.ts';

export const excuseRules: readonly StarterRule[] = [
  {
    key: 'we-are-busy',
    topic: 'excuse',
    title: 'We are so busy',
    finds: [
      "(we|we're|we've|I|I'm|I've|it is|it's|it was|things) (are|am|have|were|was)? (been)? (currently|all|just)? (very|really|extremely|so|quite|rather|too|incredibly|a bit|a little)? (busy|swamped|overwhelmed|snowed under|understaffed|short-staffed|short of staff|hectic)",
      '(high|higher|heavy|heavier|increased|unusual|unprecedented|large|huge) (than (usual|normal))? (call|contact|message|order|chat|request)? (volume|volumes|demand|workload|number of (calls|messages|requests|chats|enquiries|inquiries|orders))',
      '(longer|higher) (wait|waiting|response|delivery|reply|queue) (times|time|delays) than (usual|normal|expected)',
      '(longer|higher) than (usual|normal) (wait|waiting|response|delivery|reply|queue|delays)',
      '(times|waits|queues|delays) (are|is|may be|can be) (currently)? (longer|higher) than (usual|normal|expected)',
      '(staff shortage|staff shortages|lack of staff|peak season|backlog)',
    ],
    sayInstead: [
      'You have waited longer than you should have, and I am sorry. I am here for you now.',
      'That was a long wait, and it is our fault. I have read everything you wrote.',
    ],
    replaces: 'sentence',
    reason:
      'How much we have to do is our affair. To the person who waited it explains nothing, and it tells them they are one of many.',
    except: [
      '(busy|tied up) (until|till|with you|with your|on your)',
      "(you are|you're|your|are you|the line is) busy",
    ],
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
      '(my|our) hands are tied',
      '(out of|outside|outside of|beyond) (our|my) (hands|control|power|influence)',
      'not in (our|my) (control|power)',
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
    except: [
      '(control|power) (panel|supply|station|room|cable|tower)',
      'nothing (I|we) can do (can|will|could)',
      'what (I|we) can do is',
      'nothing (I|we) (can|could) do better',
    ],
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
      '(lost|damaged|delayed|broken|held up) by (the|our) (carrier|courier|driver|supplier|post|shipping company|delivery company|warehouse)',
      "(shipping|delivery|transport) company's (fault|mistake|error|responsibility|problem)",
      '(the|our) (carrier|courier|driver|supplier|manufacturer|warehouse|bank|post|post office|delivery company|partner|vendor|airline) (is|was|are|were) (responsible|to blame|at fault|late|slow)',
      "(the|our) (carrier's|courier's|driver's|supplier's|manufacturer's|warehouse's|bank's|partner's|vendor's|airline's) (fault|mistake|error|responsibility|problem)",
      '(take|contact|call|ask) (it)? (up)? (with)? (the|your) (carrier|courier|driver|supplier|manufacturer|bank|post office|delivery company|vendor|airline)',
      '(is|are|was) (not|no longer) (our|my) (fault|mistake|problem|responsibility)',
      "(isn't|aren't|wasn't) (our|my) (fault|mistake|problem|responsibility)",
    ],
    sayInstead: [
      'You bought it from us, so it is mine to sort out: I am calling them now and will tell you by {time} what they say.',
      'I am sorry that it has not reached you. I am following it up, and you need not call anybody.',
    ],
    replaces: 'sentence',
    reason:
      'They chose us, not our carrier. Whoever caused it, the one who was paid puts it right and does the asking.',
    except: [
      "(I have|I've|we have|we've|I am|I'm) (just|already)? (written|called|asked|watching|calling|writing|asking|sending|in touch)",
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
      '(the|your) (previous|last|other|first) (agent|colleague|person|advisor) (gave|told|said|promised|forgot|made)',
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
      "(I am|I'm) (still|quite|rather)? new(,)? (so|and I|sorry)",
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
      'I am sorry that it is late. It leaves us on {time}, and I will write to you when it has.',
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
