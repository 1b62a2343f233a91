import { StartRefused } from '#server/start-refused.ts'
import type { Engine } from './open.ts'

/** Every power that makes a fence between partners a matter of good will, with the words for it. A role also has what the roles it belongs to have. */
const powers = { superuser: 'is a superuser', bypass: 'bypasses row level security', owner: 'owns the tables, so it can take their policies away', roles: 'may make roles, so it can give itself any other power' } as const

/** Looks at the login that serves requests, and at the role `app` that its transactions switch to, once the tables exist. Refuses a login that is not
 *  in `app`, an `app` that has a power beyond it, and in production also a login that has one: whoever could run a statement of their own through the
 *  server would see every partner. @param warn is told of the last outside production, where one login may do everything. */
export async function checkLogin(engine: Pick<Engine, 'query'>, { isProduction, warn }: { isProduction: boolean; warn: (sentence: string) => void }): Promise<void> {
  const { rows } = await engine.query(`
    select r.rolname as name, r.rolname = session_user as "isLogin", pg_has_role(r.oid, 'app', 'member') as "isInApp",
           bool_or(o.rolsuper) as superuser, bool_or(o.rolbypassrls) as bypass, bool_or(o.rolcreaterole) as roles,
           exists (select from pg_class t where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p') and pg_has_role(r.oid, t.relowner, 'member')) as owner
      from pg_roles r join pg_roles o on pg_has_role(r.oid, o.oid, 'member')
     where r.rolname in (session_user, 'app') group by r.oid, r.rolname order by r.rolname = session_user`)
  for (const row of rows) {
    const name = String(row['name'])
    if (row['isInApp'] !== true) throw notInApp(name)
    const [power] = Object.entries(powers).flatMap(([key, words]) => (row[key] === true ? [words] : []))
    if (power === undefined) continue
    if (row['isLogin'] !== true) throw new StartRefused(`The role ${name} ${power}: partners would not be kept apart. It must have no power of its own and belong to no other role.`)
    if (isProduction) throw new StartRefused(`The login ${name} of DATABASE_URL ${power}. Requests need a login that only belongs to the role app; the owner's goes into MIGRATION_DATABASE_URL.`)
    warn(`The login ${name} of DATABASE_URL ${power}; production refuses that.`)
  }
}

/** Refuses a login that is not in `app`, to which every transaction switches: also those of a restore and of invented data, under the owner's login. */
export async function checkMembership(engine: Pick<Engine, 'query'>): Promise<void> {
  const { rows: [row] } = await engine.query(`select session_user::text as name, pg_has_role(session_user, 'app', 'member') as "isInApp"`)
  if (row?.['isInApp'] !== true) throw notInApp(String(row?.['name']))
}

const notInApp = (name: string): StartRefused => new StartRefused(`The login ${name} may not switch to the role app. As a superuser: grant app to ${name};`)
