/** A phone, held either way, on which the chat fills the screen: frame.css says the same. */
export const FULL_SCREEN = '(max-width: 480px), (max-height: 480px) and (pointer: coarse)';
