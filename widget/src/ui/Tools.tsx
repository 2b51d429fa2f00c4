/** What stands in the composer beside the field once there is something to send: files by button, by drag and by paste; and shortcodes. */
import { Component, createRef } from 'preact';
import type { Chat } from '../chat.ts';
import { insist } from '../insist.ts';
import { pageSettings } from '../settings.ts';
import { filesIn } from './files-in.ts';
import { loadAttach } from './later.ts';
import { Icon, type Spoken } from './parts.tsx';

type ToolsProps = {
  readonly model: Chat;
  readonly draft: string;
  readonly shared: Spoken;
  /** What was dropped or pasted before this was here; it is taken out. */
  readonly early: File[];
};
type State = {
  readonly refused: readonly string[];
  readonly over: boolean;
  /** The sign that took the place of a shortcode, for those who hear what is on the screen. */
  readonly sign: string;
};

const CLIP = 'M14.5 8.5l-5.6 5.6a2.5 2.5 0 0 1-3.5-3.5l6.3-6.4a4 4 0 0 1 5.7 5.7L11 16.3';
/** Telephones offer their camera for what may be a picture, and write it as JPEG where they are not asked for another. */
const ACCEPT = 'image/jpeg,image/png,image/gif,image/webp,application/pdf,text/plain,.txt,.md,.csv,.log';

export class Tools extends Component<ToolsProps, State> {
  override state: State = { refused: [], over: false, sign: '' };
  coded = false;
  picker = createRef<HTMLInputElement>();

  override componentDidMount(): void {
    void this.loadCodes();
    // Before what waits for this chunk hears of it.
    for (const name of EVENTS) document.addEventListener(name, this.onFiles, true);
    void this.take(this.props.early.splice(0));
  }

  override componentWillUnmount(): void {
    for (const name of EVENTS) document.removeEventListener(name, this.onFiles, true);
  }

  override componentDidUpdate(): void {
    void this.loadCodes();
  }

  override render({ shared }: ToolsProps, { refused, over, sign }: State) {
    const { words } = shared;
    const heard = (
      <p key="sign" class="unseen" role="status">
        {sign}
      </p>
    );
    if (!pageSettings().attachments.on) return heard;
    return [
      heard,
      refused.length > 0 && (
        <p key="refused" class="failed" role="alert">
          {refused.join('\n')}
        </p>
      ),
      <input
        key="picker"
        ref={this.picker}
        type="file"
        accept={ACCEPT}
        multiple
        hidden
        onChange={({ currentTarget }) => {
          void this.take([...(currentTarget.files ?? [])]);
          // The same file once more is a choice too.
          currentTarget.value = '';
        }}
      />,
      <button
        key="attach"
        type="button"
        class={over ? 'attach over' : 'attach'}
        aria-label={words.attach}
        title={words.attach}
        onClick={() => this.picker.current?.click()}
      >
        <Icon path={CLIP} />
      </button>,
    ];
  }

  /** Words that are dragged or pasted are left to the field. Where no files are taken, none takes the chat's place in its frame. */
  onFiles = (event: Event): void => {
    const data = filesIn(event);
    const over = event.type === 'dragover' && !!data;
    const { on } = pageSettings().attachments;
    if (over !== this.state.over && (on || !over)) this.setState({ over });
    if (!data) return;
    event.preventDefault();
    if (!on && over) data.dropEffect = 'none';
    if (!over) void this.take([...data.files]);
  };

  /** The first colon brings the table of signs. */
  async loadCodes(): Promise<void> {
    if (this.coded || !this.props.draft.includes(':')) return;
    this.coded = true;
    try {
      const { replaceAsTyped } = await import('./shortcodes.ts');
      const field = document.querySelector<HTMLTextAreaElement>('.composer textarea');
      if (field) replaceAsTyped(field, (sign) => this.setState({ sign }));
    } catch {
      // No line just now: the next letter asks again.
      this.coded = false;
    }
  }

  /** Without a line they wait here until there is one. */
  async take(files: readonly File[]): Promise<void> {
    if (!files.length || !pageSettings().attachments.on) return;
    const { model, shared } = this.props;
    const [attach, talk] = await insist(
      () => Promise.all([loadAttach(shared.locale), model.begin()]),
      () => this.setState({ refused: [shared.strings.lost] }),
    );
    await attach.give(files, talk, this);
  }
}

const EVENTS = ['dragover', 'dragleave', 'drop', 'paste'] as const;
