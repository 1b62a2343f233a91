import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Answer } from '#contract/endpoint.ts'
import { getLogEntry } from '#contract/operation-log.ts'
import { query } from '#src/api/query.ts'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { RowDrawer } from '#src/components/RowDrawer.tsx'
import { Section } from '#src/components/Section.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { Time } from '#src/components/Time.tsx'
import { deviceName } from '#src/lib/device.ts'
import { CustomerCell } from './CustomerCell.tsx'
import { detailLabel, detailText } from './details.ts'
import { operationKey, resultTone } from './labels.ts'
import { ObjectNumber } from './ObjectNumber.tsx'

type Entry = Answer<typeof getLogEntry>

/** Everything that was kept about the entry that the address names by `open`; masked values only. */
export function EntryDrawer() {
  const { t } = useTranslation()
  return (
    <RowDrawer ask={(id) => query(getLogEntry, { params: { id } })} title={(entry) => (entry ? t(operationKey[entry.operation]) : t('log.details'))}>
      {(entry) => <Content entry={entry} />}
    </RowDrawer>
  )
}

function Content({ entry }: { entry: Entry }) {
  const { t } = useTranslation()
  const who = entry.operatorMasked ?? (entry.source === 'system' || entry.source === 'vendor' ? t(`log.source.${entry.source}`) : t('log.nobody'))
  return (
    <div className="entry">
      <Facts facts={[
        { key: 'result', label: t('log.field.result'), value: <StatusTag {...resultTone[entry.result]}>{t(`log.result.${entry.result}`)}</StatusTag> },
        { key: 'at', label: t('log.field.at'), value: <Time at={entry.at} look="full" /> },
        { key: 'operator', label: t('log.field.operator'), value: who },
        ...(entry.objectKind === null ? [] : [{
          key: 'object', label: t('log.field.object'),
          value: <>{t(`log.object.${entry.objectKind}`)}{entry.objectNumber && <ObjectNumber kind={entry.objectKind} number={entry.objectNumber} isFull />}</>,
        }]),
        ...(entry.customer === null ? [] : [{ key: 'customer', label: t('log.field.customer'), value: <CustomerCell customer={entry.customer} /> }]),
        ...(entry.amount === null ? [] : [{ key: 'amount', label: t('log.field.amount'), value: <><MoneyText amount={entry.amount} isStrong /> {t('common.unit')}</> }]),
        { key: 'confirmed', label: t('log.field.confirmed_by'), value: t(`log.confirmed_long.${entry.confirmedBy}`) },
      ]} />
      {entry.details.length > 0 && (
        <Section title={t('log.section_what')}>
          <Facts facts={entry.details.map(({ label, value }) => ({ key: label, label: detailLabel(label), value: label === 'proof' ? <ObjectNumber kind="proof" number={value} isFull /> : detailText(entry.operation, label, value) || '–' }))} />
        </Section>
      )}
      <Section title={t('log.section_where')}>
        <Facts facts={[
          { key: 'source', label: t('log.field.source'), value: t(`log.source.${entry.source}`) },
          { key: 'address', label: t('log.field.address'), value: entry.address || t('log.not_recorded') },
          { key: 'device', label: t('log.field.device'), value: entry.agent ? <span className="stack"><span>{deviceName(entry.agent)}</span>{deviceName(entry.agent) !== entry.agent && <span className="agent">{entry.agent}</span>}</span> : t('log.not_recorded') },
          { key: 'request', label: t('log.field.request'), value: <span className="entry-id"><span className="code">{entry.requestId}</span><CopyButton text={entry.requestId} what={t('log.field.request')} /></span> },
        ]} />
      </Section>
    </div>
  )
}
