-- table: deliveries
-- da: Ingen tekst har form af et CPR-nummer med en rigtig dato.
-- en: No text has the form of a CPR number with a real date.
with texts as (
    select meeting_id as content
    from next.meetings
    union all
    select spell_id as content
    from next.spells
    union all
    select file as content
    from next.deliveries
    union all
    select message_da as content
    from next.deliveries
    union all
    select word as content
    from next.unmatched_words
    union all
    select distinct source_system as content
    from next.meetings
    union all
    select record_id as content
    from next.rejections
),

candidates as (
    select
        unnest(
            regexp_extract_all(
                content,
                '(?:^|[^0-9])[0-3][0-9][ .-]?[01][0-9][ .-]?[0-9]{2}[ .-]?[0-9]{4}(?:[^0-9]|$)'
            )
        ) as candidate
    from texts
)

-- 2001 is no leap year: 29 February needs the century, which only the intake knows
select 'en tekst med et CPR-nummer' as found
from candidates
where
    try_strptime(left(regexp_replace(candidate, '[^0-9]', '', 'g'), 4) || '2001', '%d%m%Y')
    is not null
