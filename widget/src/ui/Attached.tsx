/** A file in its bubble: its name, until what draws files has come. */
import { Component } from 'preact';
import type { Attach } from '../attach/attach.ts';
import type { Talk } from '../talk.ts';
import { errorText } from '../words.ts';
import { loadAttach } from './later.ts';
import type { MessageProps } from './Message.tsx';
import type { RowFile } from './rows.ts';

type AttachedProps = MessageProps & { readonly file: RowFile; readonly talk: Talk };

export class Attached extends Component<AttachedProps, { attach: Attach | null }> {
  override state = { attach: null as Attach | null };

  override componentDidMount(): void {
    void this.fetch();
  }

  override componentDidUpdate(): void {
    void this.fetch();
  }

  override render(props: AttachedProps, { attach }: { attach: Attach | null }) {
    const { row } = props;
    if (!attach) return row.text;
    return (
      <attach.FileView
        {...props}
        id={row.item?.id ?? null}
        name={row.text}
        failed={row.item?.failed ?? null}
        attach={attach}
        errorText={errorText}
      />
    );
  }

  /** No line just now: the next change asks again. */
  async fetch(): Promise<void> {
    const { locale } = this.props.shared;
    if (this.state.attach?.locale === locale) return;
    const attach = await loadAttach(locale).catch(() => null);
    if (attach?.locale === this.props.shared.locale && attach !== this.state.attach)
      this.setState({ attach });
  }
}
