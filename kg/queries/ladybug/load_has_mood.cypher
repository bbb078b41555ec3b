COPY HAS_MOOD FROM (UNWIND $rows AS row RETURN row.item, row.entity, row.position)
