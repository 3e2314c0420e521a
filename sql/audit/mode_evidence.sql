-- da: Hvad der afgjorde samtaleformen: kode, ord, bemærkning eller intet; og hvor form og
--     bemærkning siger hver sit.
-- en: What decided the mode: code, word, remark or nothing; and where form and remark differ.
-- columns: mode, mode_evidence, held, share_of_held, conflicts, recognised
-- parameters: municipality=, month=
with forms as (
    select
        mode,
        mode_evidence,
        count(*) as held,
        count(*) filter (where mode_conflict) as conflicts,
        count(*) filter (where recognised) as recognised
    from meetings
    where
        status = 'held'
        and ($municipality is null or municipality_code = $municipality)
        and ($month is null or date_trunc('month', held_on) = cast($month as date))
    group by mode, mode_evidence
)

select
    mode,
    mode_evidence,
    held,
    held / sum(held) over () as share_of_held,
    conflicts,
    recognised
from forms
order by held desc, mode asc, mode_evidence asc
