-- table: meetings
-- da: Enhver afholdt samtale er afgjort af en udgave i loven; ingen anden samtale er.
-- en: Every held meeting is decided by a version in the law; no other meeting is.
select
    m.municipality_code,
    m.meeting_id
from next.meetings as m
left join next.law as l on m.rule_version = l.rule_version
where (m.status = 'held') != (l.rule_version is not null)
