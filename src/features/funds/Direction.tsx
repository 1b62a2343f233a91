import type { ReactNode } from 'react'
import { Icon } from '#src/components/Icon.tsx'

/** A kind of movement in words, with an arrow that says whether money comes back to the partner or leaves it. Colour only repeats it. */
export const Direction = ({ isIn, children }: { isIn: boolean; children: ReactNode }) => (
  <span className={`kind ${isIn ? 'out' : 'in'}`}><Icon name={isIn ? 'out' : 'in'} />{children}</span>
)
