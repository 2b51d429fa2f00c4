import type { Said } from './recovery-words.ts';

export const said: Said = {
  'promise-made': '{0} 向您承諾：{1}（{2} 前）。',
  'promise-moved': '{0} 還需要一點時間，重新承諾：{1}（{2} 前）。',
  'promise-kept': '{0} 已經做到：{1}。',
  'promise-slipping': '{0} 還在處理：{1}。可能會比{2} 再晚一點。',
  'ally-changed': '從現在起由 {0} 為您服務。{1} 已親自交接。',
  'extras-offered': '{0} 想為您準備：{1}（{2}）',
  promised: '對您的承諾',
  promisedBy: '{0} 向您承諾',
  by: '{0} 前',
  late: '已過 {0}',
  moreOf: '還有 {0} 項',
  fewer: '收起',
  at: '{0}',
  near: '{0} {1}',
  far: '{0} {1}',
  choose: '{0} 請您選擇',
  else: '其他',
  elseLabel: '您希望是什麼？',
};
