/** In the menu: which sound, how loud, and how that is. */
import { Component } from 'preact';
import type { More } from '../more-words.ts';
import { SOUNDS, type Sound } from './notes.ts';
import type { SoundChoice, Sounds } from './sounds.ts';

type PanelProps = { readonly sounds: Sounds; readonly more: More };

export class SoundsPanel extends Component<PanelProps, SoundChoice> {
  override state = this.props.sounds.choice();

  override render({ sounds, more }: PanelProps, { sound, volume }: SoundChoice) {
    const names: Readonly<Record<Sound | 'off', string>> = {
      ...{ off: more.soundOff, bell: more.soundBell, drop: more.soundDrop, wood: more.soundWood },
      ...{ glass: more.soundGlass, harp: more.soundHarp, dove: more.soundDove },
    };
    return (
      <div class="sounds">
        <label>
          {more.sound}
          <select
            value={sound}
            onChange={({ currentTarget }) =>
              this.choose({ sound: currentTarget.value as Sound | 'off', volume })
            }
          >
            {(['off', ...SOUNDS] as const).map((one) => (
              <option key={one} value={one}>
                {names[one]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {more.volume}
          <input
            type="range"
            min={0.1}
            max={1}
            step={0.1}
            value={volume}
            disabled={sound === 'off'}
            onChange={({ currentTarget }) => this.choose({ sound, volume: Number(currentTarget.value) })}
          />
        </label>
        <small>{more.soundHint}</small>
        <button
          type="button"
          class="link"
          disabled={sound === 'off'}
          onClick={() => sounds.listen({ sound, volume })}
        >
          {more.listen}
        </button>
      </div>
    );
  }

  /** What was chosen is heard at once. */
  choose(choice: SoundChoice): void {
    const { sounds } = this.props;
    this.setState(choice);
    sounds.listen(choice);
    void sounds.choose(choice);
  }
}
