import { documents } from './documents.ts'
import { invite_page } from './invite-page.ts'
import { my } from './my.ts'

/** What the pages for customers need besides: the invitation and the customer's own pages. */
export const customer = { documents, invite_page, my }
