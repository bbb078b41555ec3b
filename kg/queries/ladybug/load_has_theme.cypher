COPY HAS_THEME FROM (UNWIND $rows AS row RETURN row.item, row.entity, row.position)
