/** What holds of a conversation while a draft is written. */
import type { ConversationDetail, CustomerPane, Entry } from '../model.ts';
import type { Condition } from './rule.ts';

export type Conversation = {
  readonly entries: readonly Entry[];
  readonly detail: Pick<ConversationDetail, 'name' | 'email' | 'status'>;
  readonly pane: CustomerPane;
  readonly before: { readonly conversations: number };
  readonly me: string;
  readonly purpose: 'reply' | 'farewell';
};

export function conditionsOf(_conversation: Conversation): readonly Condition[] {
  return [];
}
