import { useTranslation } from '#src/i18n/use-translation.ts'
import { NoticeTopic } from '#contract/company.ts'
import { Checkbox } from '#src/components/Checkbox.tsx'
import { channels, type Template } from './settings.ts'

/** Kinds of message by channels. */
export function NoticeMatrix({ template, isDisabled, onChange }: { template: Template; isDisabled: boolean; onChange: (template: Template) => void }) {
  const { t } = useTranslation()
  return (
    <table className="plain-table matrix" aria-label={t('customer_settings.notices.matrix')}>
      <thead>
        <tr><th scope="col">{t('customer_settings.notices.topic')}</th>{channels.map((channel) => <th key={channel} scope="col">{t(`customer_settings.notices.channels.${channel}`)}</th>)}</tr>
      </thead>
      <tbody>
        {NoticeTopic.options.map((topic) => (
          <tr key={topic}>
            <th scope="row"><span className="stack"><span>{t(`customer_settings.notices.topics.${topic}`)}</span><span>{t(`customer_settings.notices.topic_notes.${topic}`)}</span></span></th>
            {channels.map((channel) => (
              <td key={channel}>
                <Checkbox
                  label={t('customer_settings.notices.cell', { topic: t(`customer_settings.notices.topics.${topic}`), channel: t(`customer_settings.notices.channels.${channel}`) })}
                  isChecked={template[topic][channel]} isDisabled={isDisabled} onChange={(isOn) => onChange({ ...template, [topic]: { ...template[topic], [channel]: isOn } })}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
