import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Member } from '#contract/members.ts'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { formatTime } from '#src/lib/format.ts'
import { stateLook } from './labels.ts'

/** Whether the member can work; under a lock stands how long it holds by itself. */
export function MemberStateTag({ member: { state, lockedUntil } }: { member: Pick<Member, 'state' | 'lockedUntil'> }) {
  const { t } = useTranslation()
  const tag = <StatusTag {...stateLook[state]}>{t(`members.state.${state}`)}</StatusTag>
  if (state !== 'LOCKED' || lockedUntil === null) return tag
  return <span className="stack member-state">{tag}<span>{t('members.locked_until', { time: formatTime(lockedUntil) })}</span></span>
}
