import type { StarterPhrases } from '../starter.ts';

export const english: StarterPhrases = {
  hello: [
    {
      text: 'Hello {customer.name|there}, I am {agent.fullName}. What can I do for you?',
      reason: 'The full name first: people trust somebody whom they could ask for again.',
    },
    {
      text: 'Good to see you again, {customer.name|and welcome back}. {agent.fullName} here – our earlier conversations are in front of me, so you need not start from the beginning.',
      reason: 'A regular is recognised, and is spared telling the story twice.',
      notWhen: 'They have not written to us before.',
      tags: ['returning'],
    },
    {
      text: 'Hello {customer.name|there}, {agent.fullName} here. I have read your message and am looking it up now; give me two minutes.',
      reason: 'Shows that the first words were read, and says how long it takes.',
    },
    {
      text: 'Hello {customer.name|there}, I am {agent.fullName}. I have read what happened last time ({failure.what|I know the story}), and I stay with you until this is settled.',
      reason: 'Somebody whom we failed is met with a knowing word, not with a cheerful script.',
      notWhen: 'Nothing went wrong before.',
    },
    {
      text: 'Hello, {agent.fullName} here. I am on it.',
      reason: 'Somebody in a hurry wants it fixed, not a welcome.',
      tags: ['brief'],
    },
    {
      text: 'Hello {customer.name|there}, I am {agent.fullName}. If you like, tell me what it is for as well: it helps me to choose well.',
      reason: 'The occasion is where a small surprise begins.',
      notWhen: 'Something went wrong, or they only want one answer.',
      tags: ['delight'],
    },
  ],
  waiting: [
    {
      text: 'I am still looking, and I have not forgotten you. I will be back in five minutes at the latest, with or without an answer.',
      reason: 'A wait with an end is half as long. The word is kept even when there is no news.',
    },
    {
      text: 'That was a long wait, and I am sorry for it. I have read everything you wrote, and I am here for you now.',
      reason: 'Owns the wait. Others who also wait are no reason to the person who did.',
      notWhen: 'They waited less than a minute or two: then it sounds put on.',
    },
    {
      text: 'I would like to check this properly, which takes about ten minutes. You can close the page meanwhile: my answer will be here when you come back.',
      reason: 'Gives people their time back instead of keeping them before a screen.',
    },
    {
      text: 'Two more minutes, please. I am asking about it right now.',
      reason: 'Short and exact, for somebody who only wants to know when.',
      notWhen: 'You are not asking right now.',
      tags: ['brief'],
    },
    {
      text: 'While I look, I have noted the other thing that you mentioned as well, so you need not ask for it later.',
      reason: 'A wait that brings something is no empty wait.',
      notWhen: 'You have not written it down.',
      tags: ['delight'],
    },
  ],
  understanding: [
    {
      text: 'Let me say it in my own words before I do anything, and please correct me where I am wrong.',
      reason: 'Going over it together shows that you listened, and finds the mistake before it is made.',
    },
    {
      text: 'I can see why this matters to you. If you could choose, what would be the best outcome?',
      reason: 'Asks what they value. What we think they want is often something else.',
    },
    {
      text: 'Thank you for telling me so exactly; I need not ask you any more. I will begin with what is most urgent for you.',
      reason: 'Their effort is seen, and the next step is clear.',
    },
    {
      text: 'Being left without an answer for so long would upset me too. I have read our earlier messages; tell me only what is not in them.',
      reason: 'Takes the feeling seriously without explaining it away, and spares the repetition.',
      notWhen: 'They do not sound upset. Do not tell people how they feel.',
    },
    {
      text: 'Understood. I am doing it now.',
      reason: 'One line says that it arrived and what happens now.',
      notWhen: 'You are not quite sure what they mean: then ask.',
      tags: ['brief'],
    },
    {
      text: 'You asked about this when we last spoke, so I still have it in front of me. Has anything changed since then?',
      reason: 'Nobody has to begin again, and what is new gets its room.',
      notWhen: 'They have not written before.',
      tags: ['returning'],
    },
  ],
  apology: [
    {
      text: 'I have read what happened last time – {failure.what|something we should have got right} – and I am sorry; you need not explain it again.',
      reason:
        'Names the failure, so that it is an apology for something. Nobody has to tell the trouble twice.',
      notWhen: 'They have already said that it is behind them.',
      tags: ['acknowledge'],
    },
    {
      text: 'Before anything else, I would like to apologise for last time ({failure.what|I know what went wrong}): that should not have happened to you.',
      reason: 'The apology comes before today’s business, as it would between people.',
      tags: ['acknowledge'],
    },
    {
      text: 'I am sorry. You relied on us, and we let you down. Let me put it right: what do you need most at this moment?',
      reason: 'A real apology has no “if” and no “but”. Then it asks instead of assuming.',
    },
    {
      text: 'I am sorry that it has happened again. {ally.fullName|Your contact here} knows about it too, and one of us will stay with you until it is settled.',
      reason: 'The second failure hurts more than the first: a named person stands by them.',
      notWhen: 'It is the first time.',
      tags: ['ally'],
    },
    {
      text: 'That was our mistake, not yours. I am sorry, and I am mending it now.',
      reason: 'When the repair is quick, long regrets only hold it up.',
      tags: ['brief'],
    },
  ],
  asking: [
    {
      text: 'May I ask one thing, to save you writing twice: by when do you need it?',
      reason: 'One question at a time, with its reason, and the one that decides everything else.',
    },
    {
      text: 'What would put this right for you? Say it just as you wish it; finding a way is my part.',
      reason: 'People often wish for less than we would have offered, or for something quite different.',
    },
    {
      text: 'To find your order I need its number, or the e-mail address it was placed with – whichever is easier for you.',
      reason: 'Offers a choice and says what it is for.',
      notWhen: 'The order is on your screen already. Never ask for what we know.',
    },
    {
      text: 'Shall I explain how it is done, or would you rather that I do it for you?',
      reason: 'Some want to learn it, some want it gone. Both are right.',
      tags: ['brief'],
    },
  ],
  refusing: [
    {
      text: 'I cannot do this one, and I do not want to leave you with a no. What I can do is {alternative}, or {alternative}. Which would help you more?',
      reason: 'A no travels with one or two real alternatives. Fill in both gaps.',
      notWhen: 'It is about safety, security, privacy, health or ethics: a kind, plain no is right there.',
    },
    {
      text: 'I have just asked: today is too late for it. There are two other ways: {alternative} tomorrow, or {alternative} still today. Shall I arrange one of them?',
      reason: 'Shows that somebody tried, and offers to do the work. Fill in both gaps.',
      notWhen: 'You have not asked.',
    },
    {
      text: 'We do not have it, and I would rather say so than sell you something else. The closest we have is {alternative}; for exactly that one, you may find it at {alternative}.',
      reason: 'Sending people to another shop honestly is remembered for years.',
    },
    {
      text: 'I would like to say yes, and I need until tomorrow to ask the person who can decide it. Until then I can already {alternative}. Is that all right with you?',
      reason: 'Buys time for a yes, and gives something at once. Fill in the gap.',
    },
    {
      text: 'That way is closed, but this one is open: {alternative}. Shall I go ahead?',
      reason: 'The alternative itself is the message, for somebody in a hurry.',
      tags: ['brief'],
    },
    {
      text: 'I will not do this one, because somebody could be hurt, and I would rather disappoint you than see that happen. I am glad you asked first.',
      reason: 'Safety comes first, and asking was right: say both.',
      tags: ['firm', 'safety'],
    },
    {
      text: 'I know that this is a nuisance, and I still cannot open the account before I am sure that it is you, because somebody else could ask in your name. The check takes a minute, and I stay with you.',
      reason: 'The no guards this very person. Say whom it protects, and how short the way is.',
      tags: ['firm', 'security'],
    },
    {
      text: 'I keep that closed, because it belongs to somebody else, and I would keep yours closed in just the same way. I am sorry to leave you without it.',
      reason: 'Everybody wants this for themselves, so nobody has to be lectured.',
      tags: ['firm', 'privacy'],
    },
    {
      text: 'I would rather say nothing about that, because it concerns your health and a wrong word from me could do harm. Please ask a doctor or a pharmacist, and at once if it gets worse.',
      reason: 'A kind no, and who can really help.',
      tags: ['firm', 'health'],
    },
    {
      text: 'I say this with respect: I will not do that, because it would be unfair to somebody who cannot speak for themselves here. For everything else I am glad to be your person.',
      reason: 'Firm about the deed, friendly to the person.',
      tags: ['firm', 'ethics'],
    },
  ],
  'hand-over': [
    {
      text: 'Nobody here knows this better than {colleague.fullName}, so I have asked for help. You need not repeat anything: I have passed on the whole story, and I stay your contact.',
      reason: 'A person by full name instead of a department, nothing to repeat, and nobody is dropped.',
    },
    {
      text: 'Hello {customer.name|there}, I am {agent.fullName}. {ally.fullName|My colleague} has told me everything, and I have read your messages. {ally.fullName|My colleague} stays your contact, whatever happens.',
      reason:
        'For the person who takes over: shows that the story came along, and that the first contact remains.',
      notWhen: 'You have not read it yet.',
      tags: ['ally'],
    },
    {
      text: 'Would it be all right if {colleague.fullName} joined us here? Afterwards I will ask you myself whether it is really solved.',
      reason: 'Asks first, and promises the follow-up that an ally owes.',
    },
    {
      text: 'My working day is nearly over. {colleague.fullName} knows all of it and goes on with you from here, and I will ask after you in the morning.',
      reason: 'The end of a shift is our affair; the customer only notices that somebody stays.',
      notWhen: 'You are not here tomorrow.',
    },
  ],
  security: [
    {
      text: 'Please do not send me a password or a code: nobody here will ever ask you for one. I can send a link to your e-mail address, with which you choose a new one yourself.',
      reason: 'A plain no protects the customer, and a safe way goes with it.',
      tags: ['verify'],
    },
    {
      text: 'That is somebody else’s record, and I keep it closed, just as I keep yours. If they write to us themselves, I will help them at once.',
      reason: 'Says why in a way that anybody would want for themselves. No policy is needed.',
      tags: ['keep-closed'],
    },
    {
      text: 'Before I change anything I need to be sure that it is you. May I send a message to the e-mail address that we have on record?',
      reason: 'The check goes to an address we already have, never to a new one from the conversation.',
      tags: ['verify'],
    },
    {
      text: 'Your card number has just come through. You did nothing wrong, but please do not send it again: I do not need it, and the payment page takes it safely.',
      reason: 'Stops it without shaming anybody.',
    },
    {
      text: 'So that I know it is you: which are the last four digits of the telephone number we have on record? Only these four, please.',
      reason: 'Four digits prove enough and give nothing away.',
      notWhen: 'They have just told you the number themselves.',
      tags: ['verify'],
    },
    {
      text: 'I have sent a link to the e-mail address that we have on record. Once you open it, I know that it is you, and nothing needs to be typed here.',
      reason: 'Whoever owns the mailbox can prove it without telling a secret.',
      notWhen: 'You have not sent it yet.',
      tags: ['verify'],
    },
    {
      text: 'May I call you back on the number that we have on record? Then I know that it is you, and you know that it is me.',
      reason: 'A call to the known number protects both sides. Never call a number that was given just now.',
      tags: ['verify'],
    },
  ],
  compensation: [
    {
      text: 'Sending it again only puts things back as they were, and your time is still gone. Would free delivery next time make up for a little of it, or is there something you would like better?',
      reason: 'Putting it right is the first step, the extra is the second. Ask which one pleases.',
    },
    {
      text: 'The delivery is on us, of course. And as you have had to wait: what small thing may I add for you? I can decide that here and now.',
      reason: 'The person who writes decides. Nothing spoils a gift like asking for leave to give it.',
      tags: ['delight'],
    },
    {
      text: 'The full amount is on its way back and reaches your account in a few days. That makes up for the money, not for the trouble; may I do something about that as well?',
      reason: 'Tells apart what was owed from what is given.',
      notWhen: 'The refund has not really been made yet.',
    },
    {
      text: 'You need not send anything back, nor prove anything. I believe you, and a new one is on its way.',
      reason: 'Trust is worth more to both sides than the parcel.',
      notWhen: 'You have not arranged the new one yet.',
      tags: ['brief'],
    },
    {
      text: 'I would like to lay something small into the parcel and write the card myself. Is there anything you would never want?',
      reason: 'A surprise that asks first cannot go wrong.',
      notWhen: 'They are still waiting for the repair itself.',
      tags: ['delight'],
    },
  ],
  promise: [
    {
      text: 'I promise you this: {promise.what}, by {promise.due}. It stands under my name, so you need not remind me.',
      reason: 'What, by when and who. A promise without all three is a hope.',
    },
    {
      text: 'You will hear from me by {time}, even if I have no answer by then.',
      reason: 'Promises what you can surely keep: to write.',
    },
    {
      text: 'Can you give me until {time}? I want to bring you an answer that holds rather than a quick one.',
      reason: 'Asks for time instead of taking it. Then be early.',
    },
    {
      text: 'It takes longer than I said, and I would rather tell you now than afterwards. The new time is {time}; does that still help you?',
      reason: 'A promise that slips is told before it slips, with a new time.',
    },
  ],
  farewell: [
    {
      text: 'Thank you, {customer.name|and thank you for your patience}. What happens next: {promise.what}, by {promise.due}. If anything is not as it should be, come back here and ask for {agent.fullName}.',
      reason:
        'The last moment is remembered longest: thanks by name, the next step, and a person to ask for.',
    },
    {
      text: 'Thank you for writing to us, {customer.name|and all the best}. By {time} I will ask you whether it really works. Goodbye from {agent.fullName}.',
      reason: 'The follow-up is announced, so that it is welcome when it comes.',
    },
    {
      text: 'Thank you for your patience, {customer.name|and for telling us plainly}. It is settled, and there is nothing left for you to do. I have written it down, so that you will not have to tell it again to anybody here.',
      reason: 'Closes the matter, and promises that the house remembers.',
      notWhen: 'Something is still owed.',
    },
    {
      text: 'It is done, and you need do nothing more. Thank you, {customer.name|and goodbye}.',
      reason: 'Quick help deserves a quick goodbye, and still a proper one.',
      tags: ['brief'],
    },
    {
      text: 'Thank you, {customer.name|it was good to talk with you}. I have noted what you like best, so that next time begins where we stop today. Ask for {agent.fullName}.',
      reason: 'Being remembered is the smallest gift, and the one people tell others about.',
      notWhen: 'Something is still owed.',
      tags: ['delight'],
    },
    {
      text: 'Thank you for coming back to us, {customer.name|and all the best}. You know where to find me: {agent.fullName}, the same as always.',
      reason: 'A regular keeps a person, not a number.',
      notWhen: 'It is their first time.',
      tags: ['returning'],
    },
  ],
  'follow-up': [
    {
      text: 'Hello {customer.name|there}, {agent.fullName} again. About last time ({failure.what|what we spoke of}): is it really settled for you now? If anything is left, I will take it up at once.',
      reason: 'Asked right after the repair, it finds what is still broken and shows that somebody cares.',
    },
    {
      text: 'Hello {customer.name|there}, {agent.fullName} here. {colleague.fullName|A colleague} has helped you since we spoke: is it solved, and were you treated kindly? I am still your contact.',
      reason: 'Whoever handed it over asks in person. The one who mended it would hear only thanks.',
      tags: ['ally'],
    },
    {
      text: 'I said that you would hear from me by {promise.due|today}, so here I am. Let me tell you how far it has come.',
      reason: 'Names the promise and keeps it, so that the next one is believed.',
    },
    {
      text: 'You need not answer this. I only wanted you to know that what you told us has gone to the people who can change it, so that it happens to nobody else.',
      reason: 'People who complain want it to matter.',
      notWhen: 'You have not passed it on.',
    },
    {
      text: 'Is everything as it should be now? One word is enough.',
      reason: 'A follow-up that costs the other person nothing.',
      tags: ['brief'],
    },
    {
      text: 'Hello {customer.name|there}, {agent.fullName} here. You need not do anything: I only wondered how the day went, and would love to hear it.',
      reason: 'A question that wants nothing is remembered.',
      notWhen: 'Something went wrong and is not closed.',
      tags: ['delight'],
    },
  ],
};
