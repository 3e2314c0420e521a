-- grain: a citizen in a municipality and a run of days on which one spell is theirs
-- inputs: next.spells, law_responsible_actor
-- provisions: counting.md 4 (the spell with the latest start, then the largest id)
-- row: the days from first_day to last_day belong to the spell
with known as (
    select
        municipality_code,
        citizen_key,
        spell_id,
        target_group,
        started_on,
        coalesce(ended_on, date '9999-12-31') as ended_on
    from next.spells
    where citizen_key is not null
),

edges as (
    select
        municipality_code,
        citizen_key,
        started_on as edge
    from known
    union
    select
        municipality_code,
        citizen_key,
        ended_on + 1 as edge
    from known
),

runs as (
    select
        municipality_code,
        citizen_key,
        edge as first_day,
        lead(edge) over (
            partition by municipality_code, citizen_key
            order by edge
        ) - 1 as last_day
    from edges
),

choices as (
    select
        r.municipality_code,
        r.citizen_key,
        r.first_day,
        r.last_day,
        k.spell_id,
        k.target_group,
        k.started_on,
        row_number() over (
            partition by r.municipality_code, r.citizen_key, r.first_day
            order by k.started_on desc, k.spell_id desc
        ) as choice
    from runs as r
    inner join known as k
        on
            r.municipality_code = k.municipality_code
            and r.citizen_key = k.citizen_key
            and r.first_day between k.started_on and k.ended_on
    where r.last_day is not null
)

select
    c.municipality_code,
    c.citizen_key,
    c.first_day,
    c.last_day,
    c.spell_id,
    c.target_group,
    c.started_on,
    a.rule_version as actor_version,
    a.actor as later_actor,
    case
        when list_contains(a.a_kasse_groups, c.target_group)
            then cast(c.started_on + to_months(a.a_kasse_months) as date)
        else c.started_on
    end as municipality_from
from choices as c
inner join law_responsible_actor as a
    on c.started_on >= a.valid_from and c.started_on < a.valid_to
where c.choice = 1
