import { List } from './List.tsx'

export function Component() {
  return <List kind="invoices" title="Invoices" />
}
