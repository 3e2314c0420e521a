-- grain: a municipality and a word no list knows, in at least so many meetings
-- inputs: next.unmatched_words
-- provisions: counting.md 2
-- row: the meetings with the word; a rarer one might tell of a person
select
    municipality_code,
    word,
    meetings
from next.unmatched_words
where meetings >= $least
