-- table: deliveries
-- da: En gentaget eller ulæselig fil har ingen rækker, og en ulæselig fil har en grund.
-- en: A repeated or unreadable file has no rows, and an unreadable one has a reason.
select
    municipality_code,
    delivered_on,
    file
from next.deliveries
where
    (status != 'accepted' and rows_read != 0)
    or (status = 'unreadable') != (reason is not null)
