-- da: Kendte tal fra debatten, regnet efter: optalt på udgivelsens samtaler (counted) eller ren
--     regning på parametrene (arithmetic). scaled er et optalt antal omregnet til landet, så year
--     får meetings_a_year samtaler.
-- en: Known figures of the debate, worked out: counted on the publication's meetings, or mere
--     arithmetic on the parameters. scaled is a counted number brought up to the country, so that
--     year gets meetings_a_year meetings.
-- columns: place, figure, basis, value, scaled, unit, text_da, text_en
-- parameters: meetings_a_year=2500000, year=2019, first_day=2020-03-12, last_day=2020-05-26,
--             copenhagen_planned=137000, copenhagen_revised=187500
with given as (
    select
        cast($meetings_a_year as double) as meetings_a_year,
        cast($year as integer) as year,
        cast($first_day as date) as first_day,
        cast($last_day as date) as last_day,
        cast($last_day as date) - cast($first_day as date) + 1 as days,
        cast($copenhagen_planned as double) as planned,
        cast($copenhagen_revised as double) as revised
),

held_in_year as (
    select sum(c.held) as held_in_year
    from counts as c
    inner join given as g on year(c.month) = g.year
    where c.regime = 'held'
),

-- where the suspension applies, the mode is not tried; once it is gone, these modes are accepted
closure as (
    select
        count(*) as held_in_closure,
        count(*) filter (where m.recognised) as recognised_in_closure,
        count(*) filter (where list_contains(m.failed_rules, 'suspended')) as suspended,
        count(*) filter (where m.failed_rules = ['mode_not_accepted']) as by_mode_alone,
        count(*) filter (
            where m.failed_rules = ['suspended'] and m.mode in ('in_person', 'phone', 'virtual')
        ) as by_suspension_alone
    from meetings as m
    inner join given as g on m.held_on between g.first_day and g.last_day
    where m.status = 'held'
),

shares as (
    select
        year(month) as year,
        sum(recognised) filter (where mode in ('phone', 'virtual')) / sum(recognised) as share
    from counts
    where regime = 'register' and recognised > 0
    group by year(month)
),

remote as (
    select
        any_value(share) filter (where year = 2019) as share_2019,
        any_value(share) filter (where year = 2021) as share_2021,
        any_value(share) filter (where year = 2023) as share_2023
    from shares
),

-- joint meetings (types 17 and 19) are among those recognised
dagpenge as (
    select
        any_value(required) as required,
        count(*) filter (where recognised_count >= 4) / nullif(count(*), 0) as with_four,
        count(*) filter (where recognised_count >= 6) / nullif(count(*), 0) as with_six
    from requirements
    where
        requirement_id = 'four-2020'
        and target_group = 'DP'
        and status in ('met', 'missed', 'caught_up', 'carried')
),

facts as (
    select
        *,
        meetings_a_year / nullif(held_in_year, 0) as factor
    from given
    cross join held_in_year
    cross join closure
    cross join remote
    cross join dagpenge
)

select
    n.place,
    n.figure,
    n.basis,
    n.value,
    case when n.basis = 'counted' and n.unit = 'meetings' then n.value * f.factor end as scaled,
    n.unit,
    n.text_da,
    n.text_en
from facts as f
cross join
    lateral (
        values
        (
            1, 'missing_by_days', 'arithmetic', f.meetings_a_year * f.days / 365, 'meetings',
            'Et års samtaler på de lukkede dage', 'A year of meetings on the days closed'
        ),
        (
            2, 'held_in_year', 'counted', f.held_in_year, 'meetings',
            'Afholdt i året, der omregnes efter', 'Held in the year that sets the scale'
        ),
        (
            3, 'held_in_closure', 'counted', f.held_in_closure, 'meetings',
            'Afholdt på de lukkede dage', 'Held on the days closed'
        ),
        (
            4, 'recognised_in_closure', 'counted', f.recognised_in_closure, 'meetings',
            'Heraf medregnet', 'Of these, recognised'
        ),
        (
            5, 'suspended_in_closure', 'counted', f.suspended, 'meetings',
            'Heraf ramt af suspensionen', 'Of these, hit by the suspension'
        ),
        (
            6, 'recovered_if_phone_counts', 'counted', f.by_mode_alone, 'meetings',
            'Medregnet, hvis formen ikke talte', 'Recognised if the mode did not matter'
        ),
        (
            7, 'recovered_if_not_suspended', 'counted', f.by_suspension_alone, 'meetings',
            'Medregnet, hvis suspensionen faldt bort', 'Recognised without the suspension'
        ),
        (
            8, 'copenhagen_more', 'arithmetic', f.revised - f.planned, 'meetings',
            'København: flere samtaler end planlagt', 'Copenhagen: more meetings than planned'
        ),
        (
            9, 'copenhagen_growth', 'arithmetic', f.revised / f.planned - 1, 'share',
            'København: stigningen i andel', 'Copenhagen: the rise as a share'
        ),
        (
            10, 'remote_share_2019', 'counted', f.share_2019, 'share',
            'Telefon og video i register, 2019', 'Phone and video in register, 2019'
        ),
        (
            11, 'remote_share_2021', 'counted', f.share_2021, 'share',
            'Telefon og video i register, 2021', 'Phone and video in register, 2021'
        ),
        (
            12, 'remote_share_2023', 'counted', f.share_2023, 'share',
            'Telefon og video i register, 2023', 'Phone and video in register, 2023'
        ),
        (
            13, 'dagpenge_required', 'counted', f.required, 'meetings a spell',
            'Samtaler four-2020 kræver af et dagpengeforløb',
            'Meetings four-2020 asks of a DP spell'
        ),
        (
            14, 'dagpenge_with_four', 'counted', f.with_four, 'share',
            'Dagpengeforløb med mindst fire', 'DP spells with at least four'
        ),
        (
            15, 'dagpenge_with_six', 'counted', f.with_six, 'share',
            'Dagpengeforløb med mindst seks, fælles samtaler medregnet',
            'DP spells with at least six, joint meetings included'
        )
    ) as n (place, figure, basis, value, unit, text_da, text_en)
order by n.place
