const insides = {
  nothing: <><path d="M20 36h18M20 43h11" /><circle cx="60" cy="47" r="11" className="fill" /><path d="M60 42v10M55 47h10" className="strong" /></>,
  'no-match': <><circle cx="42" cy="40" r="10" className="fill" /><circle cx="42" cy="40" r="10" className="strong" /><path d="M49 47l9 9" className="strong" /></>,
  'no-right': <><rect x="32" y="38" width="18" height="14" rx="3" className="fill" /><rect x="32" y="38" width="18" height="14" rx="3" className="strong" /><path d="M36 38v-3a5 5 0 0 1 10 0v3" className="strong" /></>,
  error: <path d="M26 44h9l4-9 5 15 4-9h6" className="strong" />,
} as const

/** The drawings of the empty and failed states. */
export const StateArt = ({ kind }: { kind: keyof typeof insides }) => (
  <svg className="art" viewBox="0 0 80 64" aria-hidden="true"><rect x="10" y="16" width="60" height="36" rx="5" /><path d="M10 27h60" />{insides[kind]}</svg>
)
