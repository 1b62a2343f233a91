import { useQuery } from '@tanstack/react-query'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { type InviteLink, showLink } from '#contract/invites.ts'
import { query } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { Labelled } from '#src/components/Labelled.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { showToast } from '#src/components/toast.ts'
import { copyText } from '#src/lib/clipboard.ts'
import { PrintSheet } from './PrintSheet.tsx'
import { QrMenu } from './QrMenu.tsx'
import { QrPicture } from './QrPicture.tsx'
import { useValidity } from './use-validity.ts'

type Props = { link: InviteLink; title?: 'made' | 'replaced' | undefined; onClose: () => void }

/** A link in full: its code, what it is, its address to copy, print and save. */
export function LinkDialog({ link, title, onClose }: Props) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery({ ...query(showLink, { params: { id: link.id }, body: {} }), staleTime: Number.POSITIVE_INFINITY })
  const url = data?.url
  const copyButton = useRef<HTMLButtonElement>(null)
  return (
    <ModalShell
      title={t(title === 'made' ? 'invites.link.made' : title === 'replaced' ? 'invites.link.replaced' : 'invites.link.one')} onClose={onClose} initialFocus={copyButton}
      {...(url !== undefined && { footer: () => <><Button variant="bare" icon="print" onPress={() => window.print()}>{t('invites.link.print')}</Button><QrMenu link={link} /></> })}
    >
      {url !== undefined ? <Content link={link} url={url} copyButton={copyButton} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} />}
    </ModalShell>
  )
}

function Content({ link, url, copyButton }: { link: InviteLink; url: string; copyButton: RefObject<HTMLButtonElement | null> }) {
  const { t } = useTranslation()
  const validity = useValidity()
  const field = useRef<HTMLInputElement>(null)
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return undefined
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = async () => {
    const worked = await copyText(url)
    setCopied(worked)
    showToast(worked ? { tone: 'success', title: t('invites.link.copied'), isBrief: true } : { tone: 'warning', title: t('common.copy_failed') })
    if (!worked) field.current?.select()
  }
  return (
    <>
      <div className="link-result">
        <div className="qr-box"><QrPicture url={url} /></div>
        <div>
          <Facts facts={[
            { key: 'label', label: t('invites.records.label'), value: link.label },
            { key: 'type', label: t('invites.form.type'), value: t(`invites.type.${link.associationType}`) },
            { key: 'validity', label: t('invites.link.validity'), value: validity(link) },
            { key: 'owner', label: t('invites.link.owner'), value: link.manager ? t('invites.link.owner_manager', { name: link.manager.nameMasked }) : t('invites.link.owner_none') },
          ]} />
          {link.kind === 'CUSTOM' && <p className="caption">{t('invites.link.tag_note')}</p>}
        </div>
      </div>
      <Labelled label={t('invites.link.one')}>
        {(wiring) => (
          <span className="copy-row">
            <TextInput {...wiring} ref={field} value={url} onChange={() => undefined} readOnly onFocus={(event) => event.target.select()} className="code" />
            <Button ref={copyButton} variant="primary" icon={isCopied ? 'check' : 'copy'} onPress={() => void copy()}>{t('invites.link.copy')}</Button>
          </span>
        )}
      </Labelled>
      <PrintSheet link={link} url={url} />
    </>
  )
}
