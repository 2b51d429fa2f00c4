/** Ordinary replies with a few things that the book would say otherwise; repeated to the length that is measured. */
export const TEXTS = {
  en: 'Thank you for writing to us, Anna. I have looked at the order and it left Lund on Tuesday. As I said before, our policy is to wait for three days, and another department takes care of the returns. You will have it in your hands by Friday noon, and I will write to you once it is there. I am sorry that the vase was broken when it came. We can send a new one today, or I can give you the money back right now. ',
  'zh-Hans':
    '您好，我已经看过您的订单，包裹星期二从上海发出。按照公司规定需要等三天，退货由其他部门处理，请您耐心等待，我们会尽快回复您。星期五中午之前您会收到，到了以后我会再写信给您。花瓶送到时碎了，我很抱歉。我们今天就可以重新寄一个，也可以马上退款给您。',
  'zh-Hant':
    '您好，我已經看過您的訂單，包裹星期二從台北寄出。依公司規定需要等三天，退貨由其他部門處理，請您耐心等候，我們會盡快回覆您。星期五中午之前您會收到，到了以後我會再寫信給您。花瓶送到時碎了，我很抱歉。我們今天就可以重新寄一個，也可以馬上退款給您。',
} as const;
export type Language = keyof typeof TEXTS;
