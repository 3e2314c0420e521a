-- da: Hvad tallene hviler på: samtaler og krav afgjort af lovversioner med kildevægt C (omtalt)
--     eller D (antaget), og hvor stor en del af alle det er.
-- en: What the figures rest on: meetings and requirements decided by law versions of grade C
--     (reported) or D (assumed), and how large a part of all that is.
-- columns: figure, rule_version, grade, valid_from, valid_to, decided, share_of_figure, text_da,
--          text_en, note
-- parameters: grades=CD, municipality=, month=
with decided as (
    select
        case when recognised then 'recognised' else 'not recognised' end as figure,
        rule_version,
        count(*) as decided
    from meetings
    where
        status = 'held'
        and ($municipality is null or municipality_code = $municipality)
        and ($month is null or date_trunc('month', held_on) = cast($month as date))
    group by figure, rule_version
    union all
    select
        'requirements due' as figure,
        rule_version,
        count(*) as decided
    from requirements
    where
        status in ('met', 'missed', 'caught_up', 'carried')
        and ($municipality is null or municipality_code = $municipality)
        and ($month is null or date_trunc('month', due_on) = cast($month as date))
    group by rule_version
),

shares as (
    select
        *,
        decided / sum(decided) over (partition by figure) as share_of_figure
    from decided
)

select
    s.figure,
    s.rule_version,
    l.grade,
    l.valid_from,
    l.valid_to,
    s.decided,
    s.share_of_figure,
    l.text_da,
    l.text_en,
    l.note
from shares as s
inner join law as l on s.rule_version = l.rule_version
where contains($grades, l.grade)
order by s.figure asc, s.decided desc, s.rule_version asc
