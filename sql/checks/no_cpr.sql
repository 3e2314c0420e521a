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
)

select 'en tekst med et CPR-nummer' as found
from texts
where
    regexp_matches(
        content,
        '(^|[^0-9])(0[1-9]|[12][0-9]|3[01])[ .-]?(0[1-9]|1[0-2])[ .-]?[0-9]{2}[ .-]?[0-9]{4}([^0-9]|$)'
    )
    and try_strptime(
        regexp_extract(regexp_replace(content, '[ .-]', '', 'g'), '[0-9]{4}') || '2000', '%d%m%Y'
    ) is not null
