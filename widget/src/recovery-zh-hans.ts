import type { Said } from './recovery-words.ts';

export const said: Said = {
  'promise-made': '{0} 向您承诺：{1}（{2} 前）。',
  'promise-moved': '{0} 还需要一点时间，重新承诺：{1}（{2} 前）。',
  'promise-kept': '{0} 已经做到：{1}。',
  'promise-slipping': '{0} 还在办理：{1}。可能要比{2} 再晚一点。',
  'ally-changed': '从现在起由 {0} 为您服务。{1} 已亲自交接。',
  'extras-offered': '{0} 想为您准备：{1}（{2}）',
  promised: '对您的承诺',
  promisedBy: '{0} 向您承诺',
  by: '{0} 前',
  late: '已过 {0}',
  moreOf: '还有 {0} 项',
  fewer: '收起',
  at: '{0}',
  near: '{0} {1}',
  far: '{0} {1}',
  choose: '{0} 请您选择',
  else: '其他',
  elseLabel: '您希望是什么？',
};
