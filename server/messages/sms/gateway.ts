import type { MessageChannel } from '#server/messages/channel.ts'
import { createAliyunChannel } from './aliyun.ts'
import type { AliyunSettings } from './aliyun.ts'
import { createHuaweiChannel } from './huawei.ts'
import type { HuaweiSettings } from './huawei.ts'

export type SmsSettings = HuaweiSettings | AliyunSettings

/** @returns the SMS channel of the configured provider. `send` throws SendFailed. */
export function createSmsChannel(settings: SmsSettings): MessageChannel {
  switch (settings.provider) {
    case 'huawei': return createHuaweiChannel(settings)
    case 'aliyun': return createAliyunChannel(settings)
  }
}
