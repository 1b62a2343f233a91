import type { RefObject } from 'react'
import { FilterEditor } from './FilterEditor.tsx'
import type { Filter } from './filter-types.ts'
import { PopoverPopup } from './PopoverPopup.tsx'

/** The panel of a chip, in one piece, so that it opens with its content. */
export const FilterPopover = ({ filter, anchor, onClose }: { filter: Filter; anchor: RefObject<HTMLButtonElement | null>; onClose: () => void }) => (
  <PopoverPopup label={filter.label} align="start" anchor={anchor} onClose={onClose}>{(close) => <FilterEditor filter={filter} onDone={close} />}</PopoverPopup>
)
