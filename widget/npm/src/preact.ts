/** `@fullname/widget/preact`: the chat as a component and as hooks. */
import { useEffect, useState } from 'preact/hooks';
import { bind } from './bind.js';

export type { FullnameChatProps, Handlers } from './bind.js';

export const { FullnameChat, useChat, useChatState } = bind({ useEffect, useState });
