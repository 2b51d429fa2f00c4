/** The bindings for React and Preact: the same code over the hooks of either. */
import {
  type ChatEvents,
  type ChatHandle,
  type ChatOptions,
  type ChatState,
  createChat,
  handle,
  type Identity,
  type Proof,
} from './chat.js';

export type FullnameChatProps = ChatOptions & {
  /** Called when something happens: `{ unread: (count) => … }`. */
  readonly on?: Handlers;
};

export type Handlers = { readonly [Event in keyof ChatEvents]?: (detail: ChatEvents[Event]) => void };

export type Bindings = {
  /** The launcher, for as long as the component is there; the conversation stays for when it is back. Draws nothing itself. */
  FullnameChat(props: FullnameChatProps): null;
  /** The chat to call; with options it is on the page for as long as the caller is, as with the component. */
  useChat(options?: ChatOptions): ChatHandle;
  /** What the chat is doing, drawn again whenever that changes. */
  useChatState(chat: ChatHandle): ChatState;
};

type Hooks = {
  useEffect(effect: () => (() => void) | undefined, inputs?: readonly unknown[]): void;
  useState<State>(initial: State): readonly [State, (next: State) => void];
};

const CHANGES = ['ready', 'open', 'close', 'unread', 'availability', 'identity'] as const;
const AT_FIRST: ChatState = { ready: false, open: false, unread: 0 };

export function bind({ useEffect, useState }: Hooks): Bindings {
  const useChat = (options?: ChatOptions): ChatHandle => {
    const { identity, ...place }: Partial<ChatOptions> = options ?? {};
    // A function made anew with each drawing is the same person's: the last one is asked, and nobody is signed in again.
    const [latest] = useState<{ identity: Identity | undefined }>({ identity });
    const who = typeof identity === 'function' ? 'asked' : JSON.stringify(identity);
    useEffect(() => (options ? mount(place as ChatOptions) : undefined), [JSON.stringify(place)]);
    useEffect(() => {
      latest.identity = identity;
      return undefined;
    });
    useEffect(() => {
      if (identity === undefined) return undefined;
      handle.identify(typeof identity === 'function' ? () => ask(latest.identity) : identity);
      return undefined;
    }, [who]);
    return handle;
  };

  const useChatState = (chat: ChatHandle): ChatState => {
    const [state, setState] = useState(AT_FIRST);
    useEffect(() => {
      const look = (): void => setState(chat.get());
      const ends = CHANGES.map((event) => chat.on(event, look));
      look();
      return () => {
        for (const end of ends) end();
      };
    }, [chat]);
    return state;
  };

  const FullnameChat = ({ on, ...options }: FullnameChatProps): null => {
    const chat = useChat(options);
    const [latest] = useState<{ on: Handlers | undefined }>({ on });
    const names = Object.keys(on ?? {}).join();
    useEffect(() => {
      latest.on = on;
      return undefined;
    });
    useEffect(() => {
      const events = names.split(',').filter(Boolean) as (keyof ChatEvents)[];
      const ends = events.map((event) =>
        chat.on(event, (detail) => (latest.on?.[event] as ((detail: unknown) => void) | undefined)?.(detail)),
      );
      return () => {
        for (const end of ends) end();
      };
    }, [chat, names]);
    return null;
  };

  return { FullnameChat, useChat, useChatState };
}

let mounted = 0;
let hidden = false;

/** A component that comes again at once, as in React's StrictMode, was never away. */
function mount(options: ChatOptions): () => void {
  mounted += 1;
  const chat = createChat(options);
  if (hidden) chat.show();
  hidden = false;
  return () => {
    mounted -= 1;
    setTimeout(() => {
      if (mounted > 0 || hidden) return;
      hidden = true;
      chat.close();
      chat.hide();
    });
  };
}

async function ask(identity: Identity | undefined): Promise<Proof | null> {
  if (typeof identity === 'function') return identity();
  return typeof identity === 'string' || (identity && 'hash' in identity) ? identity : null;
}
