import i18next from 'i18next'
import { unified as enUS } from './en-US/unified.ts'
import { unified as zhCN } from './zh-CN/unified.ts'

/** Adds the texts around a unified ID, in both languages: they are few, and only what shows them loads them, so that nobody else pays for knowing how. */
export function addUnifiedTexts(): void {
  i18next.addResourceBundle('zh-CN', 'translation', zhCN, true, true)
  i18next.addResourceBundle('en-US', 'translation', enUS, true, true)
}
