import { Component as Settings } from '#floor/antd-opt/Settings.tsx'
import { Antd } from './Antd.tsx'

export function Component() {
  return (
    <Antd>
      <Settings />
    </Antd>
  )
}
