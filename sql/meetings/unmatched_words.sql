-- grain: a municipality and a word
-- inputs: current_meetings, modes
-- provisions: counting.md 2 (words that decided nothing) and 1 (actor words that are not known)
-- row: in how many current meetings the word stands
with words as (
    select
        c.municipality_code,
        c.meeting_id,
        c.form as word
    from current_meetings as c
    inner join modes as w on c.form = w.form and c.remark_mode = w.remark_mode
    where w.unmatched
    union
    select
        municipality_code,
        meeting_id,
        actor_word as word
    from current_meetings
    where actor_word is not null
)

select
    municipality_code,
    word,
    count(*) as meetings
from words
group by municipality_code, word
