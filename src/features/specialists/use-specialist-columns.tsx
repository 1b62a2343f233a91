import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Specialist } from '#contract/specialists.ts'
import { ColumnEye } from '#src/components/ColumnEye.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { stateLook } from './labels.ts'

const personal = [['mobile', 'mobile', 'mobileMasked', 146], ['email', 'email', 'emailMasked', 156], ['account', 'accountName', 'accountMasked', 120]] as const

/** The columns of the specialists. @param rows in view, for the eyes of the columns. */
export function useSpecialistColumns(rows: readonly Specialist[]): Column<Specialist>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'name', header: t('specialists.field.name'), width: 96, card: 'lead', isFixed: true, cell: (row) => <MaskedText id={row.id} field="name" masked={row.nameMasked} label={t('specialists.field.name')} />,
      tools: <ColumnEye ids={rows.map((row) => row.id)} fields={['name']} column={t('specialists.field.name')} />,
    },
    { key: 'way', header: t('specialists.field.way'), width: 82, cell: (row) => t(`specialists.way.${row.way}`) },
    ...personal.map(([key, field, masked, width]): Column<Specialist> => ({
      key, header: t(`specialists.field.${key}`), width, card: 'skip',
      cell: (row) => (row[masked] === null ? <span className="quiet">–</span> : <MaskedText id={row.id} field={field} masked={row[masked]} label={t(`specialists.field.${key}`)} />),
      tools: <ColumnEye ids={rows.flatMap((row) => (row[masked] === null ? [] : [row.id]))} fields={[field]} column={t(`specialists.field.${key}`)} />,
    })),
    { key: 'state', header: t('specialists.field.state'), width: 110, card: 'state', cell: (row) => <StateCell row={row} /> },
    { key: 'invitedAt', header: t('specialists.field.invited_at'), width: 104, sort: 'invitedAt', cell: (row) => <Time at={row.invitedAt} /> },
    { key: 'expiresAt', header: t('specialists.field.expires_at'), width: 98, card: 'skip', cell: (row) => <Time at={row.expiresAt} /> },
    { key: 'boundAt', header: t('specialists.field.bound_at'), width: 98, cell: (row) => (row.boundAt === null ? <span className="quiet">–</span> : <Time at={row.boundAt} />) },
  ]
}

/** The state, and under it what went wrong: why somebody was rejected, or that the message never left. */
function StateCell({ row: { state, reason, isUndelivered } }: { row: Specialist }) {
  const { t } = useTranslation()
  const tag = <StatusTag {...stateLook[state]}>{t(`specialists.state.${state}`)}</StatusTag>
  const more = reason ?? (isUndelivered ? t('specialists.undelivered') : undefined)
  return more === undefined ? tag : <span className="stack specialist-state">{tag}<span title={more}>{more}</span></span>
}
