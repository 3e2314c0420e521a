-- da: Alle udgivelser, hvad de hviler på, og hvorfor tallene flyttede sig.
-- en: Every publication, what it rests on, and why the figures moved.
-- columns: number, publication_id, as_of, built_at, held, recognised, gap, new_rows, corrections,
--          law, code, inseparable, law_hash, code_version
-- parameters: as_of=
select
    number,
    publication_id,
    as_of,
    built_at,
    held,
    recognised,
    held - recognised as gap,
    recognised_by_new_rows as new_rows,
    recognised_by_corrections as corrections,
    recognised_by_law as law,
    recognised_by_code as code,
    recognised_by_inseparable as inseparable,
    left(law_hash, 12) as law_hash,
    code_version
from history
where $as_of is null or as_of = cast($as_of as date)
order by number
