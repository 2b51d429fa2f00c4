/** Making little of a failure, and cheer where none is felt. */
import type { StarterRule } from './rule.ts';

const euphemism: readonly StarterRule[] = [
  {
    key: 'little-hiccup',
    topic: 'euphemism',
    title: 'A little hiccup',
    finds: [
      '(hiccup|hiccups|hiccough|mishap|snag|glitch|blip|mix-up|mixup|kerfuffle|teething troubles|teething problems)',
      '(bump|bumps) (in|along) the (road|way)',
      '(some|a bit of|a little|quite some|quite a|quite an|had an|had a) (…)? (excitement|adventure|drama)',
      '(bit|spot) of (bother|trouble|a problem|a situation|confusion|a delay)',
      '(little|small|minor|tiny|slight|wee) (problem|issue|delay|mistake|error|misunderstanding|matter|trouble|incident|inconvenience)',
    ],
    sayInstead: [
      'I know what happened: {failure.what|we let you down}. I am sorry.',
      'That was our mistake, and no small one for you.',
    ],
    replaces: 'sentence',
    reason:
      'The one who had the trouble decides how big it was. Call it by its name, and they need not prove it to you.',
    when: ['open-failure'],
    except: [
      '(without|not|no|never) (a|one|any|the)? (…)? (hiccup|glitch|snag|mishap)',
      '(to|for) you (…)? (not|anything but|no) (little|small|minor)',
      'not a (little|small|minor)',
      'no (small|minor|little)',
    ],
    level: 'warning',
    mustFire: [
      { text: 'I hear there was a little hiccup with your order.' },
      { text: 'You had some excitement this morning.' },
      { text: 'Sorry about the minor delay.' },
    ],
    mustNotFire: [
      { text: 'I hear there was a little hiccup with your order.', given: [] },
      { text: 'Your cake never came on the morning of the party: that is no small matter.' },
      { text: 'The parcel went to the wrong town, and that was our mistake.' },
    ],
  },
  {
    key: 'not-ideal',
    topic: 'euphemism',
    title: 'Not ideal',
    finds: [
      "(not|n't|less than|far from|not quite|not exactly) (ideal|optimal|perfect|great|smooth|what we (like|hope|want|aim|strive))",
      '(suboptimal|sub-optimal)',
      "(not|n't) (…)? (experience|service|standard|quality) (that)? (we|you) (want|wanted|expect|aim|strive|like|hope)",
      "(not|n't) (up to|meet|met|reflect) (our|the) (usual|high|normal|own)? (standard|standards|expectations)",
      'this is never the way we want',
      '(unfortunate|regrettable) (incident|situation|event|events|circumstances|occurrence|experience)',
    ],
    sayInstead: [
      'We got it wrong: {failure.what|you relied on us and we let you down}.',
      'That should not have happened to you, and I am sorry.',
    ],
    replaces: 'sentence',
    reason: 'It measures the failure against our own ideals. The customer lost something real, so name that.',
    when: ['open-failure'],
    level: 'suggestion',
    mustFire: [
      { text: "That's not the experience we want you to have." },
      { text: 'I know that this was less than ideal.' },
      { text: 'It was an unfortunate incident.' },
    ],
    mustNotFire: [
      { text: 'This lamp is not ideal for reading; the brass one gives more light.', given: [] },
      { text: 'You waited at home all day and nobody came.' },
    ],
  },
  {
    key: 'mistakes-were-made',
    topic: 'euphemism',
    title: 'Mistakes were made',
    finds: [
      '(mistakes|errors) (were|have been) made',
      '(a|an|some) (…)? (mistake|error|oversight|misunderstanding|miscommunication) (was made|has been made|has occurred|occurred|happened|has happened|crept in|arose|slipped in)',
      '(there was|there has been|there were|there seems to have been|there must have been) (a|an|some) (…)? (mistake|error|oversight|misunderstanding|miscommunication|problem|issue|confusion|delay)',
      '(something|things) (seems to have|must have|has|have)? (gone|went) (a bit|a little|slightly|somewhat)? wrong',
    ],
    sayInstead: [
      'We made a mistake, and I am sorry.',
      'We got that wrong: {failure.what|I know what happened}.',
    ],
    replaces: 'sentence',
    reason:
      'A mistake that nobody made is one that nobody mends. “We” is the word that people are waiting for.',
    when: ['open-failure'],
    level: 'suggestion',
    mustFire: [
      { text: 'Unfortunately mistakes were made.' },
      { text: 'It seems an error has occurred with your booking.' },
      { text: 'There was some confusion in our warehouse.' },
    ],
    mustNotFire: [
      { text: 'We made a mistake with your booking.' },
      { text: 'If an error appears on the screen, tell me its number.' },
      { text: 'Unfortunately mistakes were made.', given: [] },
    ],
  },
  {
    key: 'sorry-for-the-experience',
    topic: 'euphemism',
    title: 'Sorry for the experience',
    finds: [
      '(sorry|apolog*) (for|about|to hear about) (the|this|that|your|such|any) (…)? (experience|situation|matter|event|incident|circumstance|circumstances)',
      '(your|the|this|that) (recent|bad|poor|negative|unpleasant|disappointing|frustrating|last) (…)? experience',
      'the (experience|situation) (you had|you have had|with us)',
    ],
    sayInstead: [
      'I am sorry: {failure.what|you relied on us, and we let you down}.',
      'I am sorry that we let you down, and I know how.',
    ],
    replaces: 'sentence',
    reason:
      'An “experience” is something one buys a ticket for. An apology that names what went wrong shows that somebody read it.',
    when: ['open-failure'],
    level: 'suggestion',
    mustFire: [
      { text: "We're sorry for the experience." },
      { text: 'I apologise for this situation.' },
      { text: 'I have read about your recent negative experience.' },
    ],
    mustNotFire: [
      { text: 'I am sorry that nobody called you back on Tuesday.' },
      { text: 'Have you had experience with a sewing machine before?' },
    ],
  },
];

const forcedCheer: readonly StarterRule[] = [
  {
    key: 'great-question',
    topic: 'forced-cheer',
    title: 'Great question!',
    finds: [
      '(great|good|excellent|wonderful|awesome|amazing|fantastic|brilliant|lovely|super) (question|questions|point)',
      '^ (awesome|amazing|fantastic|wonderful|perfect|brilliant|fabulous|excellent|super|yay|woohoo|hooray) $',
    ],
    sayInstead: ['Let me answer that:', 'Here is the answer:'],
    replaces: 'sentence',
    reason: 'They did not ask for marks. A quick, clear answer honours the question more than praise does.',
    except: [
      '(have|had|ask|asked|asking|any|more) (a|an|some|any|me|us)? (great|good|excellent) (question|questions)',
    ],
    level: 'suggestion',
    mustFire: [
      { text: "That's a great question!" },
      { text: 'Awesome!' },
      { text: 'Good question. You pay when you collect it.' },
    ],
    mustNotFire: [
      { text: 'The blue one is a good choice for a north wall, since it stays warm in the evening.' },
      { text: 'It works perfectly again.' },
      { text: 'Please ask as many questions as you like.' },
    ],
  },
  {
    key: 'cheer-after-failure',
    topic: 'forced-cheer',
    title: 'Cheer after a failure',
    finds: [
      '(delighted|thrilled|excited|overjoyed) to (help|assist|look|see|hear|take|be|work|get)',
      'have (a|an) (…)? (great|wonderful|fantastic|lovely|fabulous|nice|good|awesome|amazing|blessed|magical) (day|evening|weekend|morning|afternoon|night|week|one|time)',
      '(enjoy|happy) (your|the|streaming|shopping|watching|reading|listening|travels)',
      '^ (great|awesome|wonderful|fantastic|perfect|excellent|super|lovely|brilliant|cool|yay|congratulations|congrats) $',
      '(great|fantastic|wonderful|awesome|good) news',
    ],
    sayInstead: [
      'I am here, and I am on it.',
      'I am looking at it now, and I stay with you until it is settled.',
    ],
    replaces: 'sentence',
    reason:
      'Somebody whom we failed is not in the mood, and need not pretend for us. Quiet seriousness shows more respect.',
    when: ['open-failure'],
    level: 'suggestion',
    mustFire: [
      { text: "We'd be thrilled to help you with that!" },
      { text: 'Have a wonderful day!' },
      { text: 'Great! I have found your order.' },
    ],
    mustNotFire: [
      { text: 'Have a wonderful day!', given: [] },
      { text: 'You are right not to be happy about it.' },
      { text: 'I have found your order, and it is on my desk now.' },
    ],
  },
  {
    key: 'over-the-moon',
    topic: 'forced-cheer',
    title: 'Over the moon',
    finds: [
      '(absolutely|totally|super|beyond|so|incredibly|extremely|really|very|truly) (thrilled|delighted|stoked|excited|ecstatic|pumped|honoured|honored)',
      '(super|more than|only too|absolutely|extremely) (happy|glad|pleased) to',
      '(over the moon|on cloud nine|tickled pink)',
      '(made|makes|make|brighten*) (my|our) (day|week)',
      '(my|our) (absolute|great|sincere|utmost)? pleasure to',
      '(we|I) (just|absolutely|simply|totally)? (love|adore) (you|our (customers|members|fans|users)) (too|all)?',
    ],
    sayInstead: ['I am glad that you wrote.', 'Thank you, that is good to hear.'],
    replaces: 'sentence',
    reason: 'Feelings three sizes too big sound bought. One plain warm word is believed.',
    level: 'suggestion',
    mustFire: [
      { text: 'I am absolutely thrilled to be of service!' },
      { text: "We'd be more than happy to look at it." },
      { text: 'You just made my day!' },
    ],
    mustNotFire: [
      { text: 'I am glad that it works again.' },
      { text: 'Are the children excited about the trip?' },
      { text: 'I am so sorry, and I am on it now.' },
    ],
  },
  {
    key: 'oops',
    topic: 'forced-cheer',
    title: 'Oops!',
    finds: [
      '(oops|oopsie|oopsies|oopsy|whoops|whoopsie|yikes|uh oh|uh-oh|uhhh|ouch|yowza|bummer|our bad|my bad)',
      "(hmm|hm) (that's|that is|this is|how) (weird|odd|strange|funny)",
      '^ (no worries|no problem|no biggie|no big deal|not a problem)',
    ],
    sayInstead: ['I am sorry. Let me look at it at once.', 'That should not have happened, and I am sorry.'],
    replaces: 'sentence',
    reason:
      'It is a word for spilt milk. To the person who has the trouble, it sounds as if we found it funny.',
    when: ['open-failure'],
    except: ['no (problem|worries) with'],
    level: 'suggestion',
    mustFire: [
      { text: 'Yikes! Let me have a look.' },
      { text: 'Oops, our bad!' },
      { text: 'No worries! Please send it again.' },
    ],
    mustNotFire: [
      { text: 'Oops, our bad!', given: [] },
      { text: 'There is no problem with your card; the fault is ours.' },
    ],
  },
  {
    key: 'bright-side',
    topic: 'forced-cheer',
    title: 'The bright side',
    finds: [
      '(bright side|silver lining)',
      '(the|some) (good|great|better) news (is|are|though|for you)',
      '^ (but|well|and|so)? (…)? at least (you|it|nobody|no one|we|the|your|now|this|that) (…)? (have|has|had|did|got|is|was|were|are|can|could)',
      '(but|well) at least (you|it|nobody|no one|we|the|your|now|this|that)',
      '(it |things |that )?(could|might) (be|have been) (much|a lot|far)? worse',
      "(it is|it's|that is|that's|this is) not (that|so) (bad|big|terrible|serious)",
      '(these|such) things (happen|can happen)',
    ],
    sayInstead: ['I am sorry that it happened to you.', 'Here is what I am doing about it now:'],
    replaces: 'sentence',
    reason:
      'Comfort of this kind tells people to feel less than they feel. Stay with them for a moment, then act.',
    when: ['open-failure'],
    level: 'suggestion',
    mustFire: [
      { text: 'Look on the bright side: it is only a day late.' },
      { text: 'But at least you have the box.' },
      { text: 'These things happen.' },
    ],
    mustNotFire: [
      { text: 'I need at least two photographs of it.' },
      { text: 'It could have been worse.', given: [] },
      { text: 'A thing like this must not happen again.' },
    ],
  },
];

export const feelingRules: readonly StarterRule[] = [...euphemism, ...forcedCheer];
