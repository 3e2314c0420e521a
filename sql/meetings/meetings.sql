-- grain: a current meeting
-- inputs: current_meetings, modes, spell_days, next.municipalities, law_by_day,
--         law_accepted_types, law_register_types, law_grants, law_day_versions, duplicates,
--         first_in_person, failures
-- provisions: counting.md 2 (mode), 3 (held), 4 (spell) and 5 (every rule of every regime)
-- row: the meeting, whether it is recognised, and every rule it does not meet.
--      A rule that is not met sets its bit of a number; `failures` spells the numbers out.
with spells as (
    select
        s.municipality_code,
        s.citizen_key,
        s.first_day,
        s.last_day,
        s.spell_id,
        s.target_group,
        s.started_on,
        s.municipality_from,
        s.actor_version,
        s.later_actor,
        f.first_in_person_at
    from spell_days as s
    left join first_in_person as f
        on s.municipality_code = f.municipality_code and s.spell_id = f.spell_id
),

placed as (
    select
        c.*,
        w.mode,
        w.mode_evidence,
        w.mode_conflict,
        s.spell_id,
        coalesce(s.target_group, 'none') as target_group,
        s.started_on as spell_started_on,
        s.municipality_from,
        s.actor_version,
        s.later_actor,
        s.first_in_person_at
    from current_meetings as c
    inner join modes as w on c.form = w.form and c.remark_mode = w.remark_mode
    left join spells as s
        on
            c.municipality_code = s.municipality_code
            and c.citizen_key = s.citizen_key
            and c.held_on between s.first_day and s.last_day
),

tried as (
    select
        c.*,
        d.needs_spell and c.spell_id is null as mode_not_tried,
        cast(g.meeting_type is null as integer) * 1
        + cast(list_contains(d.actors_left_out, c.actor) as integer) * 4 as register_failures,
        cast(t.meeting_type is null as integer) * 1
        + cast(c.spell_id is null and d.spell_required as integer) * 2
        + cast(
            c.spell_id is not null
            and c.actor != case
                when c.held_on < c.municipality_from then 'a_kasse' else c.later_actor
            end as integer
        ) * 4
        + cast(d.suspended as integer) * 8
        + cast(not d.suspended and c.mode = 'unknown' and d.mode_required as integer) * 32
        + cast(
            not d.suspended
            and not (c.mode = 'unknown' and d.mode_required)
            and not (
                d.needs_spell and c.spell_id is null and list_contains(d.modes_named, c.mode)
            )
            and not coalesce(
                a.always
                or c.held_on >= c.spell_started_on + to_months(a.months_from)
                or c.summoned_on < a.summoned_before
                or (a.after_in_person and c.first_in_person_at < c.started_at),
                false
            ) as integer
        ) * 64
        + cast(u.source_row is not null and d.same_minute as integer) * 128 as duty_failures,
        cast(d.left_out as integer) * 16 as left_out_failure
    from placed as c
    inner join next.municipalities as p on c.municipality_code = p.municipality_code
    inner join law_by_day as d on c.held_on = d.held_on
    left join law_accepted_types as t
        on
            d.types_version = t.rule_version
            and c.target_group = t.target_group
            and c.meeting_type = t.meeting_type
    left join law_register_types as g
        on d.register_types_version = g.rule_version and c.meeting_type = g.meeting_type
    left join law_grants as a
        on
            d.modes_version = a.rule_version
            and c.mode = a.mode
            and p.region_code = a.region_code
            and c.target_group = a.target_group
    left join duplicates as u
        on c.delivery_key = u.delivery_key and c.source_row = u.source_row
),

judged as (
    select
        t.*,
        t.status = 'held' as held,
        case when t.status = 'held' then t.duty_failures else 0 end as duty_no,
        case when t.status = 'held' then t.register_failures else 0 end as register_no,
        case
            when t.status = 'held' then t.duty_failures + t.left_out_failure else 0
        end as supervision_no
    from tried as t
)

select
    j.municipality_code,
    j.meeting_id,
    j.citizen_key,
    j.spell_id,
    j.target_group,
    j.held_on,
    j.started_at,
    j.meeting_type,
    j.mode,
    j.mode_evidence,
    j.mode_conflict,
    j.status,
    j.actor,
    j.registered_at,
    j.summoned_on,
    j.held and j.duty_no = 0 as recognised,
    duty.reason,
    duty.failed_rules,
    duty.sole_reason,
    case
        when not j.held then null
        when duty.reason = 'wrong_actor' then j.actor_version
        else v.rule_version
    end as rule_version,
    register.failed_rules as failed_register,
    supervision.failed_rules as failed_supervision,
    j.source_system,
    j.delivery_id,
    j.source_row
from judged as j
inner join failures as duty on j.duty_no = duty.failure_no
inner join failures as register on j.register_no = register.failure_no
inner join failures as supervision on j.supervision_no = supervision.failure_no
left join law_day_versions as v
    on
        j.held_on = v.held_on
        and coalesce(
            duty.reason,
            case when j.mode_not_tried then 'accepted_types' else 'accepted_modes' end
        ) = v.decided_by
