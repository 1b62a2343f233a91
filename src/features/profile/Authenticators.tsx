import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { useLocation } from 'react-router'
import type { Answer } from '#contract/endpoint.ts'
import type { Authenticator, listAuthenticators } from '#contract/security.ts'
import { Button } from '#src/components/Button.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { Section } from '#src/components/Section.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { whyNoPasskey } from '#src/code/passkeys.ts'
import { formatTime } from '#src/lib/format.ts'
import type { Act } from './authenticator.ts'
import type { Profile } from './change.ts'
import { RenameDialog } from './RenameDialog.tsx'
import { operationWords } from './required.ts'

const AuthenticatorDialog = lazy(async () => ({ default: (await import('./AuthenticatorDialog.tsx')).AuthenticatorDialog }))

export type AuthenticatorList = Answer<typeof listAuthenticators>
type Props = { list: AuthenticatorList; profile: Profile; /** Why nothing can be changed now. */ locked: string | undefined }

/** What the person confirms operations with beside messages. */
export function Authenticators({ list, profile, locked }: Props) {
  const { t } = useTranslation()
  const [act, setAct] = useState<Act>()
  const [renamed, setRenamed] = useState<Authenticator>()
  const { items, max, requiredFor } = list
  const lines = useRef<HTMLUListElement>(null)
  const noPasskey = useNoPasskey(list.passkeyHost)
  const full = locked ?? (items.length >= max ? t('authenticators.list.full', { max }) : undefined)
  useArrival()
  return (
    <Section
      title={t('authenticators.title')} anchor="authenticators"
      action={(
        <span className="own-line">
          <Button isSmall disabledReason={full} onPress={() => setAct({ do: 'add', kind: 'totp' })}>{t('authenticators.add.totp')}</Button>
          <Button isSmall disabledReason={full ?? noPasskey} onPress={() => setAct({ do: 'add', kind: 'passkey' })}>{t('authenticators.add.passkey')}</Button>
        </span>
      )}
    >
      {items.length === 0 && requiredFor.length > 0 && <Notice tone="warning">{t('authenticators.list.required_now', { operations: operationWords(requiredFor).join(t('common.list_separator')) })}</Notice>}
      {items.length === 0 ? <p className="second">{t('authenticators.list.empty')}</p> : (
        <ul className="sign-ins" ref={lines} tabIndex={-1} aria-label={t('authenticators.list.label')}>
          {items.map((one) => <Line key={one.id} one={one} locked={locked} onRename={() => setRenamed(one)} onRemove={() => setAct({ do: 'remove', one, isLast: items.length === 1 })} />)}
        </ul>
      )}
      <p className="caption">{noPasskey !== undefined && <>{noPasskey} </>}{t('authenticators.list.foot', { max })}</p>
      {act && <Suspense><AuthenticatorDialog act={act} list={list} profile={profile} onClose={() => setAct(undefined)} /></Suspense>}
      {renamed && <RenameDialog one={renamed} onClose={() => setRenamed(undefined)} />}
    </Section>
  )
}

function Line({ one, locked, onRename, onRemove }: { one: Authenticator; locked: string | undefined; onRename: () => void; onRemove: () => void }) {
  const { t } = useTranslation()
  const named = (what: string) => t('authenticators.list.one', { what, name: one.name })
  return (
    <li>
      <div>
        <p className="device">{one.name}<StatusTag tone="neutral" isLabel>{t(`authenticators.kind.${one.kind}`)}</StatusTag></p>
        <p className="sign-in-facts">
          <span>{t('authenticators.list.added_at', { time: formatTime(one.createdAt) })}</span>
          <span>{one.lastUsedAt === null ? t('authenticators.list.never') : t('authenticators.list.used_at', { time: formatTime(one.lastUsedAt) })}</span>
        </p>
      </div>
      <span className="own-acts">
        <Button variant="row" aria-label={named(t('authenticators.list.rename'))} onPress={onRename}>{t('authenticators.list.rename')}</Button>
        <Button variant="row" aria-label={named(t('authenticators.list.remove'))} disabledReason={locked} onPress={onRemove}>{t('authenticators.list.remove')}</Button>
      </span>
    </li>
  )
}

/** @param host under which passkeys work, as the server says. @returns why there can be no passkey here, or undefined. */
function useNoPasskey(host: string | null): string | undefined {
  const { t } = useTranslation()
  const why = whyNoPasskey()
  if (host !== null && host !== location.hostname) return t('authenticators.no_passkey.host', { host })
  if (why !== undefined) return t(`authenticators.no_passkey.${why}`)
  return host === null ? t('authenticators.no_passkey.address') : undefined
}

/** Whoever was sent here by the security check arrives at this section, not at the top of the page. */
function useArrival(): void {
  const { hash } = useLocation()
  useEffect(() => {
    if (hash !== '#authenticators') return
    const section = document.querySelector<HTMLElement>(hash)
    section?.scrollIntoView()
    section?.focus({ preventScroll: true })
  }, [hash])
}
