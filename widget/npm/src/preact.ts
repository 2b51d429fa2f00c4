/** `@fullname/widget/preact`: the chat as a component and as hooks. */
import { useEffect, useState } from 'preact/hooks';
import { type Bindings, bind } from './bind.js';

export type { FullnameChatProps, Handlers } from './bind.js';

const bindings = bind({ useEffect, useState });
export const FullnameChat: Bindings['FullnameChat'] = bindings.FullnameChat;
export const useChat: Bindings['useChat'] = bindings.useChat;
export const useChatState: Bindings['useChatState'] = bindings.useChatState;
