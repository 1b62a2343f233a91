import type { Shape } from '#src/i18n/shape.ts'
import type { documents as source } from '#src/i18n/zh-CN/documents.ts'

export const documents: Shape<typeof source> = {
  agreement: {
    name: 'User Agreement',
    p1: 'This agreement is made between you and the cloud platform. It says how you use your cloud account and the cloud services. By registering or associating you accept it.',
    p2: 'You give true and correct facts when you register, keep your account name and password safe, and pass no code on. What is done with your account counts as done by you.',
    p3: 'Services are charged by the published rules of the cloud platform. Resale customers settle with their partner, all others with the cloud platform.',
    p4: 'The services must not be used for anything unlawful, against the rights of others or against the safe running of the platform. If that happens, the cloud platform may suspend them.',
    p5: 'You may stop using the services and close your account at any time. The association with a partner follows the Association Notice.',
  },
  privacy: {
    name: 'Privacy Statement',
    p1: 'When you register we collect your account name, mobile number and password. The number is used for codes and important messages; of the password only a form is kept that cannot be turned back.',
    p2: 'To keep the account safe we record the times and network addresses of sign-ins. Codes are never written to any record.',
    p3: 'Once you are associated with a partner, it gets the name of your account, your contact data and your spend, so that it can serve you. It sees them partly hidden, and each look at the full data is recorded.',
    p4: 'You may ask to see, correct or delete your personal data, and complain to the customer service. Records that the law asks for are deleted after the time it sets.',
  },
  notice: {
    RESALE: {
      name: 'Association Notice (resale)',
      p1: 'Once you are associated, your invoices, top-ups and support come from the partner and no longer from the cloud platform.',
      p2: 'Your contact data are given to the partner for these services.',
      p3: 'Ending the association needs the consent of the partner. You may ask for it; until the partner agrees, the association stays in force.',
      p4: 'The account is frozen until the partner has allocated funds to it. Coupons that you held before only pay for earlier spend.',
    },
    REFERRAL: {
      name: 'Association Notice (referral)',
      p1: 'Once you are associated, you still settle with the cloud platform, which invoices you and takes your top-ups. The partner advises you on choosing, buying and using services.',
      p2: 'Your contact data are given to the partner for these services.',
      p3: 'Ending the association needs the consent of the partner. You may ask for it; until the partner agrees, the association stays in force.',
      p4: 'The partner sees your spend and may pay orders for you, but cannot touch your balance.',
    },
  },
}
