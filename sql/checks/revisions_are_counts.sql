-- table: revisions
-- da: Den nyeste udgivelses måneder er dem, der er talt i nat.
-- en: The newest publication's months are those counted tonight.
with counted as (
    select
        month,
        coalesce(sum(held) filter (where regime = 'held'), 0) as held,
        coalesce(sum(recognised) filter (where regime = 'duty'), 0) as recognised_duty
    from next.counts
    group by month
),

told as (
    select
        r.month,
        r.held,
        r.recognised_duty
    from next.revisions as r
    inner join next.publication as p on r.publication_id = p.publication_id
)

select coalesce(c.month, t.month) as month
from counted as c
full join told as t on c.month = t.month
where
    c.held is distinct from t.held
    or c.recognised_duty is distinct from t.recognised_duty
