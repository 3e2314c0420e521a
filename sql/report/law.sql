-- grain: a version of a rule
-- inputs: next.law
-- provisions: all
-- row: the version as published
select * from next.law
