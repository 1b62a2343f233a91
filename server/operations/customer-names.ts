import { sql, type SQL } from '#server/db/query.ts'

/** @param part any part of a name. @returns a query of the ids of the partner's customers whose name or account name holds it. Its neighbouring pairs find
 *  candidates by index; the comparison of the whole part decides. */
export const customersNamed = (partnerId: string, part: string): SQL => sql`(
    with part as (select lower(normalize(${part}::text, NFKC)) as key),
    pair as (select distinct substr(p.key, i, 2) as gram from part p cross join lateral generate_series(1, char_length(p.key) - 1) i)
    select c.id from part p join customers c on c.partner_id = ${partnerId} and (strpos(c.name_key, p.key) > 0 or strpos(c.account_key, p.key) > 0)
     where c.id in (select g.customer_id from customer_grams g where g.partner_id = ${partnerId} and g.gram = any (array(select gram from pair)) group by g.customer_id having count(*) = (select count(*) from pair)))`

/** @param part any part of a name. @returns the same of one row `customers c`, without an index. */
export const nameHolds = (part: string): SQL => sql`(strpos(c.name_key, lower(normalize(${part}::text, NFKC))) > 0 or strpos(c.account_key, lower(normalize(${part}::text, NFKC))) > 0)`
