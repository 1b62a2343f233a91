import { ConfigProvider } from 'antd'
import type { ReactNode } from 'react'
import { theme } from '#floor/shared/theme.ts'
import '#generated/antd.css'

export function Antd({ children }: { children: ReactNode }) {
  return <ConfigProvider theme={theme}>{children}</ConfigProvider>
}
