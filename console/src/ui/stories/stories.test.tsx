import type { Build } from '@fullname/shared/building';
import { failed, ok } from '@fullname/shared/errors';
import type { CoachingNote, Praise, Story } from '@fullname/shared/recovery';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeSettings } from '../../preferences.ts';
import { STRINGS } from '../../strings/index.ts';
import { fakeRelay } from '../../testing/book.tsx';
import { drawDesk } from '../../testing/recovery.tsx';
import { CONVERSATION, lin, megan, opened } from '../../testing/scripted-relay.ts';
import { inWork, TOMAS, type WorkDesk, workDesk } from '../../testing/work.tsx';
import { hideToast, toast } from '../../toast.ts';
import { overlay } from '../../view.ts';
import { Overlays } from '../Overlays.tsx';
import { StoriesPage } from './StoriesPage.tsx';

const me = { id: megan.id, fullName: megan.fullName };
const story: Story = {
  id: '00000000-0000-4000-8000-00000000ab01',
  at: '2026-11-20T10:00:00.000Z',
  kind: 'recovery',
  what: 'She took the tram and brought the flowers herself.',
  why: 'There was a funeral at two.',
  cost: { amount: 3, currency: 'USD' },
  mayTell: 'company',
  by: me,
  about: lin,
  conversation: CONVERSATION,
};
const praise: Praise = {
  id: '00000000-0000-4000-8000-00000000ab02',
  at: '2026-11-20T10:00:00.000Z',
  by: lin,
  to: me,
  text: 'You listened to the end.',
  conversation: null,
  read: false,
};
const note: CoachingNote = {
  id: '00000000-0000-4000-8000-00000000ab03',
  at: '2026-11-20T10:00:00.000Z',
  by: lin,
  to: me,
  conversation: CONVERSATION,
  text: 'Ask first what would put it right.',
  shownAt: '2026-11-20T11:00:00.000Z',
  read: false,
};

const build: Build = {
  id: '00000000-0000-4000-8000-00000000ab04',
  at: '2026-11-20T10:00:00.000Z',
  what: 'A photograph of the parcel at its door',
  ...{ state: 'here', builder: TOMAS, why: null, by: me },
  wishes: [
    {
      id: '00000000-0000-4000-8000-00000000ab05',
      at: '2026-11-20T10:00:00.000Z',
      conversation: CONVERSATION,
      customer: { name: 'Anna Lindqvist', known: true },
      ...{ words: 'I want to see where it lies.', credit: 'Anna L.', by: lin, told: null },
    },
  ],
};

let http: ReturnType<typeof fakeRelay>;
let desk: WorkDesk;
let told: { stories: Story[]; praise: Praise[] };
let notes: CoachingNote[];
let builds: Build[];

beforeEach(() => {
  changeSettings({ locale: 'en' });
  hideToast();
  overlay.value = null;
  sessionStorage.clear();
  desk = workDesk();
  told = { stories: [story], praise: [] };
  notes = [];
  builds = [];
  http = fakeRelay();
  http.answer = ({ what }) => {
    if (what === 'GET /api/stories') return ok(told);
    if (what === 'GET /api/coaching') return ok(notes);
    if (what === 'GET /api/builds') return ok(builds);
    if (what === 'GET /api/recovery/settings') return ok({ currency: 'USD' });
    if (what === 'GET /api/goodwill') return ok({ uses: [], asked: [] });
    return undefined;
  };
});
afterEach(cleanup);

const draw = async () => {
  render(inWork(<StoriesPage />, desk));
  await screen.findByRole('region', { name: 'Stories' });
};
const writes = () => http.asked.filter(({ what }) => !what.startsWith('GET'));
const write = (label: string, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });

describe('stories', () => {
  it('have a hero by full name, what and why, what it cost, and whether they may be told', async () => {
    await draw();
    const card = screen.getByRole('article');
    expect(within(card).getByText('林怡君')).toBeTruthy();
    expect(card.textContent).toContain('Put right');
    expect(card.textContent).toContain('There was a funeral at two.');
    expect(card.textContent).toContain('told by Megan Kajitani · cost $3 · to be told among us');
  });

  it('are written down', async () => {
    await draw();
    fireEvent.click(screen.getByRole('button', { name: 'Tell a story' }));
    const submit = screen.getByRole('button', { name: 'Write it down' });
    write('What happened', 'A song on the answering machine');
    expect(submit).toHaveProperty('disabled', true);
    write('Why it will be remembered', 'It was her ninetieth birthday.');
    fireEvent.click(screen.getByRole('radio', { name: /^Out of nothing/ }));
    fireEvent.change(screen.getByLabelText('Whose story it is'), { target: { value: TOMAS.id } });
    fireEvent.click(screen.getByRole('radio', { name: /^To everybody/ }));
    fireEvent.click(submit);
    await waitFor(() => expect(toast.value?.text).toBe('Written down.'));
    expect(writes()[0]?.what).toBe('POST /api/stories');
    expect(writes()[0]?.body).toMatchObject({
      kind: 'out-of-nothing',
      what: 'A song on the answering machine',
      why: 'It was her ninetieth birthday.',
      about: TOMAS.id,
      cost: null,
      mayTell: 'everybody',
    });
  });

  it('are stored once, however often they are tried', async () => {
    await draw();
    fireEvent.click(screen.getByRole('button', { name: 'Tell a story' }));
    write('What happened', 'A song');
    write('Why it will be remembered', 'Her birthday.');
    const answer = http.answer;
    http.answer = () => failed('UNAVAILABLE');
    fireEvent.click(screen.getByRole('button', { name: 'Write it down' }));
    expect((await screen.findByRole('alert')).textContent).toBe(STRINGS.en.errors.UNAVAILABLE);
    http.answer = answer;
    fireEvent.click(screen.getByRole('button', { name: 'Write it down' }));
    await waitFor(() => expect(writes()).toHaveLength(2));
    expect(writes()[1]?.body).toEqual(writes()[0]?.body);
  });
});

describe('praise', () => {
  it('for oneself is met at the door once, and counts as read', async () => {
    told = { stories: [], praise: [praise] };
    await draw();
    await screen.findByText('林怡君 praises you');
    await waitFor(() => expect(writes().map(({ what }) => what)).toEqual(['POST /api/praise/read']));
    told = { stories: [], praise: [{ ...praise, read: true }] };
    desk.told.value += 1;
    await waitFor(() => expect(http.asked.filter(({ what }) => what === 'GET /api/stories').length).toBe(2));
    // It stays for this visit, and is asked about no second time.
    expect(screen.getByText('林怡君 praises you')).toBeTruthy();
    expect(writes()).toHaveLength(1);
    cleanup();
    await draw();
    await screen.findByText('林怡君 to Megan Kajitani');
    expect(screen.queryByText('林怡君 praises you')).toBe(null);
  });

  it('for others is nobody’s to be greeted with', async () => {
    told = { stories: [], praise: [{ ...praise, by: me, to: lin }] };
    await draw();
    await screen.findByText('Megan Kajitani to 林怡君');
    expect(screen.queryByText(/praises you/)).toBe(null);
    expect(writes()).toEqual([]);
  });

  it('goes to a colleague by name, never to oneself', async () => {
    await draw();
    fireEvent.click(screen.getByRole('button', { name: 'Praise a colleague' }));
    expect(screen.getAllByRole('radio').map((radio) => radio.parentElement?.textContent)).toEqual([
      `TE${TOMAS.fullName}Florist adviser`,
    ]);
    write('What they did well', 'You found the parcel.');
    expect(screen.getByRole('button', { name: 'Choose a colleague' })).toHaveProperty('disabled', true);
    fireEvent.click(screen.getByRole('radio'));
    fireEvent.click(screen.getByRole('button', { name: `Praise ${TOMAS.fullName}` }));
    await waitFor(() => expect(toast.value?.text).toBe(`${TOMAS.fullName} will read it.`));
    expect(writes()[0]?.body).toMatchObject({ to: TOMAS.id, text: 'You found the parcel.' });
  });
});

describe('notes', () => {
  it('that were said to oneself stand alone and are ticked when read', async () => {
    notes = [note];
    await draw();
    const mine = within(await screen.findByRole('region', { name: 'Said to you' }));
    expect(mine.getByText('Ask first what would put it right.')).toBeTruthy();
    fireEvent.click(mine.getByRole('button', { name: 'I have read it' }));
    await waitFor(() =>
      expect(writes().map(({ what }) => what)).toEqual([`POST /api/coaching/${note.id}/read`]),
    );
    expect(screen.queryByRole('region', { name: 'What you said to colleagues' })).toBe(null);
  });

  it('that one wrote say that they are not seen before the conversation is closed', async () => {
    notes = [{ ...note, by: me, to: lin, shownAt: null }];
    await draw();
    const written = within(await screen.findByRole('region', { name: 'What you said to colleagues' }));
    expect(written.getByText('they see it when the conversation is closed')).toBeTruthy();
    expect(screen.queryByRole('region', { name: 'Said to you' })).toBe(null);
  });

  const inConversation = async (role: 'agent' | 'owner', status: 'open' | 'closed' = 'open') => {
    const detail = { status, holder: lin } as const;
    const { relay } = await drawDesk(opened({ detail }), { role, beside: <Overlays /> });
    relay.emit('people:changed', [megan, { ...megan, ...lin }]);
    fireEvent.click(screen.getByRole('button', { name: 'More' }));
  };

  it('are left by an owner from the conversation, for whoever has it', async () => {
    http.answer = ({ what }) => (what === 'GET /api/goodwill' ? ok({ uses: [], asked: [] }) : ok(note));
    await inConversation('owner');
    fireEvent.click(screen.getByRole('menuitem', { name: 'A note to 林怡君' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'A note to 林怡君' }));
    expect(dialog.getByText('Seen when this conversation is closed, by nobody else.')).toBeTruthy();
    fireEvent.input(dialog.getByLabelText('What you want to say'), {
      target: { value: 'Beautifully calm.' },
    });
    fireEvent.click(dialog.getByRole('button', { name: 'Leave it for 林怡君' }));
    await waitFor(() => expect(toast.value?.text).toBe('林怡君 sees it when this conversation is closed.'));
    expect(writes()[0]).toMatchObject({
      what: 'POST /api/coaching',
      body: { conversation: CONVERSATION, to: lin.id, text: 'Beautifully calm.' },
    });
  });

  it('are not an agent’s to leave; stories and praise are', async () => {
    await inConversation('agent');
    const items = screen.getAllByRole('menuitem').map((item) => item.textContent);
    expect(items).toContain('Tell a story');
    expect(items).toContain('Praise a colleague');
    expect(items.some((item) => item?.startsWith('A note to'))).toBe(false);
  });
});

describe('what is built with customers', () => {
  beforeEach(() => {
    builds = [build];
  });

  it('says who wishes for it in their own words, who builds it, and with whom', async () => {
    await draw();
    const card = await screen.findByRole('article', { name: build.what });
    expect(card.textContent).toContain('here · built by Tomás Echeverría · with Anna L.');
    expect(card.textContent).toContain('I want to see where it lies.');
    expect(within(card).getByRole('link', { name: 'Anna Lindqvist' }).getAttribute('href')).toContain(
      CONVERSATION,
    );
  });

  it('is told to each in one’s own words; who is with a colleague is left, and that is said', async () => {
    await draw();
    fireEvent.click(await screen.findByText('Tell those who wished for it'));
    const [wish] = build.wishes;
    http.answer = ({ what }) =>
      what === `POST /api/builds/${build.id}`
        ? ok({ build, left: [{ wish: wish?.id, code: 'NOT_YOURS' }] })
        : undefined;
    write('Your words to each of them', 'It is here. Thank you, Anna.');
    fireEvent.submit(screen.getByLabelText('Your words to each of them').closest('form') as HTMLFormElement);
    await waitFor(() => expect(toast.value?.text).toMatch(/^One conversation is not yours just now/));
    expect(writes().at(-1)?.body).toEqual({ act: 'tell', text: 'It is here. Thank you, Anna.' });
  });

  it('begins in a conversation, for something new or with others who wish for it too', async () => {
    builds = [{ ...build, state: 'building' }];
    const { relay } = await drawDesk(opened({ detail: { status: 'open', holder: me } }), {
      beside: <Overlays />,
    });
    relay.emit('people:changed', [megan]);
    fireEvent.click(screen.getByRole('button', { name: 'More' }));
    fireEvent.click(screen.getByRole('menuitem', { name: 'Build with this customer' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Build with this customer' }));
    fireEvent.input(dialog.getByLabelText('In their own words'), { target: { value: 'Show me the door.' } });
    const which = await dialog.findByLabelText('What they wish for');
    fireEvent.change(which, { target: { value: build.id } });
    http.answer = () => ok(build);
    fireEvent.click(dialog.getByRole('button', { name: 'Note the wish' }));
    await waitFor(() => expect(toast.value?.text).toBe('Noted. You find it under Stories.'));
    expect(writes().at(-1)).toMatchObject({
      what: `POST /api/builds/${build.id}/wishes`,
      body: { conversation: CONVERSATION, words: 'Show me the door.' },
    });
  });
});
