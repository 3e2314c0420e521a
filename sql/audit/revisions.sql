-- da: Trekanten: hvordan en måneds tal har ændret sig fra udgivelse til udgivelse siden den første.
-- en: The triangle: how a month's figures changed from publication to publication since the first.
-- columns: month, number, as_of, days_after, publication_id, held, recognised, held_since_first,
--          recognised_since_first, held_since_last, recognised_since_last
-- parameters: regime=duty, month=
with told as (
    select
        month,
        number,
        as_of,
        publication_id,
        held,
        case $regime
            when 'held' then held
            when 'register' then recognised_register
            when 'duty' then recognised_duty
            when 'supervision' then recognised_supervision
        end as recognised
    from revisions
    where $month is null or month = cast($month as date)
)

select
    month,
    number,
    as_of,
    as_of - last_day(month) as days_after,
    publication_id,
    held,
    recognised,
    held - first_value(held) over since_first as held_since_first,
    recognised - first_value(recognised) over since_first as recognised_since_first,
    held - lag(held) over since_first as held_since_last,
    recognised - lag(recognised) over since_first as recognised_since_last
from told
where recognised is not null
window since_first as (partition by month order by number)
order by month, number
