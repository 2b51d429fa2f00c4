/** One set of icons: 20 px, 1.5 px stroke. Always beside a text, or inside a control that has a name. */
const PATHS = {
  desk: 'M3 4.5h14v9H9l-4 3v-3H3z',
  book: 'M10 5.2C8.2 4 6 3.8 3.5 4v11.4c2.5-.2 4.7 0 6.5 1.2 1.8-1.2 4-1.4 6.5-1.2V4c-2.5-.2-4.7 0-6.5 1.2zm0 0v11.4',
  settings: 'M4 6h7m3 0h2M4 14h2m3 0h7M12.5 4.2v3.6M7.5 12.2v3.6',
  search: 'M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM13 13l3.5 3.5',
  back: 'M12 4l-6 6 6 6',
  clip: 'M14.5 8.5l-5.6 5.6a2.5 2.5 0 0 1-3.5-3.5l6.3-6.4a4 4 0 0 1 5.7 5.7L11 16.3',
  close: 'M5 5l10 10M15 5L5 15',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  down: 'M5 7.5l5 5 5-5',
  up: 'M5 12.5l5-5 5 5',
  right: 'M7.5 5l5 5-5 5',
  check: 'M4 10.5l4 4 8-9',
  clock: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zm0 3.5V10l2.5 2',
  send: 'M3.5 10L16.5 4l-4 12.5-3-5zM9.5 11.5l7-7.5',
  note: 'M4 3.5h12v9l-4 4H4zM12 16.5v-4h4M7 7.5h6M7 10.5h3',
  reply: 'M8 5L3.5 9.5 8 14M3.5 9.5h8a5 5 0 0 1 5 5v1',
  hand: 'M3.5 7h11M11 3.5L14.5 7 11 10.5M16.5 13h-11M9 9.5L5.5 13 9 16.5',
  plus: 'M10 4v12M4 10h12',
  person: 'M10 3.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM4 16.5c.6-3 2.9-4.5 6-4.5s5.4 1.5 6 4.5',
  people:
    'M7.5 4a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM2.5 15.5c.4-2.6 2.3-4 5-4s4.6 1.4 5 4M13 4.3a2.5 2.5 0 0 1 0 4.5M15 12c1.4.6 2.3 1.8 2.5 3.5',
  site: 'M3 5h14v10H3zM3 8h14',
  copy: 'M7 7h9v9H7zM4 13V4h9',
  failure: 'M10 3.5l7 12.5H3zM10 8.5v3.5M10 14h.01',
  heart: 'M10 16S3.5 12.3 3.5 7.8A3.3 3.3 0 0 1 10 6.7a3.3 3.3 0 0 1 6.5 1.1C16.5 12.3 10 16 10 16z',
  promise: 'M4 4h12v12H4zM7 10l2.2 2.2L13.5 8',
  lost: 'M3 8a10 10 0 0 1 14 0M6 11.2a6 6 0 0 1 8 0M10 15h.01M4 3.5l12 13',
  todo: 'M3.5 5.5l1.5 1.5 2.5-3M3.5 13.5L5 15l2.5-3M10.5 6h6M10.5 14h6',
  help: 'M7.2 7.2a2.8 2.8 0 1 1 4.2 2.6c-1 .6-1.4 1.1-1.4 2.2M10 14.5h.01M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4z',
  figures: 'M4.5 16.5v-5M10 16.5v-12M15.5 16.5v-8',
  bell: 'M5.5 13.5V9a4.5 4.5 0 0 1 9 0v4.5l1.5 1H4zM8.5 17h3',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 20 20"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      // Dots are only as large as their stroke.
      stroke-width={name === 'more' ? '2.5' : '1.5'}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
