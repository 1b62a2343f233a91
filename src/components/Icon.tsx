import type { ReactNode } from 'react'

/** 16 px line drawings in text colour. */
const shapes = {
  more: <><circle cx="3.5" cy="8" r=".8" /><circle cx="8" cy="8" r=".8" /><circle cx="12.5" cy="8" r=".8" /></>,
  search: <><circle cx="7" cy="7" r="4.5" /><path d="M10.5 10.5L14 14" /></>,
  sun: <><circle cx="8" cy="8" r="3" /><path d="M8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M12.6 3.4l-.7.7M4.1 11.9l-.7.7" /></>,
  moon: <path d="M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1z" />,
  screen: <><rect x="2" y="3" width="12" height="8.5" rx="1.2" /><path d="M6 14h4M8 11.5V14" /></>,
  help: <><circle cx="8" cy="8" r="6" /><path d="M6.3 6.3a1.7 1.7 0 1 1 2.4 1.6c-.5.2-.7.5-.7 1.1M8 11.2v.1" /></>,
  info: <><circle cx="8" cy="8" r="6" /><path d="M8 7.5V11M8 5.2v.1" /></>,
  success: <><circle cx="8" cy="8" r="6" /><path d="M5.4 8.2l1.8 1.8 3.4-3.8" /></>,
  warning: <><path d="M8 2.2l6.5 11.3h-13z" /><path d="M8 6.5V10M8 11.8v.1" /></>,
  danger: <><path d="M8 1.6L14.4 8 8 14.4 1.6 8z" /><path d="M8 5v3.6M8 10.8v.1" /></>,
  eye: <><path d="M1.5 8S3.9 3.7 8 3.7 14.5 8 14.5 8 12.1 12.3 8 12.3 1.5 8 1.5 8z" /><circle cx="8" cy="8" r="2" /></>,
  'eye-off': <path d="M2 2l12 12M6.3 4A6 6 0 0 1 8 3.7c4.1 0 6.5 4.3 6.5 4.3a11 11 0 0 1-2 2.4M4 5.3A11 11 0 0 0 1.5 8S3.9 12.3 8 12.3a6 6 0 0 0 2.5-.6" />,
  out: <path d="M12 8H4M7 5L4 8l3 3" />,
  in: <path d="M4 8h8M9 5l3 3-3 3" />,
  filter: <path d="M2 3.5h12M4.5 8h7M6.5 12.5h3" />,
  menu: <path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />,
  rows: <path d="M2.5 4h11M2.5 8h11M2.5 12h11" />,
  check: <path d="M3.5 8.5l3 3 6-7" />,
  minus: <path d="M4 8h8" />,
  close: <path d="M4 4l8 8M12 4l-8 8" />,
  down: <path d="M4 6.5l4 4 4-4" />,
  left: <path d="M9.5 4l-4 4 4 4" />,
  right: <path d="M6.5 4l4 4-4 4" />,
  sort: <path d="M5 6l3-3 3 3M5 10l3 3 3-3" />,
  up: <path d="M4.5 9L8 5.5 11.5 9" />,
  print: <path d="M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7z" />,
  download: <path d="M8 2.5v8M4.8 7.5L8 10.7l3.2-3.2M3 13.5h10" />,
  plus: <path d="M8 3v10M3 8h10" />,
  columns: <><rect x="2.5" y="3" width="11" height="10" rx="1.5" /><path d="M6.2 3v10M9.8 3v10" /></>,
  copy: <><rect x="5.5" y="5.5" width="8" height="8" rx="1.5" /><path d="M10.5 5.5V4A1.5 1.5 0 0 0 9 2.5H4A1.5 1.5 0 0 0 2.5 4v5A1.5 1.5 0 0 0 4 10.5h1.5" /></>,
  wait: <path d="M14 8a6 6 0 1 1-2-4.5" />,
} as const satisfies Record<string, ReactNode>

export type IconName = keyof typeof shapes

/** A drawing without a name of its own: whatever stands alone names its button. */
export const Icon = ({ name, className = '' }: { name: IconName; className?: string }) => (
  <svg className={`icon ${className}`} viewBox="0 0 16 16" aria-hidden="true">{shapes[name]}</svg>
)
