"""The closed lists of codes that published columns are held to (counting.md sections 1-5)."""

MODES = ("in_person", "virtual", "phone", "written", "unknown")
EVIDENCES = ("code", "word", "remark", "none")
STATUSES = ("held", "planned", "cancelled", "moved", "no_show")
ACTORS = ("municipality", "a_kasse")
TARGET_GROUPS = (
    "DP",
    "KTH_JP",
    "KTH_AP",
    "UH_UP",
    "UH_AP",
    "SDP",
    "JAF",
    "RF",
    "FLEX",
    "REV",
)
NO_SPELL = "none"
MEETING_TYPES = ("4", "7", "8", "9", "10", "11", "12", "13", "15", "17", "19", "20")
REGIMES = ("held", "register", "duty", "supervision")
# In legal order: the first that fails is the reason.
REASONS = (
    "wrong_type",
    "no_spell",
    "wrong_actor",
    "suspended",
    "month_left_out",
    "mode_unknown",
    "mode_not_accepted",
    "duplicate",
)
# Statuses of a requirement; the first that fits decides (counting.md section 6).
REQUIREMENT_STATUSES = ("met", "lapsed", "open", "caught_up", "carried", "missed")
# Why a figure moved between two publications; `inseparable` is corrections and code together,
# where the earlier count can no longer be made again.
CAUSES = ("new_rows", "corrections", "law", "code", "inseparable")
KINDS = ("meetings", "spells", "absences")
DELIVERY_STATUSES = ("accepted", "repeat", "unreadable")
UNREADABLE_REASONS = (
    "header_ambiguous",
    "header_incomplete",
    "kind_unknown",
    "empty_file",
    "encoding_unknown",
    "corrupt_file",
    "too_large",
    "mixed_kinds",
)
REJECTION_CODES = (
    "id_missing",
    "cpr_invalid",
    "start_missing",
    "start_invalid",
    "end_invalid",
    "end_before_start",
    "status_unknown",
    "type_unknown",
    "held_in_future",
    "municipality_mismatch",
    "target_group_unknown",
    "absence_type_unknown",
    "row_too_long",
)
# The life of an alert (pipelines/alerts/life.py).
ALERT_STATES = ("new", "ongoing", "worse", "resolved", "silenced")
GRADES = ("A", "B", "C", "D")
