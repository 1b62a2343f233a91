/** The mark of the product. */
export const Mark = () => (
  <svg className="mark" viewBox="0 0 22 22" aria-hidden="true">
    <rect width="22" height="22" rx="6" fill="var(--text)" />
    <path d="M6.5 15.5v-9h4.6a2.9 2.9 0 0 1 0 5.8H6.5" fill="none" stroke="var(--sheet)" strokeWidth="1.9" />
    <circle cx="15" cy="14.6" r="1.5" fill="var(--sheet)" />
  </svg>
)
