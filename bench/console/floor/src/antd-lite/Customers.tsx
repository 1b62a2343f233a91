import { List } from './List.tsx'

export function Component() {
  return <List kind="customers" title="Customers" />
}
