-- da: Talpas: kravene bag én celle i compliance. Antallet af rækker er due; status siger resten.
-- en: Number passport: the requirements behind one cell of compliance. The rows number due; status
--     says the rest.
-- columns: municipality_code, spell_id, target_group, requirement_id, required, recognised_count,
--          shortfall, window_start, due_on, paused_days, status, met_on, rule_version
-- parameters: requirement=four-2024, month=2025-03-01, municipality=101, target_group=, status=
select
    municipality_code,
    spell_id,
    target_group,
    requirement_id,
    required,
    recognised_count,
    shortfall,
    window_start,
    due_on,
    paused_days,
    status,
    met_on,
    rule_version
from requirements
where
    status in ('met', 'missed', 'caught_up', 'carried')
    and ($requirement is null or requirement_id = $requirement)
    and ($month is null or date_trunc('month', due_on) = cast($month as date))
    and ($municipality is null or municipality_code = $municipality)
    and ($target_group is null or target_group = $target_group)
    and ($status is null or status = $status)
order by municipality_code, due_on, spell_id, requirement_id
