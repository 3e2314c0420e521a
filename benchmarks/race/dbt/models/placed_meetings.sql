with found as (
    select
        m.municipality_code,
        m.meeting_id,
        s.spell_id,
        s.target_group,
        s.spell_start
    from {{ ref('held_meetings') }} as m
    inner join {{ ref('spells') }} as s
        on
            m.municipality_code = s.municipality_code
            and m.cpr = s.cpr
            and m.held_on >= s.spell_start
            and (s.spell_end is null or m.held_on <= s.spell_end)
    qualify row_number() over (
        partition by m.municipality_code, m.meeting_id
        order by s.spell_start desc, s.spell_id desc
    ) = 1
)

select
    m.*,
    f.spell_id,
    f.target_group,
    f.spell_start,
    p.region_code,
    case
        when f.target_group is null then false
        when f.target_group = 'SDP' then m.meeting_type = '4'
        when f.target_group in ('JAF', 'RF', 'FLEX', 'REV') then m.meeting_type in ('4', '7')
        else m.meeting_type in ('7', '17', '19')
    end as fits
from {{ ref('held_meetings') }} as m
left join found as f on m.municipality_code = f.municipality_code and m.meeting_id = f.meeting_id
inner join read_csv('{{ env_var("RACE_MUNICIPALITIES") }}', all_varchar = true) as p
    on m.municipality_code = p.code
