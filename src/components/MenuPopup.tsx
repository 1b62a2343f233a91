import { Menu } from '@base-ui/react/menu'
import { type RefObject, useState } from 'react'
import { Link } from 'react-router'
import { Icon } from './Icon.tsx'
import type { MenuItem } from './Menu.tsx'

type Props = { items: readonly MenuItem[]; label: string; align: 'start' | 'end'; anchor: RefObject<HTMLButtonElement | null>; onClose: () => void }

/** The open part of Menu. */
export function MenuPopup({ items, label, align, anchor, onClose }: Props) {
  const [isOpen, setOpen] = useState(true)
  return (
    <Menu.Root open={isOpen} onOpenChange={setOpen} onOpenChangeComplete={(open) => !open && onClose()}>
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} align={align} sideOffset={4} collisionPadding={8} className="floating">
          <Menu.Popup className="menu" aria-label={label} finalFocus={anchor}>
            {items.map((item) => <Item key={item.key} item={item} />)}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

function Item({ item }: { item: MenuItem }) {
  if (item.kind === 'line') return <Menu.Separator className="menu-line" />
  if (item.kind === 'caption') return <div className="menu-caption" role="presentation">{item.label}</div>
  if (item.kind === 'choice') {
    return (
      <Menu.CheckboxItem className="menu-item" checked={item.isChosen} onCheckedChange={item.onPress} closeOnClick={!item.isOneOfMany}>
        <span className="menu-mark">{item.isChosen && <Icon name="check" />}</span>{item.label}
      </Menu.CheckboxItem>
    )
  }
  const isOff = item.disabledReason !== undefined
  const content = (
    <>
      {item.icon && <Icon name={item.icon} />}
      <span className="stack"><span>{item.label}</span>{isOff && <span>{item.disabledReason}</span>}</span>
    </>
  )
  const className = `menu-item ${item.isDanger ? 'danger' : ''}`
  if (item.to && !isOff) return <Menu.LinkItem className={className} closeOnClick render={<Link to={item.to} state={item.state} />}>{content}</Menu.LinkItem>
  return <Menu.Item className={className} disabled={isOff} onClick={() => !isOff && item.onPress?.()}>{content}</Menu.Item>
}
