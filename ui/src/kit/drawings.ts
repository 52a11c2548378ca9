/** The icons' paths, on a 16-pixel square with a stroke of 1.5. Decoration: text always says the same. */
export const drawings = {
  back: 'M13 8H3m4-4L3 8l4 4',
  next: 'M3 8h10M9 4l4 4-4 4',
  check: 'M3 8.5 6.5 12 13 4.5',
  chevron: 'M4 6l4 4 4-4',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 5v3l2 1.5',
  close: 'M4 4l8 8M12 4l-8 8',
  copy: 'M6 5.5h6.5V14H6zM3.5 10.5V2H10',
  download: 'M8 2v8m-3.5-3L8 10.5 11.5 7M3 13.5h10',
  external: 'M9.5 2.5h4v4M13.5 2.5 7.5 8.5M6.5 3.5h-4v10h10v-4',
  globe:
    'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM2.5 8h11M8 2c2 2 2.5 4 2.5 6S10 12 8 14C6 12 5.5 10 5.5 8S6 4 8 2Z',
  key: 'M5 11.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 8.5h6V11m-2.5-2.5v2',
  lock: 'M3.5 7.5h9V14h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  more: 'M3.25 8h.01M8 8h.01M12.75 8h.01',
  out: 'M6.5 2.5h-4v11h4M7 8h6.5m-3-3 3 3-3 3',
  paste: 'M5.5 3.5h-2V14h9V3.5h-2M5.5 2h5v3h-5z',
  pen: 'M2.5 13.5 3 10.5l8-8 2.5 2.5-8 8z',
  person: 'M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 0 0 8 8ZM2.75 14c.5-2.5 2.5-4 5.25-4s4.75 1.5 5.25 4',
  play: 'M5 3v10l8-5z',
  plus: 'M8 3v10M3 8h10',
  pulse: 'M1.5 8.5h3l2-5.5 3 10 2-4.5h3',
  refresh: 'M13 8a5 5 0 1 1-1.5-3.5M13.5 2v3h-3',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.5 10.5 14 14',
  shield: 'M8 2 3 4v4c0 3 2 5 5 6 3-1 5-3 5-6V4z',
  trash: 'M2.5 4.5h11M6 4V2.5h4V4M4 4.5l.5 9h7l.5-9',
  warn: 'M8 2.5 14.5 13.5h-13zM8 6.5v3M8 11.5h.01',
} as const;

export type IconName = keyof typeof drawings;
