import { useTranslation } from '#src/i18n/use-translation.ts'
import { language, switchLanguage } from '#src/i18n/i18n.ts'

/** Switches between Chinese and English; the page stays as it is. */
export function LanguageButton() {
  const { t } = useTranslation()
  const other = language() === 'zh-CN' ? 'en-US' : 'zh-CN'
  const words = other === 'en-US' ? 'EN' : '中文'
  return <button type="button" className="tool" lang={other} aria-label={`${words} – ${t('common.switch_language')}`} onClick={() => void switchLanguage(other)}>{words}</button>
}
