-- grain: a held meeting that is not recognised, of a file that gets a letter tonight
-- inputs: lost, wanted
-- provisions: counting.md 5
-- row: where in the file it stands, and every rule it does not meet
select
    l.municipality_code,
    l.delivery_id,
    l.source_row,
    l.meeting_id,
    l.held_on,
    l.reason,
    l.failed_rules,
    l.sole_reason,
    l.remedy
from lost as l
inner join wanted as w
    on l.municipality_code = w.municipality_code and l.delivery_id = w.delivery_id
