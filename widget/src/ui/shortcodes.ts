/**
 * A shortcode that is completed becomes its sign: `:smile:` while it is typed, never what is pasted. Not in code, addresses or times; and
 * what is undone stays undone.
 */
const SIGNS =
  `smile 😄 smiley 😃 grin 😁 grinning 😀 laughing 😆 joy 😂 rofl 🤣 sweat_smile 😅 blush 😊 slight_smile 🙂
innocent 😇 wink 😉 relieved 😌 heart_eyes 😍 kissing_heart 😘 yum 😋 stuck_out_tongue 😛 sunglasses 😎 hugging 🤗 thinking 🤔
neutral 😐 neutral_face 😐 expressionless 😑 no_mouth 😶 smirk 😏 unamused 😒 roll_eyes 🙄 grimacing 😬 pensive 😔 sleepy 😪 sleeping 😴
mask 😷 sick 🤒 dizzy_face 😵 exploding_head 🤯 confused 😕 worried 😟 slight_frown 🙁 frowning ☹️ open_mouth 😮 astonished 😲
flushed 😳 pleading 🥺 fearful 😨 cold_sweat 😰 disappointed 😞 cry 😢 sob 😭 scream 😱 weary 😩 tired_face 😫 angry 😠 rage 😡
heart ❤️ orange_heart 🧡 yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 black_heart 🖤 white_heart 🤍 broken_heart 💔
sparkling_heart 💖 two_hearts 💕 +1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 ok_hand 👌 wave 👋 clap 👏 raised_hands 🙌 pray 🙏 thanks 🙏
handshake 🤝 muscle 💪 point_up ☝️ point_right 👉 point_left 👈 point_down 👇 crossed_fingers 🤞 v ✌️ eyes 👀 shrug 🤷 facepalm 🤦
fire 🔥 star ⭐ star2 🌟 sparkles ✨ tada 🎉 balloon 🎈 gift 🎁 birthday 🎂 cake 🍰 trophy 🏆 medal 🏅 rocket 🚀 bulb 💡 100 💯
check ✅ white_check_mark ✅ x ❌ warning ⚠️ question ❓ exclamation ❗ hourglass ⏳ clock 🕐 alarm_clock ⏰ calendar 📅
email 📧 envelope ✉️ phone 📞 iphone 📱 computer 💻 camera 📷 paperclip 📎 memo 📝 book 📖 lock 🔒 key 🔑 mag 🔍 link 🔗 package 📦
truck 🚚 shopping_cart 🛒 credit_card 💳 moneybag 💰 house 🏠 car 🚗 airplane ✈️ bike 🚲 train 🚆 earth 🌍 sunny ☀️ sun ☀️ cloud ☁️
rain 🌧️ umbrella ☂️ snowflake ❄️ rainbow 🌈 zap ⚡ moon 🌙 rose 🌹 tulip 🌷 sunflower 🌻 blossom 🌼 cherry_blossom 🌸 bouquet 💐
hibiscus 🌺 seedling 🌱 herb 🌿 four_leaf_clover 🍀 cactus 🌵 tree 🌳 coffee ☕ tea 🍵 beer 🍺 wine 🍷 champagne 🍾 pizza 🍕
apple 🍎 lemon 🍋 strawberry 🍓 dog 🐶 cat 🐱 bird 🐦 bee 🐝 butterfly 🦋 see_no_evil 🙈 poop 💩 robot 🤖 ghost 👻 skull 💀`.split(
    /\s+/,
  );

const codes = new Map<string, string>();
for (let at = 0; at + 1 < SIGNS.length; at += 2) codes.set(SIGNS[at] ?? '', SIGNS[at + 1] ?? '');

/** A letter before it makes it a time, an address or a word; Chinese and Japanese put no space there. */
const COMPLETED = /(?:^|[^\w\u00c0-\u024f:/.@#&=?%+~\\-]):([a-z][a-z\d_]*|[+-]1|100):$/;
const ADDRESS = /(?:\/\/|www\.)\S*$/i;

/** The sign that takes the place of the last letters of `text`, and how many they are; null where they are not a shortcode. */
export function completedIn(text: string): { readonly sign: string; readonly length: number } | null {
  const name = COMPLETED.exec(text)?.[1];
  const sign = name && codes.get(name);
  if (!sign) return null;
  const length = name.length + 2;
  const before = text.slice(0, -length);
  return isCode(before) || ADDRESS.test(before) ? null : { sign, length };
}

/** `told` hears each sign that was put in. */
export function replaceAsTyped(field: HTMLTextAreaElement, told: (sign: string) => void): void {
  const look = (): void => {
    const { selectionStart: end, selectionEnd } = field;
    const found = end === selectionEnd ? completedIn(field.value.slice(0, end)) : null;
    if (!found || document.activeElement !== field) return;
    field.setSelectionRange(end - found.length, end);
    // The only way that the browser's own undo knows of.
    document.execCommand('insertText', false, found.sign);
    told(found.sign);
  };
  field.addEventListener('input', (event) => {
    const { inputType, data, isComposing } = event as InputEvent;
    if (!isComposing && /^insert(Composition)?Text$/.test(inputType) && data?.endsWith(':')) look();
  });
  // What was completed while this was on its way.
  look();
}

/** Between backticks, whether they are closed yet or not. */
function isCode(before: string): boolean {
  const fences = before.split('```');
  if (fences.length % 2 === 0) return true;
  const line = (fences.at(-1) ?? '').split('\n').at(-1) ?? '';
  return line.split('`').length % 2 === 0;
}
