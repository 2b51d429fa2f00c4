/** 发送文件的文字。 */
import type { files as english } from './files-en.ts';

export const files: typeof english = {
  attach: (most: string) => `发送文件，最大 ${most}`,
  tooLarge: (most: string) => `超过了 ${most}，这里最大只能发这么大。请发一个小一些的，或只发其中一部分。`,
  label: '正在发送的文件',
  sending: (name: string) => `正在发送 ${name}`,
  /** 自行重试几次之后。 */
  stopped: '没有发出：连接断了。恢复后请重试。',
  cancel: '取消',
  retry: '重试',
  drop: '放弃',
};
