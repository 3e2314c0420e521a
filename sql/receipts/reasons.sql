-- grain: a delivered file, a reason and a remedy
-- inputs: lost
-- provisions: counting.md 5 (the first rule not met is the reason)
-- row: how many of the file's current meetings are held and not recognised, and of these how many
--      for that reason alone
select
    municipality_code,
    delivery_id,
    reason,
    remedy,
    count(*) as meetings,
    count(*) filter (where sole_reason) as sole
from lost
group by municipality_code, delivery_id, reason, remedy
