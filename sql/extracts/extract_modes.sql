-- grain: an owed requirement
-- inputs: extract_owed, extract_contact, next.municipalities, law_in_force, law_grants
-- provisions: counting.md 5 rules 4 and 6
-- row: the modes the law would accept of a meeting held in the spell on the day accepted_on.
--      It is not held yet, so it was not summoned before any day; a meeting in person earlier
--      the same day comes before it. No row where no mode is accepted, as on suspended days.
select
    w.municipality_code,
    w.spell_id,
    w.requirement_id,
    list(a.mode order by a.mode) as accepted_modes
from extract_owed as w
inner join next.municipalities as p on w.municipality_code = p.municipality_code
inner join law_in_force as l
    on
        l.family = 'accepted_modes'
        and w.accepted_on >= l.valid_from
        and w.accepted_on < l.valid_to
inner join law_in_force as s
    on
        s.family = 'suspension'
        and w.accepted_on >= s.valid_from
        and w.accepted_on < s.valid_to
        and not json_contains(s.value, '{"suspended": true}')
inner join law_grants as a
    on
        l.rule_version = a.rule_version
        and p.region_code = a.region_code
        and w.target_group = a.target_group
left join extract_contact as c
    on w.municipality_code = c.municipality_code and w.spell_id = c.spell_id
where
    a.always
    or w.accepted_on >= w.spell_started_on + to_months(a.months_from)
    or (a.after_in_person and c.first_in_person_at < w.accepted_on + 1)
group by w.municipality_code, w.spell_id, w.requirement_id
