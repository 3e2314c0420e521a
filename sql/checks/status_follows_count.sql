-- table: requirements
-- da: Status, antal, mangel og dato hænger sammen i hvert krav.
-- en: Status, count, shortfall and day agree in every requirement.
select
    municipality_code,
    spell_id,
    requirement_id
from next.requirements
where
    (status = 'met') != (recognised_count >= required)
    or (status in ('met', 'caught_up')) != (met_on is not null)
    or (status = 'met' and not met_on between window_start and due_on)
    or (status = 'caught_up' and met_on <= due_on)
    or (status = 'missed' and shortfall != required - recognised_count)
    or (status = 'carried' and not shortfall between 1 and required - recognised_count)
    or (status not in ('missed', 'carried') and shortfall != 0)
    or window_start > due_on
    or paused_days > due_on - window_start
