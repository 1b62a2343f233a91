import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { type ManagerRow, queryAssigned } from '#contract/assignments.ts'
import { assignmentBatchMax } from '#contract/page.ts'
import { listQuery } from '#src/api/query.ts'
import { Checkbox } from '#src/components/Checkbox.tsx'
import { Labelled } from '#src/components/Labelled.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { RadioCards } from '#src/components/RadioCards.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { serverNow } from '#src/lib/clock.ts'
import { useSession } from '#src/session/use-session.ts'
import { ManagerField } from './ManagerField.tsx'
import { PickList } from './PickList.tsx'
import { chinaDay } from './rules.ts'
import type { HandoverWish } from './use-handover-wish.ts'
import { usePicking } from './use-picking.ts'

/** From whom, to whom, which customers, when, and whether they are told. */
export function HandoverForm({ form, from }: { form: HandoverWish; from: ManagerRow['manager'] | undefined }) {
  const { t } = useTranslation()
  return (
    <>
      <div className="handover-fields">
        <ManagerField label={t('assignments.handover.from')} empty={t('assignments.handover.choose_from')} value={form.from} also={from} onChange={form.setFrom} />
        <ManagerField label={t('assignments.handover.to')} empty={t('assignments.handover.choose_to')} value={form.to} without={form.from} onChange={form.setTo} />
      </div>
      <RadioCards
        legend={t('assignments.handover.which')} value={form.which} onChange={form.setWhich}
        options={(['all', 'these'] as const).map((value) => ({ value, label: t(`assignments.handover.${value}`), note: t(`assignments.handover.${value}_note`) }))}
      />
      {form.from !== '' && <Customers key={form.from} form={form} />}
      <Labelled label={t('assignments.handover.day')} isRequired hint={t('assignments.handover.day_hint', { last: form.last })} error={form.isDayWrong ? t('assignments.handover.day_wrong', { last: form.last }) : undefined}>
        {(wiring) => <TextInput {...wiring} type="date" value={form.day} min={chinaDay(serverNow())} max={form.last} onChange={form.setDay} />}
      </Labelled>
      <Told form={form} />
    </>
  )
}

/** The manager's customers: those that stay, or those that move. */
function Customers({ form: { from, which, selection } }: { form: HandoverWish }) {
  const { t } = useTranslation()
  const picking = usePicking()
  const { page, pageSize, text } = picking
  const result = useQuery(listQuery(queryAssigned, { params: { id: from }, body: { page, pageSize, sort: '-assignedAt', filter: {}, ...(text !== '' && { lookup: { name: text } }) } }))
  return (
    <PickList
      label={t(which === 'all' ? 'assignments.handover.keep' : 'assignments.handover.move')} searchLabel={t('assignments.pick.search_own')} picking={picking} result={result} selection={selection} max={assignmentBatchMax}
      aside={{ head: t('assignments.managed.expenditure'), cell: (row) => <MoneyText amount={row.monthExpenditure} />, isNumber: true }} empty={{ title: t('assignments.pick.none_own') }}
    />
  )
}

/** Whether the customers are told, with the words they get. */
function Told({ form: { tells, setTells } }: { form: HandoverWish }) {
  const { t } = useTranslation()
  const { partner } = useSession()
  return (
    <div className="handover-told">
      <Checkbox isChecked={tells} onChange={setTells} label={t('assignments.handover.tell')}>{t('assignments.handover.tell')}</Checkbox>
      {tells && (
        <>
          <p className="caption">{t('assignments.handover.tell_text')}</p>
          <blockquote><p className="strong">{t('assignments.handover.mail_title')}</p><p>{t('assignments.handover.mail_text', { partner: partner.name })}</p></blockquote>
        </>
      )}
    </div>
  )
}
