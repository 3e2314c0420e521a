-- a text with the day first, as one with the year first
{% macro year_first(column) -%}
    regexp_replace({{ column }}, '^(\d\d)[-.](\d\d)[-.](\d{4})', '\3-\2-\1')
{%- endmacro %}

-- whether ten digits begin with a date, or are the unknown citizen's
{% macro is_cpr(digits) -%}
    regexp_full_match({{ digits }}, '\d{10}')
    and (
        {{ digits }} = '0000000000'
        or try_strptime(
            '19' || {{ digits }}[5:6] || {{ digits }}[3:4] || {{ digits }}[1:2], '%Y%m%d'
        ) is not null
    )
{%- endmacro %}

-- every file of a kind as text, with where it was delivered and when
{% macro delivered(name, columns) -%}
    select
        *,
        replace(cpr, '-', '') as digits,
        parse_path(filename)[-3] as municipality_code,
        cast(parse_path(filename)[-2] as date) as delivered_on
    from read_csv(
        '{{ env_var("RACE_LANDING") }}/*/*/{{ name }}',
        delim = ';', header = true, quote = '', auto_detect = false, filename = true,
        columns = { {%- for column in columns %}'{{ column }}': 'VARCHAR'{{ ", " if not loop.last }}{% endfor -%} }
    )
{%- endmacro %}
