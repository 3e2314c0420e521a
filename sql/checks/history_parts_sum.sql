-- table: history
-- da: Ændringen siden sidst er summen af nye rækker, rettelser, lov, program og sletning.
-- en: The change since the last one is the sum of new rows, corrections, law, code, erasure.
select h.number
from next.history as h
left join next.history as p on h.previous_id = p.publication_id
where
    h.held - coalesce(p.held, 0)
    != h.held_by_new_rows + h.held_by_corrections + h.held_by_law + h.held_by_code
    + h.held_by_inseparable + h.held_by_erasure
    or h.recognised - coalesce(p.recognised, 0)
    != h.recognised_by_new_rows + h.recognised_by_corrections + h.recognised_by_law
    + h.recognised_by_code + h.recognised_by_inseparable + h.recognised_by_erasure
