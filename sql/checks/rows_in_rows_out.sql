-- table: deliveries
-- da: Hver læst række ender i ét udfald: gældende, afløst, trukket tilbage, afvist eller slettet.
-- en: Every row read ends in one outcome: accepted, superseded, withdrawn, rejected or erased.
select
    municipality_code,
    delivered_on,
    file
from next.deliveries
where
    rows_read
    != rows_accepted + rows_superseded + rows_withdrawn + rows_rejected + rows_erased
