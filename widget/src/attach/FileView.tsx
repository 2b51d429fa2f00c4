/** A file in its bubble: the picture or the name, how far it is, and a way on where it failed. */
import type { FileLink } from '@fullname/shared/events';
import { Component } from 'preact';
import { say } from '../strings.ts';
import type { Talk } from '../talk.ts';
import { langOf, type Spoken } from '../ui/parts.tsx';
import type { RowFile } from '../ui/rows.ts';
import type { errorText } from '../words.ts';
import type { Attach } from './attach.ts';
import { refusal, sizeOf } from './look.ts';

export type FileViewProps = {
  readonly id: string | null;
  readonly name: string;
  readonly file: RowFile;
  /** Why it was not sent; null where it was, or is on its way. */
  readonly failed: Parameters<typeof errorText>[1] | null;
  readonly talk: Talk;
  readonly shared: Spoken;
  readonly attach: Attach;
  readonly errorText: typeof errorText;
  onRetry(id: string): void;
  onDiscard(id: string): void;
};

/** `picture` is empty where there is none after all. */
type State = { readonly picture: string | null; readonly lost: boolean };

/** Larger pictures are fetched when somebody asks for them: this may be a telephone that pays by the megabyte. */
const SHOWN_BYTES = 1_048_576;
const SHOWN_PX = 320;

export class FileView extends Component<FileViewProps, State> {
  override state: State = { picture: null, lost: false };
  watch: IntersectionObserver | null = null;

  override componentDidMount(): void {
    void this.drawOwn();
  }

  override componentWillUnmount(): void {
    this.watch?.disconnect();
  }

  override render(props: FileViewProps, { picture, lost }: State) {
    const { id, name, file, failed, shared, attach, errorText, onRetry, onDiscard } = props;
    const { more, locale } = attach;
    const { words } = shared;
    const size = sizeOf(file.bytes, locale);
    const share = file.share === null ? null : Math.floor(file.share * 100);
    const label = [
      <bdi key="name" lang={langOf(name, locale)}>
        {name}
      </bdi>,
      ` (${size})`,
    ];
    return (
      // Whatever letters the name is in, what is said about it is read as the page is.
      <span class="file" dir={document.dir as 'ltr' | 'rtl'} lang={locale}>
        {/* Its place is there before it is: nobody who reads is moved. */}
        {picture === null && isShown(file) && <i />}
        {picture && <img src={picture} alt="" onError={this.onNone} />}
        {file.id ? (
          <button type="button" class="link" ref={this.seen} onClick={this.open}>
            {label}
          </button>
        ) : (
          <span>{label}</span>
        )}
        {share !== null && <progress max={100} value={share} aria-label={say(more.sendingFile, name)} />}
        {/* Four times on the way: each percent would drown what is said meanwhile. */}
        <span class="unseen" role="status">
          {share !== null && `${say(more.sendingFile, name)}: ${percent(share - (share % 25), locale)}`}
        </span>
        {lost && <span role="alert">{say(more.fileLost, name)}</span>}
        {failed && (
          <span class="failed" role="alert">
            {failed.startsWith('FILE') || !(failed in words)
              ? refusal(failed, name, attach)
              : errorText(words, failed)}
          </span>
        )}
        {!file.id && id && (
          <span class="acts">
            {failed && (
              <button type="button" class="link" onClick={() => onRetry(id)}>
                {words.retry}
              </button>
            )}
            <button type="button" class="link" onClick={() => onDiscard(id)}>
              {failed ? words.discard : more.cancel}
            </button>
          </span>
        )}
      </span>
    );
  }

  /** Fetched anew each time: an address is good for some minutes. */
  open = async (): Promise<void> => {
    const found = await this.link();
    this.setState({ lost: !found });
    if (!found) return;
    const link = document.createElement('a');
    Object.assign(link, { href: found.url, target: '_blank', rel: 'noopener' });
    link.click();
  };

  async link(): Promise<FileLink | null> {
    const { file, talk } = this.props;
    const answer = await talk.fileLink(file.id ?? '');
    return answer.ok ? answer.value : null;
  }

  /** A small picture is fetched once somebody could see it. */
  seen = (element: Element | null): void => {
    const { file } = this.props;
    this.watch?.disconnect();
    if (!element || !isShown(file) || this.state.picture !== null) return;
    this.watch = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return;
      this.watch?.disconnect();
      void this.link().then((found) => this.state.picture || this.setState({ picture: found?.url ?? '' }));
    });
    this.watch.observe(element);
  };

  /** What lies here is drawn from here, small: the frame's policy shows no other addresses than its own and data. */
  async drawOwn(): Promise<void> {
    const { id, file, talk } = this.props;
    if (!id || file.id || !isPicture(file)) return;
    try {
      const body = await talk.outbox.body(id);
      if (!body) return this.onNone();
      const bitmap = await createImageBitmap(body, { resizeWidth: SHOWN_PX, resizeQuality: 'medium' });
      const canvas = Object.assign(document.createElement('canvas'), {
        ...{ width: bitmap.width, height: bitmap.height },
      });
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
      bitmap.close();
      this.setState({ picture: canvas.toDataURL('image/jpeg', 0.8) });
    } catch {
      // No picture after all, or too large a one for this telephone: its name is enough.
      this.onNone();
    }
  }

  onNone = (): void => this.setState({ picture: '' });
}

function isPicture({ type }: RowFile): boolean {
  return type.startsWith('image/');
}

/** What lies here needs no fetching. */
function isShown(file: RowFile): boolean {
  return isPicture(file) && (!file.id || file.bytes <= SHOWN_BYTES);
}

function percent(share: number, locale: string): string {
  return new Intl.NumberFormat(`${locale}-u-nu-latn`, { style: 'percent' }).format(share / 100);
}
