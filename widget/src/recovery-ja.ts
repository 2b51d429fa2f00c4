import type { Said } from './recovery-words.ts';

export const said: Said = {
  'promise-made': '{0}がお約束しました：{1}（{2}まで）。',
  'promise-moved': '{0}はもう少し時間をいただき、新しい期限をお約束します：{1}（{2}まで）。',
  'promise-kept': '{0}がお約束を果たしました：{1}。',
  'promise-slipping': '{0}が引き続き対応しています：{1}。{2}より少し遅れることがあります。',
  'ally-changed': '今後は{0}がこちらの窓口を務めます。{1}から直接引き継ぎました。',
  'extras-offered': '{0}からのご提案：{1}（{2}）',
  promised: 'お約束',
  promisedBy: '{0}からのお約束',
  by: '{0}まで',
  late: '{0}を過ぎています',
  moreOf: 'ほか{0}件',
  fewer: '閉じる',
  at: '{0}',
  near: '{0} {1}',
  far: '{0} {1}',
  choose: '{0}より：お選びください',
  else: 'その他',
  elseLabel: 'ご希望をお書きください',
};
