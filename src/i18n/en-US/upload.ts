import type { Shape } from '#src/i18n/shape.ts'
import type { upload as zh } from '#src/i18n/zh-CN/upload.ts'

/** A file that is sent with a form. */
export const upload: Shape<typeof zh> = {
  drop: 'Drop the file here, or', choose: 'Choose file', replace: 'Replace the file', remove: 'Do not use this file', uploading: 'Uploading {{name}}', checking: 'Reading {{name}}', percent: '{{percent}}% uploaded', cancel: 'Cancel upload', cancel_of: 'Cancel upload of {{name}}', chosen: '{{name}} was uploaded',
  too_large: 'The file is larger than 5 MB and was not uploaded. Choose a smaller one.', wrong_type: 'Files of this type cannot be uploaded. Choose one of these: {{types}}.', empty: 'The file is empty and was not uploaded.', failed: 'The upload did not finish. Check the network and try again.', wait: 'Wait until the file is uploaded', missing: 'Upload the file',
}
