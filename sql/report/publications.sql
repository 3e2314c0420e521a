-- grain: this publication
-- inputs: next.publication, next.history
-- provisions: none
-- row: what it rests on, its number in the ledger, and the reporting day of the one that stood
--      before, if any
select
    p.publication_id,
    p.as_of,
    p.built_at,
    p.code_version,
    h.number,
    b.as_of as previous_as_of
from next.publication as p
inner join next.history as h on p.publication_id = h.publication_id
left join next.history as b on h.previous_id = b.publication_id
