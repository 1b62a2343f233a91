import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Answer } from '#contract/endpoint.ts'
import { endSignIns, listSignIns } from '#contract/session.ts'
import { query } from '#src/api/query.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { Section } from '#src/components/Section.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { showToast } from '#src/components/toast.ts'
import { deviceName } from '#src/lib/device.ts'
import { formatTime, zoneName } from '#src/lib/format.ts'

type SignIn = Answer<typeof listSignIns>['items'][number]

/** Where this person is signed in; what they do not know they can end. */
export function SignInsTab() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery({ ...query(listSignIns, {}), staleTime: 0 })
  const lines = useRef<HTMLUListElement>(null)
  const end = useApiMutation(endSignIns, {
    invalidates: [listSignIns],
    onSuccess: ({ ended }) => {
      showToast({ tone: 'success', title: t('profile.ended', { count: ended }) })
      // The pressed button leaves with its line.
      lines.current?.focus()
    },
  })
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={5} />
  const others = data.items.filter(({ isThis }) => !isThis)
  const [first] = data.items
  return (
    <Section
      title={t('profile.sign_ins')} note={t('profile.sign_ins_note')}
      action={others.length > 0 && <Button isSmall isBusy={end.isBusy} onPress={() => end.submit({ body: { which: 'others' } })}>{t('profile.end_others')}</Button>}
    >
      <FormError error={end.error} />
      <ul className="sign-ins" ref={lines} tabIndex={-1} aria-label={t('profile.sign_ins')}>
        {[...data.items.filter(({ isThis }) => isThis), ...others].map((signIn) => <Line key={signIn.id} signIn={signIn} isBusy={end.isBusy} onEnd={() => end.submit({ body: { which: signIn.id } })} />)}
      </ul>
      <p className="caption">{others.length === 0 && <>{t('profile.only_this')} </>}{first && t('profile.sign_ins_foot', { zone: zoneName(first.seenAt) })}</p>
    </Section>
  )
}

function Line({ signIn: { startedAt, seenAt, address, agent, isThis }, isBusy, onEnd }: { signIn: SignIn; isBusy: boolean; onEnd: () => void }) {
  const { t } = useTranslation()
  const device = deviceName(agent) || t('profile.unknown_device')
  return (
    <li>
      <div>
        <p className="device">{device}{isThis && <StatusTag tone="info">{t('profile.this_one')}</StatusTag>}</p>
        <p className="sign-in-facts">
          <span>{t('profile.address', { address })}</span><span>{t('profile.started', { time: formatTime(startedAt) })}</span><span>{t('profile.seen', { time: formatTime(seenAt) })}</span>
        </p>
      </div>
      {!isThis && <Button variant="row" isBusy={isBusy} aria-label={t('profile.end_of', { device, time: formatTime(startedAt) })} onPress={onEnd}>{t('profile.end')}</Button>}
    </li>
  )
}
