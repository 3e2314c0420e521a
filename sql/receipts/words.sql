-- grain: a municipality and a word that no list knows
-- inputs: next.unmatched_words
-- provisions: counting.md 2 (words that decided nothing)
-- row: in how many current meetings the word stands
select
    municipality_code,
    word,
    meetings
from next.unmatched_words
