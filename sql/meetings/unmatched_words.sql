-- grain: a municipality and a word
-- inputs: classified
-- provisions: counting.md 2 (words that decided nothing) and 1 (actor words that are not known)
-- row: in how many current meetings the word stands
with words as (
    select
        municipality_code,
        meeting_id,
        form as word
    from classified
    where form_unmatched
    union
    select
        municipality_code,
        meeting_id,
        actor_word as word
    from classified
    where actor_word is not null
)

select
    municipality_code,
    word,
    count(*) as meetings
from words
group by municipality_code, word
