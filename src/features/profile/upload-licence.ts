import type * as z from 'zod/mini'
import { LicenceRead, licenceUploadPath } from '#contract/company.ts'
import { uploadFile } from '#src/api/upload.ts'

/** Sends a licence. @returns what could be read of it. Throws as uploadFile does. */
export const uploadLicence = (file: File, options: Parameters<typeof uploadFile>[2]): Promise<z.infer<typeof LicenceRead>> => uploadFile({ path: licenceUploadPath, answer: LicenceRead }, file, options)
