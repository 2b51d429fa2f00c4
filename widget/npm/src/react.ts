'use client';
/** `@fullname/widget/react`: the chat as a component and as hooks. */
import { useEffect, useState } from 'react';
import { bind } from './bind.js';

export type { FullnameChatProps, Handlers } from './bind.js';

export const { FullnameChat, useChat, useChatState } = bind({ useEffect, useState });
