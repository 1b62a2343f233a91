import type * as z from 'zod/mini'
import { LicenceRead, licenceUploadPath } from '#contract/company.ts'
import { upload } from '#src/api/upload.ts'

/** Sends a licence and tells how far it is. @returns what could be read. Throws as `upload` does. */
export const uploadLicence = (file: File, options: Parameters<typeof upload>[3]): Promise<z.infer<typeof LicenceRead>> => upload(licenceUploadPath, LicenceRead, file, options)
