import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { InviteLink } from '#contract/invites.ts'
import { Button } from '#src/components/Button.tsx'
import { tellError } from '#src/components/form-error.ts'
import { Menu } from '#src/components/Menu.tsx'
import { showToast } from '#src/components/toast.ts'
import type { QrSize } from '#src/lib/qr.ts'
import { addressOf } from './address.ts'

/** Sizes in pixels; qr.ts draws them, but is loaded only when one is wanted. */
const sizes: readonly QrSize[] = [256, 512, 1024]

/** Saves the code of a link as a drawing or a picture. @param look a row's word, or a button. */
export function QrMenu({ link, look = 'button' }: { link: InviteLink; look?: 'row' | 'button' | 'small' }) {
  const { t } = useTranslation()
  const [isBusy, setBusy] = useState(false)
  const save = async (format: 'svg' | QrSize) => {
    setBusy(true)
    try {
      const [url, { downloadQr }] = await Promise.all([addressOf(link.id), import('./download-qr.ts')])
      await downloadQr(url, `${t('invites.link.file')}-${link.label}`, format)
    } catch (error) {
      showToast({ tone: 'warning', title: t('invites.link.download_failed'), text: tellError(error).text })
    } finally {
      setBusy(false)
    }
  }
  const items = [
    { key: 'svg', label: t('invites.link.download_svg'), onPress: () => void save('svg') },
    ...sizes.map((size) => ({ key: String(size), label: t('invites.link.download_png', { size }), onPress: () => void save(size) })),
  ]
  const name = t('invites.link.download')
  return (
    <Menu items={items} label={name}>
      {(trigger) => look === 'row'
        ? <Button variant="row" isBusy={isBusy} {...trigger}>{name}</Button>
        : <Button icon="download" iconAfter="down" isSmall={look === 'small'} isBusy={isBusy} {...trigger}>{name}</Button>}
    </Menu>
  )
}
