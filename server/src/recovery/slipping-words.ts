/** What a letter about a promise that may take longer says, in the chat's eight languages. `{0}` is a name or a time. */
import type { WidgetLocale } from '@fullname/shared/locale';
import type { RelayWords, SlipWord } from '@fullname/shared/relay-words';

export const SLIP_WORDS: Readonly<Record<WidgetLocale, RelayWords<SlipWord>>> = {
  en: {
    slipSubject: 'What I promised you may take longer',
    slipDear: 'Dear {0},',
    slipHello: 'Hello,',
    /** What was promised stands below it. */
    slipBy: 'I promised you this by {0}:',
    slipSorry:
      'It is not done yet, and it may take longer than I said. I am sorry. I want you to hear it from me before that time has passed.',
    slipStill: 'I am still on it, and I will write to you as soon as it is done.',
  },
  'zh-Hans': {
    slipSubject: '我答应您的事可能会晚一些',
    slipDear: '{0}，您好：',
    slipHello: '您好：',
    slipBy: '我答应过您，在 {0} 之前做到：',
    slipSorry: '这件事还没有办好，可能会比我说的时间晚。很抱歉。我想在时间到之前亲自告诉您。',
    slipStill: '我还在办，一办好就写信给您。',
  },
  'zh-Hant': {
    slipSubject: '我答應您的事可能會晚一些',
    slipDear: '{0}，您好：',
    slipHello: '您好：',
    slipBy: '我答應過您，在 {0} 之前做到：',
    slipSorry: '這件事還沒有辦好，可能會比我說的時間晚。很抱歉。我想在時間到之前親自告訴您。',
    slipStill: '我還在辦，一辦好就寫信給您。',
  },
  es: {
    slipSubject: 'Lo que le prometí puede tardar más',
    slipDear: 'Hola, {0}:',
    slipHello: 'Hola:',
    slipBy: 'Le prometí esto para el {0}:',
    slipSorry:
      'Todavía no está hecho y puede tardar más de lo que le dije. Lo siento. Quiero que lo sepa por mí antes de que pase ese momento.',
    slipStill: 'Sigo en ello y le escribiré en cuanto esté hecho.',
  },
  fr: {
    slipSubject: 'Ce que je vous ai promis peut prendre plus de temps',
    slipDear: 'Bonjour {0},',
    slipHello: 'Bonjour,',
    slipBy: 'Je vous ai promis ceci pour le {0}\u00a0:',
    slipSorry:
      'Ce n’est pas encore fait, et cela peut prendre plus de temps que je ne l’avais dit. Je vous prie de m’en excuser. Je tiens à vous le dire avant l’heure promise.',
    slipStill: 'Je m’en occupe toujours, et je vous écris dès que c’est fait.',
  },
  de: {
    slipSubject: 'Was ich Ihnen versprochen habe, kann länger dauern',
    slipDear: 'Guten Tag {0},',
    slipHello: 'Guten Tag,',
    slipBy: 'ich habe Ihnen dies bis {0} versprochen:',
    slipSorry:
      'Es ist noch nicht getan und kann länger dauern, als ich gesagt habe. Das tut mir leid. Sie sollen es von mir hören, bevor die Zeit vorbei ist.',
    slipStill: 'Ich bin weiter daran und schreibe Ihnen, sobald es getan ist.',
  },
  ja: {
    slipSubject: 'お約束の件、少し遅れるかもしれません',
    slipDear: '{0}様',
    slipHello: 'こんにちは。',
    slipBy: '{0}までに、次のことをお約束しました：',
    slipSorry:
      'まだ終わっておらず、お伝えした時間より遅れるかもしれません。申し訳ございません。時間が過ぎる前に、私からお知らせいたします。',
    slipStill: '引き続き対応しております。終わりましたら、すぐにご連絡いたします。',
  },
  ar: {
    slipSubject: 'قد يتأخر ما وعدتكم به',
    slipDear: 'تحية طيبة {0}،',
    slipHello: 'تحية طيبة،',
    slipBy: 'وعدتكم بهذا في موعد أقصاه {0}:',
    slipSorry:
      'لم يتم ذلك بعد، وقد يستغرق وقتًا أطول مما قلت. أعتذر عن ذلك، وأردت أن تعرفوه مني قبل أن يمضي الموعد.',
    slipStill: 'ما زلت أعمل على ذلك، وسأكتب إليكم فور إتمامه.',
  },
};
